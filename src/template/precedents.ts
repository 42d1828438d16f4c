import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { conditionHolds } from './conditions';
import { dependenciesOf, type Dependency, enclosingResources, resourcesIn, topStack } from './dependencies';
import type { Symbolizer } from './symbolizer';
import type { Template } from './template';

/**
 * What is complete before CloudFormation starts on a resource: by references, `DependsOn`, dependencies between constructs or between
 * stacks, directly or through others. Looks no further than it has been asked, and at nothing twice.
 */
export class Precedents {
  private readonly closure: Closure;
  private hasLookedAtAll = false;

  /** @param symbolizer reads conditions; without it, what is before the resource in any branch of any condition is before it */
  constructor(resource: CfnResource, private readonly template: Template, private readonly symbolizer?: Symbolizer) {
    this.closure = new Closure(template, symbolizer !== undefined);
    this.closure.open(resource);
  }

  /** Is a resource before it, in the world at hand? */
  include(resource: CfnResource): boolean {
    if (this.isAlwaysBefore(resource)) { return true; }
    return this.symbolizer?.remember(this, resource, () => this.isBeforeByConditions(resource, this.symbolizer!)) ?? false;
  }

  private isAlwaysBefore(resource: CfnResource): boolean {
    while (!this.closure.includes(resource)) {
      if (this.hasLookedAtAll) { return false; }
      this.hasLookedAtAll = !this.closure.next();
    }
    return true;
  }

  /** Asks only for the conditions of what leads there. */
  private isBeforeByConditions(resource: CfnResource, symbolizer: Symbolizer): boolean {
    const closure = this.closure.copy();
    for (let index = 0; index < closure.conditional.length; index++) {
      const { on, guards } = closure.conditional[index];
      if (leadsTo(on, resource, this.template)
        && guards.every(({ stack, condition, outcome }) => conditionHolds({ Condition: condition }, stack, symbolizer) === outcome)) {
        closure.add(on);
        while (closure.next()) { /* to all that is before it */ }
        if (closure.includes(resource)) { return true; }
      }
    }
    return false;
  }
}

/** Is `to` complete before CloudFormation starts on `from`, in any branch of any condition? */
export function dependsOn(from: CfnResource, to: CfnResource, template: Template): boolean {
  return new Precedents(from, template).include(to);
}

/** What is complete, with what it waited for. */
class Closure {
  /** What is waited for only if conditions hold. */
  readonly conditional: Dependency[] = [];
  private readonly complete = new Set<IConstruct>();
  private readonly pending: CfnResource[] = [];

  constructor(private readonly template: Template, private readonly mindsConditions: boolean) {}

  copy(): Closure {
    const copy = new Closure(this.template, this.mindsConditions);
    this.complete.forEach(one => copy.complete.add(one));
    copy.pending.push(...this.pending);
    copy.conditional.push(...this.conditional);
    return copy;
  }

  includes(resource: CfnResource): boolean {
    return [resource, topStack(resource), ...enclosingResources(resource)].some(one => this.complete.has(one));
  }

  add(done: IConstruct): void {
    if (this.complete.has(done)) { return; }
    this.complete.add(done);
    (Stack.isStack(done) ? resourcesIn(done) : [done as CfnResource]).forEach(resource => this.open(resource));
  }

  open(resource: CfnResource): void {
    this.pending.push(resource);
  }

  /** Takes one step back. False where there is none left. */
  next(): boolean {
    const resource = this.pending.pop();
    if (!resource) { return false; }
    for (const dependency of dependenciesOf(resource, this.template)) {
      if (this.mindsConditions && dependency.guards.length > 0) { this.conditional.push(dependency); } else { this.add(dependency.on); }
    }
    return true;
  }
}

function leadsTo(step: IConstruct, resource: CfnResource, template: Template): boolean {
  if ([resource, topStack(resource), ...enclosingResources(resource)].includes(step as CfnResource)) { return true; }
  return (Stack.isStack(step) ? resourcesIn(step) : [step as CfnResource]).some(one => dependsOn(one, resource, template));
}
