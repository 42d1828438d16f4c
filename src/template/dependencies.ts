import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import { isInTemplate, type Template } from './template';
import { isReferenceMarker, REFERENCE } from './token-resolver';

/** That a condition of a stack has an outcome, for something to be waited for. */
export interface DependencyGuard {
  readonly stack: Stack;
  readonly condition: string;
  readonly outcome: boolean;
}

/** Something that a resource waits for, if its guards hold: the branches of `Fn::If` that it stands in, and the condition of what is waited for. */
export interface Dependency {
  /** A resource, or a stack as a whole. */
  readonly on: IConstruct;
  readonly guards: readonly DependencyGuard[];
}

/** The resources and the stacks whose completion a resource waits for by itself, its nested stacks' waiting included. */
export function dependenciesOf(resource: CfnResource, template: Template): Dependency[] {
  const direct = [
    ...referencesIn(resource, template),
    ...[...writtenDependencies(resource, template), ...unwrittenDependencies(resource, template)].map(on => ({ on, guards: [] })),
  ];
  return [
    ...direct.map(({ on, guards }) => existing(completedWith(on, resource), guards, template)),
    ...enclosingResources(resource).flatMap(outer => dependenciesOf(outer, template)),
    ...stacksBefore(topStack(resource)).map(on => ({ on, guards: [] })),
  ];
}

/** The AWS::CloudFormation::Stack resources that a construct lies in, the innermost first. */
export function enclosingResources(construct: IConstruct): CfnResource[] {
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

/** Who waits for a resource that a condition leaves out waits for nothing. */
function existing(on: IConstruct, guards: readonly DependencyGuard[], template: Template): Dependency {
  const condition = CfnResource.isCfnResource(on) ? template.render(on).Condition : undefined;
  return { on, guards: condition === undefined ? guards : [...guards, { stack: Stack.of(on), condition, outcome: true }] };
}

/** What `DependsOn` names in the template as it is written, overrides included. What is not in the template itself is not in it either. */
function writtenDependencies(resource: CfnResource, template: Template): IConstruct[] {
  return template.render(resource).DependsOn.flatMap(id => template.element(resource.stack, id) ?? []);
}

/** What CDK will add to `DependsOn`, unless it has, or an override replaces it: dependencies between resources, and between constructs. */
function unwrittenDependencies(resource: CfnResource, template: Template): IConstruct[] {
  const known = resource.obtainDependencies().filter((one): one is CfnResource => one !== undefined && CfnResource.isCfnResource(one))
    .filter(one => one.stack !== resource.stack);
  return [...known, ...template.isPrepared || isDependsOnOverridden(resource) ? [] : constructDependencies(resource)].filter(isInTemplate);
}

function isDependsOnOverridden(resource: CfnResource): boolean {
  // eslint-disable-next-line dot-notation -- protected, and nothing public tells
  return 'DependsOn' in resource['rawOverrides'];
}

/** Dependencies between constructs, which CDK turns into `DependsOn` once all Aspects have run. */
function constructDependencies(resource: CfnResource): CfnResource[] {
  return resource.node.scopes.flatMap(scope => scope.node.dependencies)
    .flatMap(dependency => Dependable.of(dependency).dependencyRoots)
    .flatMap(resourcesIn);
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

/** What a resource's own definition mentions, in any branch of any condition. */
function referencesIn(resource: CfnResource, template: Template): Dependency[] {
  const found: Dependency[] = [];
  const add = (guards: readonly DependencyGuard[], on?: IConstruct) => {
    if (on && on !== resource && CfnResource.isCfnResource(on)) { found.push({ on, guards }); }
  };
  const visit = (json: any, guards: readonly DependencyGuard[]): void => {
    if (isReferenceMarker(json)) {
      add(guards, template.constructAt(json[REFERENCE][0]));
    } else if (Array.isArray(json?.['Fn::If'])) {
      const [condition, whenTrue, whenFalse] = json['Fn::If'];
      visit(whenTrue, [...guards, { stack: resource.stack, condition, outcome: true }]);
      visit(whenFalse, [...guards, { stack: resource.stack, condition, outcome: false }]);
    } else if (typeof json === 'object' && json !== null) {
      writtenReferences(json).forEach(id => add(guards, template.element(resource.stack, id)));
      Object.values(json).forEach(value => visit(value, guards));
    }
  };
  visit(template.render(resource).Properties, []);
  return found;
}

/** Logical ids in references that were written as JSON. */
function writtenReferences(json: any): string[] {
  if (typeof json.Ref === 'string') { return [json.Ref]; }
  if (json['Fn::GetAtt']) { return [[json['Fn::GetAtt']].flat().join('.').split('.')[0]]; }
  const body = [json['Fn::Sub']].flat()[0];
  return typeof body === 'string' ? [...body.matchAll(/\$\{([^!.}][^.}]*)/g)].map(match => match[1]) : [];
}
