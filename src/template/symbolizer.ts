import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { knownByPattern } from './allowed-pattern';
import { attribute } from './attributes';
import { conditionHolds } from './conditions';
import { readDynamicReferences } from './dynamic-references';
import { opaqueValue, pseudoParameter } from './environment';
import { evaluateFunction, textsByRegion } from './functions';
import { commonTo } from './mappings';
import { SymbolicString } from './symbolic/symbolic-string';
import type { Template } from './template';
import { isReferenceMarker, REFERENCE } from './token-resolver';
import { CERTAIN, UNDECIDED, valueIn, type Variable, type World } from './world';
import { WorldMemory } from './world-memory';

/** With more allowed values, a parameter is one value that is not known: to look at each would take too long. */
const MOST_VALUES = 16;

/**
 * Reads the values of rendered resources as symbolic strings, each in the world within which it is asked for. What is the same in several worlds is
 * computed once.
 *
 * Values are CloudFormation's JSON as `Template.render` gives it. `stack` is the one that the value stands in: references by logical
 * id and pseudo parameters mean something only there.
 */
export class Symbolizer {
  /** Parameters and outputs may refer to each other in a circle only in a template that cannot be deployed. */
  private readonly open = new Set<string>();
  /** How often a value was asked for on the way to itself. */
  private circles = 0;
  private readonly memory: WorldMemory;
  private readonly decided = new WeakSet<object>();

  /** @param world the one in which values are read that are not asked for within another */
  constructor(readonly template: Template, world?: World) {
    this.memory = new WorldMemory(world);
  }

  /** The world in which values are read at the moment. */
  get world(): World {
    return this.memory;
  }

  /** Computes something in a world. */
  within<T>(world: World, compute: () => T): T {
    return this.memory.within(world, compute);
  }

  /** Computes what is the same however the app is deployed; undefined for what is not. */
  certainly<T>(compute: () => T): T | undefined {
    try {
      return this.within(CERTAIN, compute);
    } catch (error) {
      if (error === UNDECIDED) { return undefined; }
      throw error;
    }
  }

  /**
   * The result of a computation, made once for all worlds that agree on what it asks for.
   *
   * @param subject what it is about
   * @param name which of the computations about it
   */
  remember<T>(subject: unknown, name: unknown, compute: () => T): T {
    // What is read on the way around a circle is not the value as it is read from outside.
    const before = this.circles;
    return this.memory.remember(subject, name, compute, () => this.circles === before);
  }

  /** The result of a computation that is mostly the same in every world, without asking for what decides between them if it is (see `WorldMemory.settle`). */
  settle<T>(subject: unknown, name: unknown, compute: () => T, isSame: (one: T, other: T) => boolean): T {
    return this.memory.settle(subject, name, compute, isSame);
  }

  /** Takes the branch of every `Fn::If` that this world takes, and leaves out what is `AWS::NoValue`. */
  decide(json: any, stack: Stack): any {
    if (typeof json !== 'object' || json === null || this.decided.has(json)) { return json; }
    const decided = this.branches(json, stack);
    // What is asked for part by part is decided already.
    if (typeof decided === 'object' && decided !== null) { this.decided.add(decided); }
    return decided;
  }

  /** Takes the branches of the value itself, and leaves those of its parts for when they are asked for. */
  choose(json: any, stack: Stack): any {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) { return json; }
    if (json.Ref === 'AWS::NoValue') { return undefined; }
    if (!Array.isArray(json['Fn::If'])) { return json; }
    const [condition, whenTrue, whenFalse] = json['Fn::If'];
    return this.choose(conditionHolds({ Condition: condition }, stack, this) ? whenTrue : whenFalse, stack);
  }

  private branches(json: any, stack: Stack): any {
    if (Array.isArray(json)) { return json.map(item => this.decide(item, stack)).filter(item => item !== undefined); }
    const chosen = this.choose(json, stack);
    if (chosen !== json) { return this.decide(chosen, stack); }
    if (isReferenceMarker(json)) { return json; }
    const decided: Record<string, any> = {};
    for (const key of Object.keys(json)) {
      const value = this.decide(json[key], stack);
      if (value !== undefined) { decided[key] = value; }
    }
    return decided;
  }

  /** A single value. Undefined if there is none in this world, or it is not a string. */
  string(json: any, stack: Stack): SymbolicString | undefined {
    const chosen = this.choose(json, stack);
    switch (typeof chosen) {
      case 'string': return readDynamicReferences(SymbolicString.literal(chosen), stack);
      case 'number':
      case 'boolean': return SymbolicString.literal(String(chosen));
      case 'object': return chosen === null || Array.isArray(chosen) ? undefined : readDynamicReferences(this.intrinsic(chosen, stack), stack);
      default: return undefined;
    }
  }

  /** A list of values; a single one counts as a list of one. Undefined if its length is not known. */
  list(json: any, stack: Stack): (SymbolicString | undefined)[] | undefined {
    const chosen = this.choose(json, stack);
    if (chosen === undefined) { return []; }
    const items = this.items(chosen, stack);
    if (items) { return items; }
    const isHidden = typeof chosen === 'object' && chosen !== null && yieldsList(chosen)
      && !evaluateFunction(chosen, stack, this) && !textsByRegion(chosen, stack, this);
    return isHidden ? undefined : [this.string(chosen, stack)];
  }

  /** The items of a value that is certainly a list. Undefined for a single value, and for a list that cannot be seen, as a parameter. */
  items(json: any, stack: Stack): (SymbolicString | undefined)[] | undefined {
    const chosen = this.choose(json, stack);
    if (Array.isArray(chosen)) {
      return chosen.map(item => this.choose(item, stack)).filter(item => item !== undefined).map(item => this.string(item, stack));
    }
    const value = typeof chosen === 'object' && chosen !== null ? evaluateFunction(chosen, stack, this) : undefined;
    return Array.isArray(value) ? value : undefined;
  }

  /** A property of a resource. */
  property(resource: CfnResource, name: string): SymbolicString | undefined {
    return this.remember(resource, `property ${name}`, () => {
      const { Properties } = this.template.render(resource);
      return Properties[name] === undefined ? undefined : this.string(Properties[name], resource.stack);
    });
  }

  /** Is the resource in its template, and its template deployed, in this world? */
  exists(resource: CfnResource): boolean {
    const { Condition } = this.template.render(resource);
    const { nestedStackResource } = resource.stack;
    return (Condition === undefined || conditionHolds({ Condition }, resource.stack, this))
      && (nestedStackResource === undefined || this.exists(nestedStackResource as CfnResource));
  }

  /** The value of a reference to `name` of a construct. */
  attributeOf(target: IConstruct, name: string): SymbolicString {
    return this.remember(target, `attribute ${name}`, () => this.readAttribute(target, name));
  }

  private readAttribute(target: IConstruct, name: string): SymbolicString {
    const pseudo = pseudoParameter(name, Stack.of(target));
    if (pseudo) { return pseudo; }
    if (CfnResource.isCfnResource(target)) { return this.nestedOutput(target, name) ?? attribute(target, name, this); }
    const parameter = CfnElement.isCfnElement(target) ? this.parameter(target) : undefined;
    return parameter ?? SymbolicString.symbol({ id: `${target.node.path}.${name}`, placeholder: target.node.id });
  }

  private intrinsic(json: any, stack: Stack): SymbolicString {
    if (isReferenceMarker(json)) {
      const [path, name] = json[REFERENCE];
      const target = this.template.constructAt(path);
      return target ? this.attributeOf(target, name) : this.opaque(json, stack);
    }
    const value = evaluateFunction(json, stack, this);
    return value === undefined || Array.isArray(value) ? this.mapped(json, stack) ?? this.opaque(this.decide(json, stack), stack) : value;
  }

  /** A value of a mapping by Region, where that is known only at deployment. */
  private mapped(json: any, stack: Stack): SymbolicString | undefined {
    const [text, ...others] = new Set(textsByRegion(json, stack, this));
    if (text === undefined) { return undefined; }
    return others.length === 0 ? SymbolicString.literal(text)
      : this.opaque(this.decide(json, stack), stack).mapSymbols(symbol => ({ ...symbol, ...commonTo([text, ...others]) }));
  }

  /** A reference within the value is the same whether a token makes it or it is written by hand. */
  private opaque(json: any, stack: Stack): SymbolicString {
    const marked = (value: any): any => {
      if (Array.isArray(value)) { return value.map(marked); }
      if (typeof value !== 'object' || value === null || isReferenceMarker(value)) { return value; }
      const [logicalId, ...name] = typeof value.Ref === 'string' ? [value.Ref, 'Ref'] : [value['Fn::GetAtt'] ?? []].flat().join('.').split('.');
      const target = name.length > 0 && this.template.element(stack, logicalId);
      return target ? { [REFERENCE]: [target.node.path, name.join('.')] }
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
    };
    return opaqueValue(marked(json), stack);
  }

  /** What a nested stack's parent passes, one of a fixed choice of values, or a symbol. */
  private parameter(element: CfnElement): SymbolicString | undefined {
    const { section, body } = this.template.definition(element);
    if (section !== 'Parameters') { return undefined; }
    const { stack } = element;
    const id = element.node.path;
    const logicalId = this.template.logicalId(element);
    const passed = this.passed(element);
    if (passed !== undefined) { return this.guarded(id, () => this.string(passed, stack.nestedStackParent!)); }
    // Nobody but the parent gives values to a nested stack.
    if (stack.nestedStackResource && body.Default !== undefined && !isIndirect(body.Type)) { return SymbolicString.literal(String(body.Default)); }
    const { values, default: usual } = variableOf(element, this.template);
    if (values && values.length <= MOST_VALUES) {
      return SymbolicString.literal(valueIn(this.world, { id, name: logicalId, values, default: usual }));
    }
    const known = isIndirect(body.Type) ? {} : knownByPattern(body.AllowedPattern);
    return SymbolicString.symbol({ id, placeholder: logicalId, values, default: usual, ...known });
  }

  /** The parameter that a value is, if it has a choice of values: what compares it does not ask for each. */
  choice(json: any, stack: Stack): Variable | undefined {
    const [target] = isReferenceMarker(json) ? [this.template.constructAt(json[REFERENCE][0])]
      : typeof json?.Ref === 'string' ? [this.template.element(stack, json.Ref)] : [];
    if (!target || !CfnElement.isCfnElement(target) || this.template.definition(target).section !== 'Parameters') { return undefined; }
    const passed = this.passed(target);
    if (passed !== undefined) { return this.guarded(target.node.path, () => this.choice(passed, target.stack.nestedStackParent!)); }
    const variable = variableOf(target, this.template);
    return target.stack.nestedStackResource || !variable.values ? undefined : variable;
  }

  /** What the parent of a nested stack passes for a parameter. */
  private passed(element: CfnElement): any {
    const { nestedStackResource, nestedStackParent } = element.stack;
    return nestedStackResource && nestedStackParent
      ? this.template.render(nestedStackResource as CfnResource).Properties.Parameters?.[this.template.logicalId(element)] : undefined;
  }

  private nestedOutput(resource: CfnResource, name: string): SymbolicString | undefined {
    const nested = name.startsWith('Outputs.') ? this.template.nestedStackOf(resource) : undefined;
    const output = nested && this.template.element(nested, name.slice('Outputs.'.length));
    return output && this.output(output);
  }

  /** The value of an output, read in its own stack. */
  output(output: CfnElement): SymbolicString | undefined {
    return this.guarded(output.node.path, () => this.string(this.template.definition(output).body?.Value, output.stack));
  }

  private guarded<T>(id: string, read: () => T): T | undefined {
    if (this.open.has(id)) {
      this.circles++;
      return undefined;
    }
    this.open.add(id);
    try {
      return read();
    } finally {
      this.open.delete(id);
    }
  }
}

/** A parameter, as a decision. */
function variableOf(element: CfnElement, template: Template): Variable {
  const { body: { Type, AllowedValues, Default } } = template.definition(element);
  const known = !isIndirect(Type);
  return {
    id: element.node.path,
    name: template.logicalId(element),
    values: known && Array.isArray(AllowedValues) ? AllowedValues.map(String) : undefined,
    default: known && Default !== undefined ? String(Default) : undefined,
  };
}

/** What is written down for a parameter is not its value: for a list, its items; for a parameter of Systems Manager, the name of that. */
function isIndirect(parameterType: string): boolean {
  return /^(AWS::SSM::|List<|CommaDelimitedList$)/.test(parameterType);
}

function yieldsList(json: any): boolean {
  return ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr', 'Fn::FindInMap'].some(name => name in json);
}
