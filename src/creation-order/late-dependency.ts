import type { CfnResource } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import { SynthPasses } from '../template/synth-passes';
import type { Template } from '../template/template';

/** CDK reads all dependencies of an app in one go, to turn them into `DependsOn`. */
const passes = new SynthPasses();

/**
 * What a resource waits for, found out when CDK prepares the app: whatever else attaches, and whenever, is there by then.
 */
export abstract class LateDependency implements IDependable {
  /**
   * Two resources may wait for what the other one has, too. Whether the one can wait for it then leads back to the question being
   * asked, which ends here.
   */
  private answering = false;

  /** @param dependent the resource that waits, asked for late as well */
  protected constructor(private readonly dependent: () => CfnResource) {
    const roots = () => this.roots();
    Dependable.implement(this, {
      get dependencyRoots() { return roots(); },
    });
  }

  /** What has to be complete before the resource. What needs it first is to be left out: to wait for that would be a cycle. */
  protected abstract before(dependent: CfnResource, template: Template): IConstruct[];

  private roots(): IConstruct[] {
    if (this.answering) { return []; }
    this.answering = true;
    try {
      const dependent = this.dependent();
      return this.before(dependent, passes.template(this, dependent));
    } finally {
      this.answering = false;
    }
  }
}
