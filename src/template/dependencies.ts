import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import type { Template } from './template';
import { isReferenceMarker, REFERENCE } from './token-resolver';

/**
 * What is complete before CloudFormation starts on a resource: by references, `DependsOn`, dependencies between constructs or between
 * stacks, directly or through others. Looks no further than it has been asked, and at nothing twice.
 */
export class Precedents {
  private readonly complete = new Set<IConstruct>();
  private readonly pending: CfnResource[];

  constructor(resource: CfnResource, private readonly template: Template) {
    this.pending = [resource];
  }

  include(resource: CfnResource): boolean {
    while (!this.isKnownComplete(resource)) {
      const next = this.pending.pop();
      if (!next) { return false; }
      completeBefore(next, this.template).forEach(done => this.add(done));
    }
    return true;
  }

  private add(done: IConstruct): void {
    if (this.complete.has(done)) { return; }
    this.complete.add(done);
    this.pending.push(...(Stack.isStack(done) ? resourcesIn(done) : [done as CfnResource]));
  }

  private isKnownComplete(resource: CfnResource): boolean {
    return [resource, topStack(resource), ...enclosingResources(resource)].some(one => this.complete.has(one));
  }
}

/** Is `to` complete before CloudFormation starts on `from`? */
export function dependsOn(from: CfnResource, to: CfnResource, template: Template): boolean {
  return new Precedents(from, template).include(to);
}

/** The resources and the stacks whose completion a resource waits for by itself, its nested stacks' waiting included. */
function completeBefore(resource: CfnResource, template: Template): IConstruct[] {
  const direct = [
    ...referencedBy(resource, template),
    ...namedByDependsOn(resource, template),
    ...(template.isPrepared ? [] : constructDependencies(resource)),
  ];
  const around = enclosingResources(resource);
  return [
    ...direct.map(target => completedWith(target, resource)),
    ...around.flatMap(outer => completeBefore(outer, template)),
    ...stacksBefore(topStack(resource)),
  ];
}

/** What `DependsOn` names. CDK knows all of it that was not written by hand. */
function namedByDependsOn(resource: CfnResource, template: Template): IConstruct[] {
  const known = resource.obtainDependencies().filter(isConstruct);
  const knownIds = known.filter(CfnResource.isCfnResource).map(one => template.logicalId(one));
  const byHand = template.render(resource).DependsOn.filter(id => !knownIds.includes(id));
  return [...known, ...byHand.map((id): IConstruct | undefined => template.element(resource.stack, id)).filter(isConstruct)];
}

/** Also those behind a stack that has no resources. */
function stacksBefore(stack: Stack): Stack[] {
  return stack.dependencies.flatMap(before => [before, ...stacksBefore(before)]);
}

/**
 * A resource of another stack is only known to CloudFormation once that stack is complete: the top-level one, or the nested stack
 * that stands beside the resource which asks.
 */
function completedWith(target: IConstruct, resource: CfnResource): IConstruct {
  if (topStack(target) !== topStack(resource)) { return topStack(target); }
  const ownStacks = [resource.stack, ...enclosingResources(resource).map(outer => outer.stack)];
  const steps = [target, ...enclosingResources(target)];
  return steps.find(step => ownStacks.includes(Stack.of(step))) ?? target;
}

/** The AWS::CloudFormation::Stack resources that a construct lies in, the innermost first. */
function enclosingResources(construct: IConstruct): CfnResource[] {
  const resource = Stack.of(construct).nestedStackResource as CfnResource | undefined;
  return resource ? [resource, ...enclosingResources(resource)] : [];
}

/** The stack around a construct that is no nested one. */
export function topStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? topStack(stack.nestedStackParent) : stack;
}

export function resourcesIn(construct: IConstruct): CfnResource[] {
  return construct.node.findAll().filter(CfnResource.isCfnResource);
}

/** Dependencies between constructs, which CDK turns into `DependsOn` once all Aspects have run. */
function constructDependencies(resource: CfnResource): IConstruct[] {
  return resource.node.scopes.flatMap(scope => scope.node.dependencies)
    .flatMap(dependency => Dependable.of(dependency).dependencyRoots)
    .flatMap(resourcesIn);
}

/** What a resource's own definition mentions, in any branch of any condition. */
function referencedBy(resource: CfnResource, template: Template): IConstruct[] {
  const found = new Set<IConstruct>();
  const add = (target?: IConstruct) => { if (target && target !== resource) { found.add(target); } };
  const visit = (json: any): void => {
    if (isReferenceMarker(json)) {
      add(template.constructAt(json[REFERENCE][0]));
    } else if (typeof json === 'object' && json !== null) {
      writtenReferences(json).forEach(id => add(template.element(resource.stack, id)));
      Object.values(json).forEach(visit);
    }
  };
  visit(template.render(resource).Properties);
  return [...found].filter(CfnResource.isCfnResource);
}

/** Logical ids in references that were written as JSON. */
function writtenReferences(json: any): string[] {
  if (typeof json.Ref === 'string') { return [json.Ref]; }
  if (json['Fn::GetAtt']) { return [[json['Fn::GetAtt']].flat().join('.').split('.')[0]]; }
  const body = [json['Fn::Sub']].flat()[0];
  return typeof body === 'string' ? [...body.matchAll(/\$\{([^!.}][^.}]*)/g)].map(match => match[1]) : [];
}

function isConstruct(target: IConstruct | undefined): target is IConstruct {
  return target !== undefined;
}
