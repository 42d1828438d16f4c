import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import type { Template } from './template';
import { isReferenceMarker, REFERENCE } from './token-resolver';

/**
 * Is `to` complete before CloudFormation starts on `from`? True for an order that references, `DependsOn`, dependencies between
 * constructs or between stacks bring about, directly or through others.
 */
export function dependsOn(from: CfnResource, to: CfnResource, template: Template): boolean {
  const seen = new Set<IConstruct>();
  const pending: CfnResource[] = [from];
  const complete = (done: IConstruct) => {
    if (seen.has(done)) { return; }
    seen.add(done);
    pending.push(...(Stack.isStack(done) ? resourcesIn(done) : [done as CfnResource]));
  };
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const done of completeBefore(next, template)) {
      if (done === to || contains(done, to, template)) { return true; }
      complete(done);
    }
  }
  return false;
}

/** The resources and the stacks whose completion a resource waits for by itself, its nested stacks' waiting included. */
function completeBefore(resource: CfnResource, template: Template): IConstruct[] {
  const direct = [
    ...referencedBy(resource, template),
    ...resource.obtainDependencies().filter(isConstruct),
    ...template.render(resource).DependsOn.map((id): IConstruct | undefined => template.element(resource.stack, id)).filter(isConstruct),
    ...constructDependencies(resource),
  ];
  const around = enclosingResources(resource);
  return [
    ...direct.map(target => completedWith(target, resource)),
    ...around.flatMap(outer => completeBefore(outer, template)),
    ...stacksBefore(topStack(resource)),
  ];
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

function topStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? topStack(stack.nestedStackParent) : stack;
}

function contains(done: IConstruct, resource: CfnResource, template: Template): boolean {
  if (Stack.isStack(done)) { return topStack(resource) === done; }
  return template.nestedStackOf(done) !== undefined && enclosingResources(resource).includes(done as CfnResource);
}

function resourcesIn(construct: IConstruct): CfnResource[] {
  return construct.node.findAll().filter(CfnResource.isCfnResource);
}

/** Dependencies between constructs, which CDK turns into `DependsOn` only after Aspects have run. */
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
    if (Array.isArray(json)) {
      json.forEach(visit);
    } else if (isReferenceMarker(json)) {
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
