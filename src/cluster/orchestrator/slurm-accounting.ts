import { type IConnectable, Port } from 'aws-cdk-lib/aws-ec2';
import type { Endpoint } from 'aws-cdk-lib/aws-rds';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { NodePeer } from '../../network/node-peers';

/**
 * A MySQL-compatible database outside of the cluster in which Slurm keeps its accounting. Needs `NodeProvisioningMode.CONTINUOUS`.
 *
 * It can be given, changed or taken away for an existing cluster.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusteraccountingdatabase.html
 */
export interface SlurmAccountingDatabase {
  /**
   * The endpoint of the database, as an RDS instance or cluster has it.
   */
  readonly endpoint: Endpoint;

  /**
   * The secret with the user name and the password. The controller's execution role may read it.
   */
  readonly secret: ISecret;

  /**
   * The database, if it is defined in this app: its security groups are opened to the controller, and the cluster waits for that.
   *
   * @default - the database's security groups admit the controller
   */
  readonly database?: IConnectable;

  /**
   * The name of the database.
   *
   * @default 'slurm_acct_db'
   */
  readonly databaseName?: string;
}

export function renderAccountingDatabase(database: SlurmAccountingDatabase): CfnCluster.ClusterAccountingDatabaseProperty {
  return {
    endpoint: database.endpoint.hostname,
    port: database.endpoint.port,
    name: database.databaseName,
    secretArn: database.secret.secretArn,
  };
}

export function accountingPeers({ database, endpoint }: SlurmAccountingDatabase): NodePeer[] {
  return database ? [{ what: 'the accounting database', connectable: database, port: Port.tcp(endpoint.port), connectsBack: false }] : [];
}
