/**
 * Says in plain lines what a CloudFormation template holds for its HyperPod clusters: the role, the bucket of the lifecycle
 * scripts, who grants the one access to the other, and what is created first. Everything is read from the template.
 */

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
}

interface Template {
  readonly Resources: Record<string, Resource>;
}

const READS = ['s3:ListBucket', 's3:GetObject', 'kms:Decrypt'];
const MANAGED_POLICY = 'AmazonSageMakerClusterInstanceRolePolicy';

export function describeClusters(template: Template): string {
  return idsOfType(template, 'AWS::SageMaker::Cluster').map(id => describeCluster(template, id).join('\n')).join('\n\n');
}

function describeCluster(template: Template, clusterId: string): string[] {
  const { InstanceGroups, RestrictedInstanceGroups } = template.Resources[clusterId].Properties ?? {};
  const groups: any[] = [...InstanceGroups ?? [], ...RestrictedInstanceGroups ?? []];
  const roleIds = distinct(groups.flatMap(group => referencesIn(template, group.ExecutionRole)));
  const sources = distinct(groups.map(group => JSON.stringify(group.LifeCycleConfig?.SourceS3Uri ?? null))).map(text => JSON.parse(text));
  const bucketIds = distinct(sources.flatMap(source => bucketsBehind(template, source)));

  return [
    `Cluster  ${clusterId}`,
    ...groups.map(group => `         ${group.InstanceGroupName}: ${group.InstanceCount} x ${instanceTypes(group)}${slurmNode(group)}`),
    ...roleIds.flatMap(roleId => describeRole(template, roleId)),
    ...bucketIds.flatMap(bucketId => describeBucket(template, bucketId)),
    ...sources.filter(source => source !== null).map(source => `         scripts at ${show(source)}`),
    ...roleIds.flatMap(roleId => bucketIds.flatMap(bucketId => describeGrant(template, roleId, bucketId))),
    ...describeOrder(template, clusterId, new Map([
      ...roleIds.map((id): [string, string] => [id, 'the execution role']),
      ...roleIds.flatMap(roleId => policiesOf(template, roleId)).map(({ policyId }): [string, string] => [policyId, 'the role\'s permissions']),
      ...bucketIds.map((id): [string, string] => [id, 'the bucket']),
      ...idsOfType(template, 'Custom::CDKBucketDeployment').map((id): [string, string] => [id, 'the upload of the scripts']),
    ])),
  ];
}

function instanceTypes({ InstanceType, InstanceRequirements }: any): string {
  return InstanceType ?? InstanceRequirements.InstanceTypes.join(' or ');
}

function slurmNode(group: any): string {
  if (group.SlurmConfig === undefined) return '';
  const partitions: string[] = group.SlurmConfig.PartitionNames ?? [];
  return `, Slurm ${group.SlurmConfig.NodeType.toLowerCase()}${partitions.length > 0 ? `, partition ${partitions.join(', ')}` : ''}`;
}

function describeRole(template: Template, roleId: string): string[] {
  const properties = template.Resources[roleId].Properties ?? {};
  const trusted = properties.AssumeRolePolicyDocument.Statement.map((statement: any) => show(statement.Principal.Service));
  return [
    `Role     ${roleId}, trusts ${trusted.join(', ')}`,
    ...(properties.ManagedPolicyArns ?? []).map((arn: unknown) => `         managed policy ${show(arn).split('/').pop()}`),
    ...policiesOf(template, roleId).map(({ policyId, statements }) =>
      `         policy ${policyId}: ${distinct(statements.flatMap(statement => listOf(statement.Action))).length} actions`),
  ];
}

function describeBucket(template: Template, bucketId: string): string[] {
  const bucket = template.Resources[bucketId];
  const name = bucket.Properties?.BucketName;
  return [
    `Bucket   ${bucketId}, ${name === undefined ? 'named by CloudFormation when it is created' : `named ${show(name)}`}`
    + `${bucket.DeletionPolicy === 'Retain' ? ', kept when the stack is deleted' : ''}`,
  ];
}

function describeGrant(template: Template, roleId: string, bucketId: string): string[] {
  const granted = policiesOf(template, roleId)
    .flatMap(({ statements }) => statements)
    .filter(statement => statement.Effect === 'Allow' && referencesIn(template, statement.Resource).includes(bucketId))
    .flatMap(statement => READS.filter(action => listOf(statement.Action).includes(action))
      .map(action => `${action} on ${listOf(statement.Resource).map(show).join(', ')}`));

  const name = template.Resources[bucketId].Properties?.BucketName;
  const managed = JSON.stringify(template.Resources[roleId].Properties?.ManagedPolicyArns ?? []).includes(MANAGED_POLICY);
  const covered = managed && name !== undefined && show(name).startsWith('sagemaker-');
  const why = covered
    ? 'not needed: the managed policy reads every bucket of the account whose name begins with sagemaker-'
    : `needed: ${managed ? 'the managed policy reads only buckets whose name begins with sagemaker-, and ' : ''}`
      + `${name === undefined ? 'the name of this one is not known before it exists' : `this one is named ${show(name)}`}`;

  return [`Grant    ${why}`, ...(granted.length > 0 ? granted : ['none in this template']).map(line => `         ${line}`)];
}

/** What CloudFormation creates before the cluster, in an order that it may take. */
function describeOrder(template: Template, clusterId: string, purposes: Map<string, string>): string[] {
  const order: string[] = [];
  const visit = (id: string) => {
    if (order.includes(id)) return;
    prerequisitesOf(template, id).forEach(visit);
    order.push(id);
  };
  prerequisitesOf(template, clusterId).forEach(visit);

  const told = order.filter(id => purposes.has(id));
  return [
    'Order    created before the cluster:',
    ...told.map((id, index) => `         ${index + 1}. ${purposes.get(id)}, ${id}`),
    `         and ${order.length - told.length} others, of the network and of the function that uploads`,
  ];
}

function prerequisitesOf(template: Template, id: string): string[] {
  const { Properties, DependsOn } = template.Resources[id];
  return distinct([...referencesIn(template, Properties), ...listOf(DependsOn)]);
}

function policiesOf(template: Template, roleId: string): { policyId: string; statements: any[] }[] {
  return idsOfType(template, 'AWS::IAM::Policy')
    .filter(id => referencesIn(template, template.Resources[id].Properties?.Roles).includes(roleId))
    .map(policyId => ({ policyId, statements: template.Resources[policyId].Properties?.PolicyDocument.Statement }));
}

/** The buckets that a value refers to, be it through the custom resource that fills them. */
function bucketsBehind(template: Template, value: unknown): string[] {
  return referencesIn(template, value).flatMap(id => template.Resources[id].Type === 'AWS::S3::Bucket'
    ? [id]
    : referencesIn(template, template.Resources[id].Properties?.DestinationBucketName));
}

function idsOfType(template: Template, type: string): string[] {
  return Object.keys(template.Resources).filter(id => template.Resources[id].Type === type);
}

function referencesIn(template: Template, value: unknown): string[] {
  if (Array.isArray(value)) return distinct(value.flatMap(item => referencesIn(template, item)));
  if (typeof value !== 'object' || value === null) return [];
  return distinct(Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return inner in template.Resources ? [inner as string] : [];
    if (key === 'Fn::GetAtt') return [listOf(inner)[0].split('.')[0]];
    return referencesIn(template, inner);
  }));
}

/** An intrinsic function as a person would write it: `<LogicalId>`, `<LogicalId.Attribute>`. */
function show(value: any): string {
  if (Array.isArray(value)) return value.map(show).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const [[key, inner]] = Object.entries<any>(value);
  switch (key) {
    case 'Ref': return `<${inner}>`;
    case 'Fn::GetAtt': return inner[1] === 'Arn' ? `<${inner[0]}>` : `<${inner.join('.')}>`;
    case 'Fn::Join': return inner[1].map(show).join(inner[0]);
    default: return JSON.stringify(value);
  }
}

function listOf(value: any): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function distinct<T>(values: T[]): T[] {
  return [...new Set(values)];
}
