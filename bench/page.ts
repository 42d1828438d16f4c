import type { Machine, Results, Section } from './results';

const BEGIN = '<!-- Written by `npm run bench`. -->';
const END = '<!-- End. -->';

/** docs/performance.md with the tables of a run. */
export function withTables(page: string, results: Results): string {
  const [before] = page.split(BEGIN);
  const [, after] = page.split(END);
  return `${before}${BEGIN}\n\n${Object.entries(results).map(([name, section]) => table(name, section)).join('\n\n')}\n\n${END}${after}`;
}

function table(name: string, { date, machine, figures }: Section): string {
  return [
    `### ${name}`,
    '',
    `Measured on ${date}, with ${described(machine)}.`,
    '',
    '| figure | value | at most | holds |',
    '|---|---|---|---|',
    ...figures.map(({ figure, value, limit, holds }) => `| ${figure} | ${value} | ${limit ?? '–'} | ${judgement(holds)} |`),
  ].join('\n');
}

function described({ node, platform, processors, model, memoryInGiB }: Machine): string {
  return `Node ${node.replace(/^v/, '')} on ${platform}: ${processors} processors (${model}), ${memoryInGiB} GiB of memory`;
}

function judgement(holds?: boolean): string {
  if (holds === undefined) { return 'for the record'; }
  return holds ? 'yes' : '**no**';
}
