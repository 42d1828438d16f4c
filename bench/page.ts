import type { Results } from './results';

const BEGIN = '<!-- Written by `npm run bench`. -->';
const END = '<!-- End. -->';

/** docs/performance.md with the tables of a run. */
export function withTables(page: string, results: Results): string {
  const [before] = page.split(BEGIN);
  const [, after] = page.split(END);
  return `${before}${BEGIN}\n\n${tables(results)}\n\n${END}${after}`;
}

function tables({ date, machine, figures }: Results): string {
  const { node, platform, processors, model, memoryInGiB } = machine;
  return [
    `Measured on ${date}, with Node ${node.replace(/^v/, '')} on ${platform}: ${processors} processors (${model}), ${memoryInGiB} GiB of memory.`,
    '',
    '| figure | value | at most | holds |',
    '|---|---|---|---|',
    ...figures.map(({ figure, value, limit, holds }) => `| ${figure} | ${value} | ${limit ?? '–'} | ${judgement(holds)} |`),
  ].join('\n');
}

function judgement(holds?: boolean): string {
  if (holds === undefined) { return 'for the record'; }
  return holds ? 'yes' : '**no**';
}
