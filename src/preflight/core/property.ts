import type { Stack } from 'aws-cdk-lib';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';

/**
 * A property of a resource that knows its place in the template, whether it is there or not.
 *
 * It is read when it is asked for, in the world at hand: conditions on what no rule asks for cost nothing.
 */
export class Property {
  /**
   * @param json what the template says of it
   * @param path where it stands, such as `Properties.InstanceGroups.0.ExecutionRole`
   * @param name what its owner calls it, such as `LifeCycleConfig.OnCreate`
   * @param key the last part of its name
   */
  constructor(private readonly json: any, readonly path: string, readonly name: string, readonly key: string,
    private readonly stack: Stack, private readonly symbolizer: Symbolizer) {}

  /** The property below this one; one that is not given if this one is no object that the template spells out. */
  at(...names: readonly (string | number)[]): Property {
    return names.reduce<Property>((property, name) => property.child(name), this);
  }

  /** The argument of an intrinsic function, if that is what gives it its value. */
  argumentOf(intrinsicFunction: `Fn::${string}`): Property {
    const json = this.chosen?.[intrinsicFunction];
    return new Property(json, `${this.path}.${intrinsicFunction}`, `${this.name}.${intrinsicFunction}`, intrinsicFunction, this.stack, this.symbolizer);
  }

  /** Does the template say anything of it? */
  get isGiven(): boolean {
    return this.chosen !== undefined;
  }

  /** Does the template spell out its properties, so that what is not among them is not given? */
  get isSpelledOut(): boolean {
    const json = this.chosen;
    return typeof json === 'object' && json !== null && !Array.isArray(json) && !isComputed(json);
  }

  /** May it hold more than the template spells out: is it computed, or put together by a macro such as `Fn::Transform` (AWS::Include)? */
  get mayHoldMore(): boolean {
    const json = this.chosen;
    return typeof json === 'object' && json !== null && Object.keys(json).some(key => key === 'Ref' || key.startsWith('Fn::'));
  }

  /** Is it a list whose items the template spells out? */
  get isList(): boolean {
    return Array.isArray(this.chosen);
  }

  /** Its value. Undefined if there is none, or it is not a single one. */
  get value(): SymbolicString | undefined {
    const json = this.chosen;
    return json === undefined ? undefined : this.symbolizer.string(json, this.stack);
  }

  /** Its text, if that is known at synth. */
  get text(): string | undefined {
    return this.value?.literal;
  }

  /** Its number, if that is known at synth. CloudFormation takes numbers in quotes too. */
  get number(): number | undefined {
    const { text } = this;
    return text === undefined || !/^-?\d+(\.\d+)?$/.test(text) ? undefined : Number(text);
  }

  /** Its boolean, if that is known at synth. CloudFormation takes booleans in quotes too. */
  get boolean(): boolean | undefined {
    const text = this.text?.toLowerCase();
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }

  /** Its values, if it is a list; a single one counts as a list of one. Undefined if it is not known how many there are. */
  get values(): readonly (SymbolicString | undefined)[] | undefined {
    return this.symbolizer.list(this.json, this.stack);
  }

  /** The items of a list that the template spells out. Undefined if there is no list, or only the deployment knows it. */
  get items(): readonly Property[] | undefined {
    const json = this.chosen;
    return Array.isArray(json) ? json.map((_, index) => this.child(index)).filter(({ isGiven }) => isGiven) : undefined;
  }

  /** The properties of an object that the template spells out. */
  get members(): readonly Property[] {
    return this.isSpelledOut ? Object.keys(this.chosen).map(key => this.child(key)).filter(({ isGiven }) => isGiven) : [];
  }

  /** All that a property below this one may be, whatever conditions and parameters decide. None of them is asked. */
  possible(...names: readonly (string | number)[]): readonly Property[] {
    return names.reduce<readonly Property[]>((all, name) => all.flatMap(one => one.child(name).alternatives), this.alternatives);
  }

  /** As the template has it. */
  toString(): string {
    return JSON.stringify(this.symbolizer.decide(this.json, this.stack));
  }

  private get chosen(): any {
    return this.symbolizer.choose(this.json, this.stack);
  }

  private get alternatives(): readonly Property[] {
    return this.branchesOf(this.json).map(json => new Property(json, this.path, this.name, this.key, this.stack, this.symbolizer));
  }

  private branchesOf(json: any): readonly any[] {
    if (!Array.isArray(json?.['Fn::If'])) { return this.symbolizer.choice(json, this.stack)?.values ?? [json]; }
    const [, whenTrue, whenFalse] = json['Fn::If'];
    return [...this.branchesOf(whenTrue), ...this.branchesOf(whenFalse)];
  }

  private child(name: string | number): Property {
    const json = typeof name === 'number' || this.isSpelledOut ? this.chosen?.[name] : undefined;
    return new Property(json, `${this.path}.${name}`, this.name === '' ? `${name}` : `${this.name}.${name}`, `${name}`, this.stack, this.symbolizer);
  }
}

/** Is a value CloudFormation's to compute at deployment: a reference or an intrinsic function? */
function isComputed(json: any): boolean {
  const keys = Object.keys(json);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
