import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledgeSecurityGroupIngress } from '../private/acknowledgements';

/** All protocols, all ports. */
const ALL_TRAFFIC = '-1';

/**
 * The security group of a cluster's nodes: every member talks to every other, in and out, and to anywhere.
 *
 * Elastic Fabric Adapter needs a rule in and a rule out that name the group itself; egress to 0.0.0.0/0 alone does not
 * satisfy its health check, which runs before the lifecycle scripts and fails the cluster.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html
 */
export class ClusterSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, vpc: IVpc) {
    super(scope, id, {
      vpc,
      description: 'HyperPod cluster nodes',
      allowAllOutbound: true,
    });

    // With `allowAllOutbound`, `addEgressRule` drops every further egress rule as redundant. For EFA it is not
    // redundant, so both self-referencing rules are resources of their own, which that short cut cannot drop.
    const fromItself = new CfnSecurityGroupIngress(this, 'FromItself', {
      groupId: this.securityGroupId,
      sourceSecurityGroupId: this.securityGroupId,
      ipProtocol: ALL_TRAFFIC,
      description: 'all traffic between cluster nodes',
    });
    acknowledgeSecurityGroupIngress(fromItself);
    new CfnSecurityGroupEgress(this, 'ToItself', {
      groupId: this.securityGroupId,
      destinationSecurityGroupId: this.securityGroupId,
      ipProtocol: ALL_TRAFFIC,
      description: 'all traffic between cluster nodes',
    });
  }
}
