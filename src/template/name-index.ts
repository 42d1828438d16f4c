import { remembered } from './remembered';
import type { SymbolicString } from './symbolic/symbolic-string';

/** Something that refers to resources by their names, as a policy does to its roles. */
export interface Naming<T> {
  readonly what: T;
  /** A name is undefined if it is not known, the list if it is not known how many there are. */
  readonly names: readonly (SymbolicString | undefined)[] | undefined;
}

/** Leads from the name of a resource to what may name it, without a look at the many others of a large app. */
export class NameIndex<T> {
  private readonly byGeneratedName = new Map<string, T[]>();
  /** What names resources by anything else than names that CloudFormation generates. */
  private readonly others: Naming<T>[] = [];
  private readonly othersByBeginning = new Map<string, readonly T[]>();

  /** @param type the CloudFormation type of the resources */
  constructor(private readonly type: string, private readonly all: readonly Naming<T>[]) {
    for (const naming of all) {
      const { what, names } = naming;
      if (names?.every(name => name && this.isGenerated(name))) {
        names.forEach(name => remembered(this.byGeneratedName, name!.key, (): T[] => []).push(what));
      } else {
        this.others.push(naming);
      }
    }
  }

  /** All but what plainly names others. */
  candidates(name: SymbolicString): readonly T[] {
    if (!this.isGenerated(name)) { return whatMayName(name, this.all); }
    // The generated names of a stack are alike.
    const others = remembered(this.othersByBeginning, name.beginning, () => whatMayName(name, this.others));
    return [...this.byGeneratedName.get(name.key) ?? [], ...others];
  }

  /** Is it nothing but the name of a resource of the app, which is no other resource's? */
  private isGenerated({ pieces: [piece, ...more] }: SymbolicString): boolean {
    return more.length === 0 && typeof piece === 'object' && piece.uniqueIn === this.type;
  }
}

function whatMayName<T>(asked: SymbolicString, namings: readonly Naming<T>[]): readonly T[] {
  return namings.filter(({ names }) => names === undefined || names.some(name => name === undefined || name.mayEqual(asked)))
    .map(({ what }) => what);
}
