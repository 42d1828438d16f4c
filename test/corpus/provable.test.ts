import { CfnMapping, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as servicecatalog from 'aws-cdk-lib/aws-servicecatalog';
import { cfnRole, cluster, clusterOf, executionRole, getStatement, listStatement, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus, type Scenario } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';
const READ = readStatements(BUCKET);
const ALL_OF_S3 = { Action: 's3:*', Resource: [BUCKET, `${BUCKET}/*`] };

/** A role that may read the scripts, and a bucket policy with a Deny. */
function deniedIf(condition: object, more: object = {}): Scenario['app'] {
  return stack => {
    new s3.CfnBucketPolicy(stack, 'Policy', {
      bucket: 'our-scripts', policyDocument: policy({ Effect: 'Deny', Principal: '*', ...ALL_OF_S3, ...more, Condition: condition }),
    });
    cluster(stack, roleWith(stack, ...READ), SCRIPTS);
  };
}

const TLS = 'S3 takes no request by an older version of TLS than 1.2: https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html';
const KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

corpus('Condition keys that follow from who asks and how', [
  {
    name: 'enforceSSL with TLS 1.2',
    verdict: 'allowed',
    why: TLS,
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true, minimumTLSVersion: 1.2 });
      cluster(stack, roleWith(stack, ...readStatements(bucket.bucketArn)), bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'enforceSSL with TLS 1.3',
    verdict: 'unknown',
    why: 'AWS does not say that nodes speak TLS 1.3 to S3',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true, minimumTLSVersion: 1.3 });
      cluster(stack, roleWith(stack, ...readStatements(bucket.bucketArn)), bucket.s3UrlForObject('config/'));
    },
  },
  { name: 'a Deny for TLS below 1.4', verdict: 'denied', why: 'there is no such version', app: deniedIf({ NumericLessThan: { 's3:TlsVersion': '1.4' } }) },
  {
    name: 'a Deny for all but the role, by its id',
    verdict: 'allowed',
    why: `aws:userid is the role's id and the name of its session: ${KEYS}#condition-keys-userid`,
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Scripts', policyDocument: policy(...READ) }] });
      new s3.CfnBucketPolicy(stack, 'Policy', {
        bucket: 'our-scripts',
        policyDocument: policy({ Effect: 'Deny', Principal: '*', ...ALL_OF_S3, Condition: { StringNotLike: { 'aws:userId': [`${role.attrRoleId}:*`, '111122223333'] } } }),
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a Deny for all but another role of the app, by its id',
    verdict: 'unknown',
    why: 'nothing says that two roles have two ids before they are made',
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Scripts', policyDocument: policy(...READ) }] });
      new s3.CfnBucketPolicy(stack, 'Policy', {
        bucket: 'our-scripts',
        policyDocument: policy({ Effect: 'Deny', Principal: '*', ...ALL_OF_S3, Condition: { StringNotLike: { 'aws:userId': `${cfnRole(stack, {}, 'Other').attrRoleId}:*` } } }),
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a Deny for all but a user, by its id',
    verdict: 'denied',
    why: 'the id of a user begins otherwise than that of a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
    app: deniedIf({ StringNotLike: { 'aws:userId': 'AIDAEXAMPLE' } }),
  },
  {
    name: 'a Deny for all but AWS services',
    verdict: 'denied',
    why: `a node asks with the credentials of its role: ${KEYS}#condition-keys-principalisawsservice`,
    app: deniedIf({ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
  },
  {
    name: 'an Allow under the user\'s name',
    verdict: 'denied',
    why: `a role has no user name, so that the variable matches nothing: ${KEYS}#condition-keys-username`,
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/\${aws:username}/*`)), 's3://our-scripts/node/'),
  },
  {
    name: 'an Allow with an asterisk that is none',
    verdict: 'denied',
    why: 'it matches only itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars',
    app: stack => cluster(stack, roleWith(stack,
      listStatement(BUCKET, { Condition: { StringLike: { 's3:prefix': 'config${*}' } } }), getStatement(`${BUCKET}/*`)), SCRIPTS),
  },
  {
    name: 'ForAnyValue with IfExists, for a key that is absent',
    verdict: 'unknown',
    why: 'the one says yes of it, the other no, and AWS does not say which counts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    app: deniedIf({ 'ForAnyValue:StringLikeIfExists': { 's3:prefix': 'private/*' } }, { Action: 's3:GetObject' }),
  },
]);

corpus('NotPrincipal and permissions boundaries', [
  {
    name: 'a Deny for all but the role, which has a boundary',
    verdict: 'denied',
    why: 'it denies every role that has a boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    app: stack => {
      const boundary = new iam.CfnManagedPolicy(stack, 'Boundary', { policyDocument: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) });
      const role = cfnRole(stack, { permissionsBoundary: boundary.ref, policies: [{ policyName: 'Scripts', policyDocument: policy(...READ) }] });
      new s3.CfnBucketPolicy(stack, 'Policy', {
        bucket: 'our-scripts', policyDocument: policy({ Effect: 'Deny', NotPrincipal: { AWS: role.attrArn }, ...ALL_OF_S3 }),
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
]);

corpus('Mappings by Region in a stack without one', [
  {
    name: 'of buckets that all begin with sagemaker-',
    verdict: 'allowed',
    why: 'the Region is one of the mapping\'s keys, or the deployment fails: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html',
    app: stack => fromMapping(stack, executionRole(stack), 'sagemaker-us', 'sagemaker-eu'),
  },
  {
    name: 'of one bucket for all',
    verdict: 'allowed',
    why: 'whatever the Region is, the bucket is the same',
    app: stack => fromMapping(stack, roleWith(stack, ...READ), 'our-scripts', 'our-scripts'),
  },
  {
    name: 'of buckets of which one begins otherwise',
    verdict: 'unknown',
    why: 'it depends on the Region',
    app: stack => fromMapping(stack, executionRole(stack), 'sagemaker-us', 'mycorp-eu'),
  },
  {
    name: 'of buckets that all begin otherwise',
    verdict: 'denied',
    why: 'whatever the Region is, the managed policy does not hold the bucket',
    app: stack => fromMapping(stack, executionRole(stack), 'mycorp-us', 'mycorp-eu'),
  },
]);

function fromMapping(stack: Stack, role: iam.IRole, us: string, eu: string): void {
  new CfnMapping(stack, 'Buckets', { mapping: { 'us-east-1': { Scripts: us }, 'eu-west-1': { Scripts: eu } } });
  cluster(stack, role, Fn.sub('s3://${Bucket}/config/', { Bucket: Fn.findInMap('Buckets', Fn.ref('AWS::Region'), 'Scripts') }));
}

corpus('The entry script', [
  {
    name: 'beside what the role may get',
    verdict: 'denied',
    why: 'on_create.sh is there, or no node boots: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement('arn:aws:s3:::*-lcs/*')), 's3://our-scripts/config'),
  },
  {
    name: 'of one group beside what the role may get, of another among it',
    verdict: { controller: 'denied', workers: 'unknown' },
    why: 'each group begins with a script of its own',
    app: stack => {
      const role = roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/config/w*`));
      clusterOf(stack, { controller: [role, SCRIPTS], workers: [role, SCRIPTS] }).addPropertyOverride('InstanceGroups.1.LifeCycleConfig.OnCreate', 'workers.sh');
    },
  },
]);

const PUBLIC = 'a bucket that restricts public buckets lets in no other account if its policy is public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';

/** A bucket of another account, with a policy for everyone. */
function publicBucket(block: s3.CfnBucket.PublicAccessBlockConfigurationProperty | undefined, condition?: object): Pick<Scenario, 'app' | 'env'> {
  return {
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const there = new Stack(stack.node.root, 'There', { env: { account: '444455556666', region: 'eu-west-1' } });
      const bucket = new s3.CfnBucket(there, 'Bucket', { bucketName: 'our-scripts', publicAccessBlockConfiguration: block });
      new s3.CfnBucketPolicy(there, 'Policy', {
        bucket: bucket.ref, policyDocument: policy({ Effect: 'Allow', Principal: '*', ...ALL_OF_S3, ...condition && { Condition: condition } }),
      });
      cluster(stack, roleWith(stack, ...READ), SCRIPTS);
    },
  };
}

const BLOCK_ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

corpus('Public policies of another account\'s buckets', [
  { name: 'with all public access blocked', verdict: 'denied', why: PUBLIC, ...publicBucket(BLOCK_ALL) },
  { name: 'with no public access blocked', verdict: 'allowed', why: PUBLIC, ...publicBucket({ restrictPublicBuckets: false, blockPublicPolicy: false }) },
  { name: 'without a word on public access', verdict: 'unknown', why: PUBLIC, ...publicBucket(undefined) },
  {
    name: 'with all public access blocked, but for one account',
    verdict: 'allowed',
    why: PUBLIC,
    ...publicBucket(BLOCK_ALL, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
  },
  {
    name: 'with all public access blocked, under another condition',
    verdict: 'unknown',
    why: PUBLIC,
    ...publicBucket(BLOCK_ALL, { Bool: { 'aws:SecureTransport': 'true' } }),
  },
]);

corpus('Products of Service Catalog', [
  {
    name: 'with names that begin with the name of their stack',
    verdict: 'unknown',
    why: 'Service Catalog names the stack when the product is launched: https://docs.aws.amazon.com/servicecatalog/latest/adminguide/what-is_concepts.html',
    app: stack => {
      const product = new servicecatalog.ProductStack(stack, 'Product');
      const bucket = new s3.CfnBucket(product, 'Bucket');
      const resources = ['arn:aws:s3:::trainingproduct*'];
      cluster(product, cfnRole(product, {
        policies: [{ policyName: 'Scripts', policyDocument: policy({ Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: resources }) }],
      }).attrArn, `s3://${bucket.ref}/config/`);
      new servicecatalog.CloudFormationProduct(stack, 'Catalog', {
        productName: 'Training', owner: 'Platform', productVersions: [{ cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromProductStack(product) }],
      });
    },
  },
]);
