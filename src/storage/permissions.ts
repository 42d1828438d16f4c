import { Stack } from 'aws-cdk-lib';
import type { LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { keyStatement } from '../private/key-statement';
import { DESCRIBE_FILE_SYSTEM_ACTION } from '../service/file-systems';
import { DESCRIBE_KEY_ACTION, GRANT_KEY_ACTION, KEY_VIA_SERVICE } from '../service/volume-keys';

/**
 * What the execution role needs for volumes that a customer managed key encrypts: to grant EBS the use of the key, and nothing else.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export function volumeKeyStatements(scope: IConstruct, key: IKey): PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(scope);
  const viaSageMaker = { 'kms:ViaService': `${KEY_VIA_SERVICE}.${region}.${urlSuffix}` };
  return [
    keyStatement(key, [GRANT_KEY_ACTION], { StringEquals: viaSageMaker, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    keyStatement(key, [DESCRIBE_KEY_ACTION], { StringEquals: viaSageMaker }),
  ];
}

/**
 * What scripts on the nodes need to look a file system up, as AWS's own scripts do to mount it over Elastic Fabric Adapter.
 *
 * https://docs.aws.amazon.com/fsx/latest/LustreGuide/configure-efa-clients.html
 */
export function fileSystemStatements(fileSystem: LustreFileSystem): PolicyStatement[] {
  return [new PolicyStatement({
    actions: [DESCRIBE_FILE_SYSTEM_ACTION],
    resources: [Stack.of(fileSystem).formatArn({ service: 'fsx', resource: 'file-system', resourceName: fileSystem.fileSystemId })],
  })];
}
