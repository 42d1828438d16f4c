import { CfnResource } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import { dependsOn } from '../iam/template/dependencies';
import { Template } from '../iam/template/template';

/**
 * Everything of a VPC, its routes and endpoints, as something that a cluster can depend on.
 *
 * Resources that need the cluster first are left out, as an endpoint whose policy mentions the cluster: waiting for them would be a cycle.
 */
export class NetworkDependency implements IDependable {
  /** An endpoint may need two clusters, each of which waits for the other endpoints. The question whether it does leads back here, and ends. */
  private answering = false;

  constructor(private readonly vpc: IConstruct, private readonly cluster: () => CfnResource) {
    // CDK asks for the roots when it prepares the app, after the last endpoint was added.
    const roots = () => this.resourcesBeforeCluster();
    Dependable.implement(this, {
      get dependencyRoots() { return roots(); },
    });
  }

  private resourcesBeforeCluster(): IConstruct[] {
    if (this.answering) {
      return [];
    }
    this.answering = true;
    try {
      const cluster = this.cluster();
      const template = Template.of(cluster);
      return this.vpc.node.findAll().filter(CfnResource.isCfnResource).filter((resource) => !dependsOn(resource, cluster, template));
    } finally {
      this.answering = false;
    }
  }
}
