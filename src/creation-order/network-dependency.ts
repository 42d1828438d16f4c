import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { LateDependency } from './late-dependency';
import { resourcesIn } from '../template/dependencies';
import { dependsOn } from '../template/precedents';
import type { Template } from '../template/template';

/**
 * Everything of a VPC, its routes and endpoints, as something that a cluster can depend on.
 *
 * Resources that need the cluster first are left out, as an endpoint whose policy mentions the cluster.
 */
export class NetworkDependency extends LateDependency {
  constructor(private readonly vpc: IConstruct, cluster: () => CfnResource) {
    super(cluster);
  }

  protected before(cluster: CfnResource, template: Template): IConstruct[] {
    return resourcesIn(this.vpc).filter(resource => !dependsOn(resource, cluster, template));
  }
}
