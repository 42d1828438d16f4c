import { remembered } from './remembered';
import { Symbolizer } from './symbolizer';
import type { Template } from './template';
import { CERTAIN, inEveryWorld, type Outcome, UNDECIDED } from './world';

/** The readers of what is the same in all deployments, which all that is computed about an app shares. */
const certain = new WeakMap<Template, Symbolizer>();

/**
 * Computes something about an app that is the same however it is deployed.
 *
 * @returns undefined if it depends on the deployment.
 */
export function certainly<T>(template: Template, compute: (symbolizer: Symbolizer) => T): T | undefined {
  try {
    return compute(remembered(certain, template, () => new Symbolizer(template, CERTAIN)));
  } catch (error) {
    if (error === UNDECIDED) { return undefined; }
    throw error;
  }
}

/**
 * Computes something about an app in every way that it can be deployed.
 *
 * @returns undefined if there are too many ways to look at.
 */
export function inEveryDeployment<T>(template: Template, compute: (symbolizer: Symbolizer) => T): Outcome<T>[] | undefined {
  return inEveryWorld(world => compute(new Symbolizer(template, world)));
}
