/** What a run of `npm run bench` found. */
export interface Results {
  readonly date: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly processors: number;
    readonly model: string;
    readonly memoryInGiB: number;
  };
  readonly figures: readonly Figure[];
}

/** One figure, and the most that it should be. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  /** Undefined for what is there for the record. */
  readonly limit?: number;
  readonly holds?: boolean;
}
