import type { IConstruct } from 'constructs';
import { stageOf, Template, type TemplateOptions } from './template';

/** One walk of CDK over the constructs of a stage, as far as it came. */
interface Pass {
  readonly template: Template;
  /** Where in the snapshot it is. */
  position: number;
  /** Who has asked there. */
  askers: Set<object>;
}

/**
 * A snapshot of the app's templates, taken once for all that CDK asks of its constructs in one pass, as when it validates them or reads their
 * dependencies.
 *
 * CDK does not say when a pass begins, but it takes the constructs in the order of the tree, and asks each once for each asker:
 * what is asked again, or comes before what was asked last, or is not in the snapshot, belongs to the next pass.
 */
export class SynthPasses {
  private readonly passes = new WeakMap<IConstruct, Pass>();

  constructor(private readonly options: TemplateOptions = {}) {}

  /** @param asker who asks about the construct, once in each pass */
  template(asker: object, construct: IConstruct): Template {
    const stage = stageOf(construct);
    const pass = this.passes.get(stage);
    const position = pass ? pass.template.constructs.indexOf(construct, pass.position) : -1;
    if (!pass || position < 0 || (position === pass.position && pass.askers.has(asker))) {
      const template = Template.of(stage, this.options);
      this.passes.set(stage, { template, position: template.constructs.indexOf(construct), askers: new Set([asker]) });
      return template;
    }
    if (position > pass.position) {
      pass.position = position;
      pass.askers.clear();
    }
    pass.askers.add(asker);
    return pass.template;
  }
}
