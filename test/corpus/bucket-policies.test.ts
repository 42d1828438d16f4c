import { CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, executionRole, policy } from './private/building-blocks';
import { corpus } from './private/harness';
import type { Case } from './private/harness';

type Principal = (role: iam.Role) => object;
const everybody: Principal = () => ({ Principal: '*' });

/** A bucket of the role's account that the role may read by its own policies, and one more statement of the bucket's policy. */
function readableBucket(statement: (bucket: s3.Bucket, role: iam.Role) => object): Case['app'] {
  return stack => {
    const role = executionRole(stack);
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantRead(role);
    bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(statement(bucket, role)));
    cluster(stack, role, bucket.s3UrlForObject('config/'));
  };
}

/** Denies everything on that bucket under a condition. */
function deny(condition: object, principal: Principal = everybody): Case['app'] {
  return readableBucket((bucket, role) => ({
    Effect: 'Deny', Action: 's3:*', Resource: [bucket.bucketArn, bucket.arnForObjects('*')], Condition: condition, ...principal(role),
  }));
}

/** A bucket that only its own policy lets the role read. */
function allow(principal: Principal): Case['app'] {
  return stack => {
    const role = executionRole(stack);
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.addToResourcePolicy(iam.PolicyStatement.fromJson({
      Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: [bucket.bucketArn, bucket.arnForObjects('*')], ...principal(role),
    }));
    cluster(stack, role, bucket.s3UrlForObject('config/'));
  };
}

corpus('Bucket policies', [
  {
    name: 'a bucket policy that names the role',
    verdict: 'allowed',
    why: 'within one account the bucket\'s policy is enough',
    app: allow(role => ({ Principal: { AWS: role.roleArn } })),
  },
  {
    name: 'a bucket policy that names the account',
    verdict: 'denied',
    why: 'it leaves the decision to the account, and no policy of the role allows it',
    app: allow(role => ({ Principal: { AWS: role.principalAccount } })),
  },
  {
    name: 'a bucket policy that names another role',
    verdict: 'denied',
    why: 'the execution role is somebody else',
    app: allow(role => ({ Principal: { AWS: cfnRole(role.stack, {}, 'Other').attrArn } })),
  },
  {
    name: 'a bucket policy for everybody',
    verdict: 'allowed',
    why: '* is everybody, the role included',
    app: allow(everybody),
  },
  {
    name: 'a bucket policy for a service',
    verdict: 'denied',
    why: 'nodes act as their role, not as SageMaker',
    app: allow(() => ({ Principal: { Service: 'sagemaker.amazonaws.com' } })),
  },
  {
    name: 'a bucket policy that names one session of the role',
    verdict: 'unknown',
    why: 'what HyperPod calls its sessions is not in the app',
    app: allow(role => ({ Principal: { AWS: `arn:aws:sts::111122223333:assumed-role/${role.roleName}/SageMaker` } })),
  },
  {
    name: 'enforceSSL',
    verdict: 'allowed',
    why: 'it denies what comes without TLS, and nodes use TLS',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'enforceSSL with a version of TLS',
    verdict: 'unknown',
    why: 's3:TlsVersion is that of the node\'s client, which is not in the app',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true, minimumTLSVersion: 1.3 });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a deny for everybody',
    verdict: 'denied',
    why: 'an explicit deny outweighs every allow',
    app: readableBucket(bucket => ({ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: bucket.arnForObjects('*') })),
  },
  {
    name: 'a deny of writing',
    verdict: 'allowed',
    why: 'it says nothing of reading',
    app: readableBucket(bucket => ({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: bucket.arnForObjects('*') })),
  },
  {
    name: 'a deny on another prefix',
    verdict: 'allowed',
    why: 'the scripts do not lie there',
    app: readableBucket(bucket => ({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket.arnForObjects('secrets/*') })),
  },
  {
    name: 'a deny for another role',
    verdict: 'allowed',
    why: 'the execution role is somebody else',
    app: readableBucket((bucket, role) => ({
      Effect: 'Deny', Principal: { AWS: cfnRole(role.stack, {}, 'Other').attrArn }, Action: 's3:*', Resource: bucket.arnForObjects('*'),
    })),
  },
  {
    name: 'a deny for the role\'s account',
    verdict: 'denied',
    why: 'a deny of an account is one of all its roles',
    app: readableBucket((bucket, role) => ({
      Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${role.stack.account}:root` }, Action: 's3:*', Resource: bucket.arnForObjects('*'),
    })),
  },
  {
    name: 'a deny by NotPrincipal of another role',
    verdict: 'denied',
    why: 'everybody but the one that is named is denied',
    app: readableBucket((bucket, role) => ({
      Effect: 'Deny', NotPrincipal: { AWS: cfnRole(role.stack, { roleName: 'Publisher' }, 'Other').attrArn }, Action: 's3:*', Resource: bucket.arnForObjects('*'),
    })),
  },
  {
    name: 'a deny by NotPrincipal of the role',
    verdict: 'unknown',
    why: 'to be left out, the role\'s session has to be named too, and what HyperPod calls it is not in the app',
    app: readableBucket((bucket, role) => ({
      Effect: 'Deny', NotPrincipal: { AWS: role.roleArn }, Action: 's3:*', Resource: bucket.arnForObjects('*'),
    })),
  },
  {
    name: 'a deny of whoever is not the role',
    verdict: 'allowed',
    why: 'aws:PrincipalArn is the role\'s ARN, whatever the session is called',
    app: deny({}, role => ({ Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } } })),
  },
  {
    name: 'a deny of whoever is not another role',
    verdict: 'denied',
    why: 'the execution role is not the one that is left out',
    app: deny({}, role => ({ Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': cfnRole(role.stack, {}, 'Other').attrArn } } })),
  },
  {
    name: 'a deny of whoever is not in the account',
    verdict: 'allowed',
    why: 'the role is in the account',
    app: deny({}, role => ({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': role.principalAccount } } })),
  },
  {
    name: 'a deny by VPC endpoint',
    verdict: 'unknown',
    why: 'which way a request takes is not in the policies',
    app: deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } }),
  },
  {
    name: 'a deny by VPC',
    verdict: 'unknown',
    why: 'which way a request takes is not in the policies',
    app: deny({ StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }),
  },
  {
    name: 'a deny by IP address',
    verdict: 'unknown',
    why: 'the nodes\' addresses are known only when they run',
    app: deny({ NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }),
  },
  {
    name: 'a deny by organization',
    verdict: 'unknown',
    why: 'which organization the account belongs to is not in the app',
    app: deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
  },
  {
    name: 'a deny by a tag of the role',
    verdict: 'unknown',
    why: 'tags of sessions are not in the app',
    app: deny({ StringNotEquals: { 'aws:PrincipalTag/team': 'training' } }),
  },
  {
    name: 'a bucket policy that is given as a parameter\'s bucket',
    verdict: 'allowed',
    why: 'a policy that may belong to another bucket is not seen to deny',
    app: stack => {
      const role = executionRole(stack);
      new s3.CfnBucketPolicy(stack, 'Policy', {
        bucket: new CfnParameter(stack, 'Other').valueAsString,
        policyDocument: policy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }),
      });
      cluster(stack, role, 's3://sagemaker-scripts/config/');
    },
  },
]);
