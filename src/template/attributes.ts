import type { CfnResource } from 'aws-cdk-lib';
import { accountOf, partitionOf, pseudoParameter, regionOf, stackName } from './environment';
import { Alphabet, type OpaqueSymbol, SymbolicString } from './symbolic/symbolic-string';
import type { Symbolizer } from './symbolizer';

type Attribute = (resource: CfnResource, symbolizer: Symbolizer) => SymbolicString;

/** CloudFormation cuts long stack names in the names that it generates; what comes before this many characters is kept. */
const KEPT_OF_STACK_NAME = 15;

const KEY = keyAttributes(keyId);
const REPLICA_KEY = keyAttributes(replicaKeyId);

function keyAttributes(id: Attribute): Readonly<Record<string, Attribute>> {
  return {
    Ref: id,
    KeyId: id,
    Arn: (resource, symbolizer) => arn(resource, 'kms', regionOf(resource.stack.region), accountOf(resource.stack.account),
      SymbolicString.concat('key/', id(resource, symbolizer))),
  };
}

/**
 * Attributes of resources that are built from the resource's name, so that two ways to write one ARN come out equal. The return
 * values are those of the AWS CloudFormation resource reference
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html).
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'AWS::S3::Bucket': {
    Ref: bucketName,
    Arn: (resource, symbolizer) => arn(resource, 's3', '', '', bucketName(resource, symbolizer)),
    DomainName: (resource, symbolizer) => SymbolicString.concat(bucketName(resource, symbolizer), '.s3.amazonaws.com'),
    RegionalDomainName: (resource, symbolizer) => SymbolicString.concat(
      bucketName(resource, symbolizer), '.s3.', regionOf(resource.stack.region), '.', pseudoParameter('AWS::URLSuffix', resource.stack)!),
    DualStackDomainName: (resource, symbolizer) => SymbolicString.concat(
      bucketName(resource, symbolizer), '.s3.dualstack.', regionOf(resource.stack.region), '.', pseudoParameter('AWS::URLSuffix', resource.stack)!),
  },
  // Neither is the name of a bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html).
  'AWS::S3::AccessPoint': {
    Arn: (resource, symbolizer) => arn(resource, 's3', regionOf(resource.stack.region), accountOf(resource.stack.account),
      SymbolicString.concat('accesspoint/', opaque(resource, 'Name', symbolizer))),
    Alias: (resource, symbolizer) => SymbolicString.concat(opaque(resource, 'Alias', symbolizer), '-s3alias'),
  },
  'AWS::S3::MultiRegionAccessPoint': {
    Alias: (resource, symbolizer) => SymbolicString.concat(opaque(resource, 'Alias', symbolizer), '.mrap'),
  },
  'AWS::S3ObjectLambda::AccessPoint': {
    'Alias.Value': (resource, symbolizer) => SymbolicString.concat(opaque(resource, 'Alias.Value', symbolizer), '--ol-s3'),
    'Arn': (resource, symbolizer) => arn(resource, 's3-object-lambda', regionOf(resource.stack.region), accountOf(resource.stack.account),
      SymbolicString.concat('accesspoint/', opaque(resource, 'Name', symbolizer))),
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html
  'AWS::S3Express::DirectoryBucket': {
    Ref: (resource, symbolizer) => symbolizer.property(resource, 'BucketName') ?? SymbolicString.concat(opaque(resource, 'Ref', symbolizer), '--x-s3'),
  },
  'AWS::IAM::Role': {
    Ref: roleName,
    RoleId: (resource, { template }) => SymbolicString.symbol({
      id: `${resource.node.path}.RoleId`, placeholder: `${template.logicalId(resource)}.RoleId`, beginsWith: 'AROA', alphabet: Alphabet.uniqueId, minLength: 12,
    }),
    Arn: (resource, symbolizer) => arn(resource, 'iam', '', accountOf(resource.stack.account),
      SymbolicString.concat('role', symbolizer.property(resource, 'Path') ?? '/', roleName(resource, symbolizer))),
  },
  'AWS::IAM::ManagedPolicy': {
    Ref: managedPolicyArn,
    PolicyArn: managedPolicyArn,
  },
  'AWS::KMS::Key': KEY,
  'AWS::KMS::ReplicaKey': REPLICA_KEY,
  'AWS::KMS::Alias': {
    Ref: (resource, symbolizer) => symbolizer.property(resource, 'AliasName') ?? opaque(resource, 'Ref', symbolizer),
  },
};

/**
 * The value of an attribute of a resource, from the resource's own properties where they determine it, else a symbol of its own.
 */
export function attribute(resource: CfnResource, name: string, symbolizer: Symbolizer): SymbolicString {
  return ATTRIBUTES[resource.cfnResourceType]?.[name]?.(resource, symbolizer) ?? opaque(resource, name, symbolizer);
}

function opaque(resource: CfnResource, name: string, { template }: Symbolizer): SymbolicString {
  const logicalId = template.logicalId(resource);
  return SymbolicString.symbol({ id: `${resource.node.path}.${name}`, placeholder: name === 'Ref' ? logicalId : `${logicalId}.${name}` });
}

/** The path of the resource that CloudFormation generates a name or an id for, if a symbol stands for one. */
export function pathOfNamed({ id, uniqueIn }: OpaqueSymbol): string | undefined {
  return uniqueIn !== undefined && id.endsWith('.Ref') ? id.slice(0, -'.Ref'.length) : undefined;
}

function bucketName(resource: CfnResource, symbolizer: Symbolizer): SymbolicString {
  return symbolizer.property(resource, 'BucketName') ?? nameInAccount(resource, symbolizer)
    ?? generatedName(resource, symbolizer, Alphabet.bucketName, 12, name => name.toLowerCase());
}

/** The name of a bucket in its account's namespace (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html). */
function nameInAccount(resource: CfnResource, symbolizer: Symbolizer): SymbolicString | undefined {
  const prefix = symbolizer.property(resource, 'BucketNamePrefix');
  const { account, region } = resource.stack;
  return prefix && SymbolicString.concat(prefix, '-', accountOf(account), '-', regionOf(region), '-an');
}

function roleName(resource: CfnResource, symbolizer: Symbolizer): SymbolicString {
  return symbolizer.property(resource, 'RoleName') ?? generatedName(resource, symbolizer, Alphabet.iamName, 12);
}

function managedPolicyArn(resource: CfnResource, symbolizer: Symbolizer): SymbolicString {
  return arn(resource, 'iam', '', accountOf(resource.stack.account), SymbolicString.concat(
    'policy', symbolizer.property(resource, 'Path') ?? '/', symbolizer.property(resource, 'ManagedPolicyName') ?? generatedName(resource, symbolizer, Alphabet.iamName, 20)));
}

/** A replica has the id of its primary key (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html). */
function replicaKeyId(resource: CfnResource, symbolizer: Symbolizer): SymbolicString {
  const primary = symbolizer.property(resource, 'PrimaryKeyArn') ?? opaque(resource, 'PrimaryKeyArn', symbolizer);
  const id = primary.split(':key/')[1];
  return id ?? SymbolicString.symbol({ id: `key id of ${primary.key}`, placeholder: `key id of ${primary}`, alphabet: Alphabet.keyId, minLength: 32 });
}

function keyId(resource: CfnResource, symbolizer: Symbolizer): SymbolicString {
  return generated(resource, symbolizer, { alphabet: Alphabet.keyId, minLength: 32 });
}

/**
 * A name that CloudFormation generates: the stack's name, the logical id and random characters, joined by `-`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html).
 */
function generatedName(
  resource: CfnResource, symbolizer: Symbolizer, alphabet: string, minLength: number, spell = (name: string) => name,
): SymbolicString {
  const kept = spell(SymbolicString.concat(stackName(resource.stack), '-').literalPrefix).slice(0, KEPT_OF_STACK_NAME);
  return generated(resource, symbolizer, { beginsWith: kept, alphabet, minLength });
}

/** What CloudFormation or a service names a resource by, which is no other resource's. */
function generated(resource: CfnResource, { template }: Symbolizer, known: Omit<OpaqueSymbol, 'id' | 'placeholder' | 'uniqueIn'>): SymbolicString {
  return SymbolicString.symbol({ id: `${resource.node.path}.Ref`, placeholder: template.logicalId(resource), uniqueIn: resource.cfnResourceType, ...known });
}

function arn(resource: CfnResource, service: string, region: SymbolicString | '', account: SymbolicString | '', name: SymbolicString): SymbolicString {
  return SymbolicString.concat('arn:', partitionOf(resource.stack), ':', service, ':', region, ':', account, ':', name);
}
