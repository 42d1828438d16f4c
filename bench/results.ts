/** What `npm run bench` found, in one run or in several: each section says when and where. */
export type Results = Readonly<Record<string, Section>>;

/** What was measured together. */
export interface Section {
  readonly date: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly processors: number;
  readonly model: string;
  readonly memoryInGiB: number;
}

/** One figure, and the most that it should be. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  /** Undefined for what is there for the record. */
  readonly limit?: number;
  readonly holds?: boolean;
}
