import type { CfnResource } from 'aws-cdk-lib';
import { accountOf, partitionOf, pseudoParameter, regionOf, stackName } from './environment';
import { Alphabet, type OpaqueSymbol, SymbolicString } from '../symbolic/symbolic-string';

/** Reads a property of the resource whose attribute is asked for. */
export type PropertyReader = (resource: CfnResource, property: string) => SymbolicString | undefined;

type Attribute = (resource: CfnResource, read: PropertyReader) => SymbolicString;

/** CloudFormation cuts long stack names in the names that it generates; what comes before this many characters is kept. */
const KEPT_OF_STACK_NAME = 15;

const KEY: Readonly<Record<string, Attribute>> = {
  Ref: keyId,
  KeyId: keyId,
  Arn: resource => arn(resource, 'kms', regionOf(resource.stack.region), accountOf(resource.stack.account), SymbolicString.concat('key/', keyId(resource))),
};

/**
 * Attributes of resources that are built from the resource's name, so that two ways to write one ARN come out equal. The return
 * values are those of the AWS CloudFormation resource reference
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html).
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'AWS::S3::Bucket': {
    Ref: bucketName,
    Arn: (resource, read) => arn(resource, 's3', '', '', bucketName(resource, read)),
    DomainName: (resource, read) => SymbolicString.concat(bucketName(resource, read), '.s3.amazonaws.com'),
    RegionalDomainName: (resource, read) => SymbolicString.concat(
      bucketName(resource, read), '.s3.', regionOf(resource.stack.region), '.', pseudoParameter('AWS::URLSuffix', resource.stack)!),
    DualStackDomainName: (resource, read) => SymbolicString.concat(
      bucketName(resource, read), '.s3.dualstack.', regionOf(resource.stack.region), '.', pseudoParameter('AWS::URLSuffix', resource.stack)!),
  },
  'AWS::IAM::Role': {
    Ref: roleName,
    Arn: (resource, read) => arn(resource, 'iam', '', accountOf(resource.stack.account),
      SymbolicString.concat('role', read(resource, 'Path') ?? '/', roleName(resource, read))),
  },
  'AWS::IAM::ManagedPolicy': {
    Ref: managedPolicyArn,
    PolicyArn: managedPolicyArn,
  },
  'AWS::KMS::Key': KEY,
  'AWS::KMS::ReplicaKey': KEY,
  'AWS::KMS::Alias': {
    Ref: (resource, read) => read(resource, 'AliasName') ?? opaque(resource, 'Ref'),
  },
};

/**
 * The value of an attribute of a resource, from the resource's own properties where they determine it, else a symbol of its own.
 */
export function attribute(resource: CfnResource, name: string, read: PropertyReader): SymbolicString {
  return ATTRIBUTES[resource.cfnResourceType]?.[name]?.(resource, read) ?? opaque(resource, name);
}

function opaque(resource: CfnResource, name: string): SymbolicString {
  return SymbolicString.symbol(symbolFor(resource, name));
}

function symbolFor(resource: CfnResource, name: string): OpaqueSymbol {
  const logicalId = resource.stack.resolve(resource.logicalId);
  return { id: `${resource.node.path}.${name}`, placeholder: name === 'Ref' ? logicalId : `${logicalId}.${name}` };
}

/** The path of the resource that CloudFormation generates a name or an id for, if a symbol stands for one. */
export function pathOfNamed({ id, uniqueIn }: OpaqueSymbol): string | undefined {
  return uniqueIn !== undefined && id.endsWith('.Ref') ? id.slice(0, -'.Ref'.length) : undefined;
}

function bucketName(resource: CfnResource, read: PropertyReader): SymbolicString {
  return read(resource, 'BucketName') ?? nameInAccount(resource, read)
    ?? generatedName(resource, Alphabet.bucketName, 12, name => name.toLowerCase());
}

/** The name of a bucket in its account's namespace (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html). */
function nameInAccount(resource: CfnResource, read: PropertyReader): SymbolicString | undefined {
  const prefix = read(resource, 'BucketNamePrefix');
  const { account, region } = resource.stack;
  return prefix && SymbolicString.concat(prefix, '-', accountOf(account), '-', regionOf(region), '-an');
}

function roleName(resource: CfnResource, read: PropertyReader): SymbolicString {
  return read(resource, 'RoleName') ?? generatedName(resource, Alphabet.iamName, 12);
}

function managedPolicyArn(resource: CfnResource, read: PropertyReader): SymbolicString {
  return arn(resource, 'iam', '', accountOf(resource.stack.account), SymbolicString.concat(
    'policy', read(resource, 'Path') ?? '/', read(resource, 'ManagedPolicyName') ?? generatedName(resource, Alphabet.iamName, 20)));
}

function keyId(resource: CfnResource): SymbolicString {
  return SymbolicString.symbol({
    ...symbolFor(resource, 'Ref'), alphabet: Alphabet.keyId, minLength: 32, uniqueIn: resource.cfnResourceType,
  });
}

/**
 * A name that CloudFormation generates: the stack's name, the logical id and random characters, joined by `-`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html).
 */
function generatedName(resource: CfnResource, alphabet: string, minLength: number, spell = (name: string) => name): SymbolicString {
  const kept = spell(SymbolicString.concat(stackName(resource.stack), '-').literalPrefix).slice(0, KEPT_OF_STACK_NAME);
  return SymbolicString.symbol({
    ...symbolFor(resource, 'Ref'), beginsWith: kept, alphabet, minLength, uniqueIn: resource.cfnResourceType,
  });
}

function arn(resource: CfnResource, service: string, region: SymbolicString | '', account: SymbolicString | '', name: SymbolicString): SymbolicString {
  return SymbolicString.concat('arn:', partitionOf(resource.stack), ':', service, ':', region, ':', account, ':', name);
}
