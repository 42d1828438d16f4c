import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { attribute } from './attributes';
import { conditionHolds } from './conditions';
import { accountOf, opaqueValue, pseudoParameter, regionOf } from './environment';
import { evaluateFunction } from './functions';
import { remembered } from './remembered';
import { SymbolicString } from './symbolic/symbolic-string';
import type { Template } from './template';
import { isReferenceMarker, REFERENCE } from './token-resolver';
import type { World } from './world';

/**
 * Reads the values of rendered resources as symbolic strings, in one world.
 *
 * Values are CloudFormation's JSON as `Template.render` gives it. `stack` is the one that the value stands in: references by logical
 * id and pseudo parameters mean something only there.
 */
export class Symbolizer {
  /** Parameters and outputs may refer to each other in a circle only in a template that cannot be deployed. */
  private readonly open = new Set<string>();
  private readonly memory = new Map<unknown, unknown>();
  private readonly decided = new WeakSet<object>();
  private readonly attributes = new Map<IConstruct, Map<string, SymbolicString>>();
  private readonly properties = new Map<IConstruct, Map<string, SymbolicString | undefined>>();

  constructor(readonly template: Template, readonly world: World) {}

  /**
   * The result of a computation in this world, made once however often it is asked for.
   *
   * @param key what is computed: a text, or a construct for the one thing that is computed of it
   */
  remember<T>(key: unknown, compute: () => T): T {
    return remembered(this.memory, key, compute) as T;
  }

  /** Takes the branch of every `Fn::If` that this world takes, and leaves out what is `AWS::NoValue`. */
  decide(json: any, stack: Stack): any {
    if (typeof json !== 'object' || json === null || this.decided.has(json)) { return json; }
    const decided = this.branches(json, stack);
    // What is asked for part by part is decided already.
    if (typeof decided === 'object' && decided !== null) { this.decided.add(decided); }
    return decided;
  }

  private branches(json: any, stack: Stack): any {
    if (Array.isArray(json)) { return json.map(item => this.decide(item, stack)).filter(item => item !== undefined); }
    if (json.Ref === 'AWS::NoValue') { return undefined; }
    if (Array.isArray(json['Fn::If'])) {
      const [condition, whenTrue, whenFalse] = json['Fn::If'];
      return this.decide(conditionHolds({ Condition: condition }, stack, this) ? whenTrue : whenFalse, stack);
    }
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
    const decided = this.decide(json, stack);
    switch (typeof decided) {
      case 'string': return dynamicReferences(decided, stack);
      case 'number':
      case 'boolean': return SymbolicString.literal(String(decided));
      case 'object': return decided === null || Array.isArray(decided) ? undefined : this.intrinsic(decided, stack);
      default: return undefined;
    }
  }

  /** A list of values; a single one counts as a list of one. Undefined if its length is not known. */
  list(json: any, stack: Stack): (SymbolicString | undefined)[] | undefined {
    const decided = this.decide(json, stack);
    if (decided === undefined) { return []; }
    const items = this.items(decided, stack);
    if (items) { return items; }
    const isHidden = typeof decided === 'object' && decided !== null && yieldsList(decided) && !evaluateFunction(decided, stack, this);
    return isHidden ? undefined : [this.string(decided, stack)];
  }

  /** The items of a value that is certainly a list. Undefined for a single value, and for a list that cannot be seen, as a parameter. */
  items(json: any, stack: Stack): (SymbolicString | undefined)[] | undefined {
    const decided = this.decide(json, stack);
    if (Array.isArray(decided)) { return decided.map(item => this.string(item, stack)); }
    const value = typeof decided === 'object' && decided !== null ? evaluateFunction(decided, stack, this) : undefined;
    return Array.isArray(value) ? value : undefined;
  }

  /** A property of a resource. */
  property(resource: CfnResource, name: string): SymbolicString | undefined {
    return this.ofConstruct(this.properties, resource, name, () => {
      const { Properties } = this.template.render(resource);
      return Properties[name] === undefined ? undefined : this.string(Properties[name], resource.stack);
    });
  }

  /** Is the resource in its template, in this world? */
  exists(resource: CfnResource): boolean {
    const { Condition } = this.template.render(resource);
    return Condition === undefined || conditionHolds({ Condition }, resource.stack, this);
  }

  /** The value of a reference to `name` of a construct. */
  attributeOf(target: IConstruct, name: string): SymbolicString {
    return this.ofConstruct(this.attributes, target, name, () => this.readAttribute(target, name));
  }

  private readAttribute(target: IConstruct, name: string): SymbolicString {
    const pseudo = pseudoParameter(name, Stack.of(target));
    if (pseudo) { return pseudo; }
    if (CfnResource.isCfnResource(target)) {
      return this.nestedOutput(target, name) ?? attribute(target, name, this);
    }
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
    return value === undefined || Array.isArray(value) ? this.opaque(json, stack) : value;
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
    const passed = stack.nestedStackResource
      ? this.template.render(stack.nestedStackResource as CfnResource).Properties.Parameters?.[logicalId] : undefined;
    if (passed !== undefined && stack.nestedStackParent) {
      return this.guarded(id, () => this.string(passed, stack.nestedStackParent!));
    }
    // Nobody but the parent gives values to a nested stack.
    if (stack.nestedStackResource && body.Default !== undefined && !isIndirect(body.Type)) { return SymbolicString.literal(String(body.Default)); }
    if (Array.isArray(body.AllowedValues) && !isIndirect(body.Type)) {
      return SymbolicString.literal(this.world.decide(id, body.AllowedValues.map(String), logicalId));
    }
    return SymbolicString.symbol({ id, placeholder: logicalId });
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

  private ofConstruct<T>(known: Map<IConstruct, Map<string, T>>, construct: IConstruct, name: string, read: () => T): T {
    const values = remembered(known, construct, () => new Map<string, T>());
    if (values.has(name)) { return values.get(name)!; }
    const value = read();
    // What is read on the way around a circle is not the value as it is read from outside.
    if (this.open.size === 0) { values.set(name, value); }
    return value;
  }

  private guarded<T>(id: string, read: () => T): T | undefined {
    if (this.open.has(id)) { return undefined; }
    this.open.add(id);
    try {
      return read();
    } finally {
      this.open.delete(id);
    }
  }
}

/** What is written down for a parameter is not its value: for a list, its items; for a parameter of Systems Manager, the name of that. */
function isIndirect(parameterType: string): boolean {
  return /^(AWS::SSM::|List<|CommaDelimitedList$)/.test(parameterType);
}

function yieldsList(json: any): boolean {
  return ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr', 'Fn::FindInMap'].some(name => name in json);
}

/**
 * Text with dynamic references, whose values are read at deployment
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
 */
function dynamicReferences(text: string, stack: Stack): SymbolicString {
  if (!text.includes('{{resolve:')) { return SymbolicString.literal(text); }
  const parts = text.split(/(\{\{resolve:[^}]*\}\})/);
  const place = SymbolicString.concat(accountOf(stack.account), '/', regionOf(stack.region)).key;
  return SymbolicString.concat(...parts.map((part, index) => index % 2 === 0 ? part : { id: `${place}:${part}`, placeholder: part }));
}
