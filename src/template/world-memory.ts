import { remembered } from './remembered';
import { type Assumption, inEveryWorld, type Variable, type World } from './world';

/** What depends on more than this is seldom settled. */
const MOST_TO_SETTLE = 16;

/** What was computed, below the decisions that the computation asked for. */
interface Node {
  question?: { readonly variable: Variable; readonly value: string };
  yes?: Node;
  no?: Node;
  result?: { readonly value: unknown };
}

/**
 * Results of computations, each with the decisions that it rests on, shared by all worlds: one that decides the same has the same result.
 *
 * A computation asks for the same decision first in every world, and for the same one next wherever the answers were the same. So its results are a tree
 * of decisions, and to find one again is to walk down that tree.
 */
export class WorldMemory implements World {
  private readonly trees = new Map<unknown, Map<unknown, Node>>();
  private readonly recordings: Assumption[][] = [];
  private readonly settled = new Map<unknown, Map<unknown, { readonly value: unknown } | undefined>>();

  /** @param current the world in which is computed at the moment */
  constructor(private current?: World) {}

  /** Computes something in a world. */
  within<T>(world: World, compute: () => T): T {
    const outer = this.current;
    this.current = world;
    try {
      return compute();
    } finally {
      this.current = outer;
    }
  }

  is(variable: Variable, value: string): boolean {
    if (!this.current) { throw new Error(`${variable.name} was asked for outside of any way to deploy the app`); }
    const holds = this.current.is(variable, value);
    this.recordings.at(-1)?.push({ variable, value, holds });
    return holds;
  }

  /**
   * The result of a computation in the current world.
   *
   * @param subject what it is about
   * @param name which of the computations about it
   * @param isKept whether the result may be used again
   */
  remember<T>(subject: unknown, name: unknown, compute: () => T, isKept: () => boolean = () => true): T {
    const tree = remembered(remembered(this.trees, subject, () => new Map<unknown, Node>()), name, (): Node => ({}));
    const known = this.find(tree);
    if (known) { return known.value as T; }
    const asked: Assumption[] = [];
    this.recordings.push(asked);
    try {
      const value = compute();
      if (isKept()) { keep(tree, asked, value); }
      return value;
    } finally {
      this.recordings.pop();
      this.recordings.at(-1)?.push(...asked);
    }
  }

  /**
   * The result of a computation that is mostly the same in every world: it is then known without asking for anything. The result must be complete: what it
   * leaves for later would ask all the same.
   *
   * @param isSame are two results the same?
   */
  settle<T>(subject: unknown, name: unknown, compute: () => T, isSame: (one: T, other: T) => boolean): T {
    const settled = remembered(remembered(this.settled, subject, () => new Map<unknown, { readonly value: unknown } | undefined>()), name,
      () => this.unanimous(compute, isSame));
    return settled ? settled.value as T : this.remember(subject, name, compute);
  }

  private unanimous<T>(compute: () => T, isSame: (one: T, other: T) => boolean): { readonly value: T } | undefined {
    // Whoever computes something else at the moment does not depend on what is asked for here.
    this.recordings.push([]);
    try {
      const { all: [first, ...others], isComplete } = inEveryWorld(world => this.within(world, compute), MOST_TO_SETTLE);
      return isComplete && others.every(({ value }) => isSame(first.value, value)) ? first : undefined;
    } finally {
      this.recordings.pop();
    }
  }

  private find(tree: Node): Node['result'] {
    let node: Node | undefined = tree;
    while (node?.question) { node = this.is(node.question.variable, node.question.value) ? node.yes : node.no; }
    return node?.result;
  }
}

function keep(tree: Node, asked: readonly Assumption[], value: unknown): void {
  let node = tree;
  const answered = new Set<string>();
  for (const { variable, value: other, holds } of asked) {
    const question = `${variable.id}=${other}`;
    if (answered.has(question)) { continue; }
    answered.add(question);
    node.question ??= { variable, value: other };
    node = holds ? node.yes ??= {} : node.no ??= {};
  }
  node.result = { value };
}
