import type { Ternary } from '../../../src/template/ternary';

/** Counts answers, and fails if they are so one-sided that a property hardly tests anything. */
export class Distribution {
  private readonly counts: Record<Ternary, number> = { yes: 0, no: 0, unknown: 0 };

  count(answer: Ternary): void {
    this.counts[answer]++;
  }

  expectEachAtLeast(share: number): void {
    const total = this.counts.yes + this.counts.no + this.counts.unknown;
    const rare = Object.entries(this.counts).filter(([, times]) => times / total < share);
    expect({ rare, total }).toEqual({ rare: [], total });
  }
}
