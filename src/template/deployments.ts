import { remembered } from './remembered';
import { Symbolizer } from './symbolizer';
import type { Template } from './template';
import { inEveryWorld, type Outcomes } from './world';

/** All that is computed about an app shares what it has in common. */
const symbolizers = new WeakMap<Template, Symbolizer>();

/**
 * Computes something about an app in every way that it can be deployed, or in a sample of them where they are too many.
 */
export function inEveryDeployment<T>(template: Template, compute: (symbolizer: Symbolizer) => T): Outcomes<T> {
  const symbolizer = symbolizerOf(template);
  return inEveryWorld(world => symbolizer.within(world, () => compute(symbolizer)));
}

/** The reader of the app's values, which is asked within a world. */
export function symbolizerOf(template: Template): Symbolizer {
  return remembered(symbolizers, template, () => new Symbolizer(template));
}
