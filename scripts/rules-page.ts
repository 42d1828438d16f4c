/**
 * A step of `projen docgen`: writes RULES.md from the rules themselves.
 */
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Rule } from '../src/preflight/findings/rule';
import { RULES } from '../src/preflight/rules';

const PAGE = path.join(__dirname, '..', 'RULES.md');

export function rulesPage(rules: readonly Rule[]): string {
  return [
    '# Rules',
    '',
    '<!-- Generated from src/preflight by `npx projen docgen`. -->',
    '',
    'What `HyperPodPreflight` and `HyperPodChecks` look for in every `AWS::SageMaker::Cluster` of an app. Ids are a contract: they do not change',
    'within a major version, and a finding is acknowledged by its rule\'s id ([how](README.md#acknowledge-a-finding)).',
    '',
    'An **error** cannot deploy or boot, and stops `cdk synth`. A **warning** may fail, is a doubtful choice, or is about a fact that is not known at synth;',
    'it stops `cdk synth --strict`. **Information** stops nothing: it is about what AWS alone knows.',
    '',
    '## From AWS\'s message to the rule',
    '',
    'Search this page for a piece of the message that has no names or ids of yours in it.',
    '',
    '| AWS says | rule |',
    '|---|---|',
    ...messages(rules).map(([message, ids]) => `| ${cell(message)} | ${ids.map(link).join(', ')} |`),
    '',
    '## All rules',
    '',
    '| rule | levels | what holds when it is silent |',
    '|---|---|---|',
    ...rules.map(({ id, levels, title }) => `| ${link(id)} | ${levels.join(', ')} | ${cell(title)} |`),
    ...rules.flatMap(section),
    '',
  ].join('\n');
}

function section({ id, title, levels, prevents, why, fix, sources }: Rule): string[] {
  return [
    '',
    `## ${id}`,
    '',
    `**${text(title)}.** Level: ${levels.join(' or ')}.`,
    ...(prevents.length > 0 ? ['', 'Prevents:', ''] : []),
    ...prevents.flatMap((message, index) => [...(index > 0 ? ['', '<!-- -->', ''] : []), ...message.split('\n').map(line => `> ${text(line)}`)]),
    '',
    `*Why:* ${text(why)}`,
    '',
    `*Fix:* ${text(fix)}`,
    '',
    `*Sources:* ${sources.map(source => `<${source}>`).join(', ')}`,
  ];
}

/** AWS's messages, in alphabetical order, with the rules that prevent each. */
function messages(rules: readonly Rule[]): [message: string, ids: string[]][] {
  const ids = new Map<string, string[]>();
  for (const { id, prevents } of rules) {
    for (const message of prevents) ids.set(message, [...ids.get(message) ?? [], id]);
  }
  return [...ids].sort(([a], [b]) => a.localeCompare(b, 'en'));
}

function link(id: string): string {
  return `[${id}](#${id.toLowerCase()})`;
}

function cell(value: string): string {
  return text(value).replace(/\n/g, ' ').replace(/\|/g, '\\|');
}

/** Angle brackets would be taken for HTML, and vanish. What stands between backticks is left alone. */
function text(value: string): string {
  return value.split(/(`[^`]*`)/).map(part => part.startsWith('`') ? part : part.replace(/</g, '&lt;').replace(/\*/g, '\\*')).join('');
}

if (require.main === module) writeFileSync(PAGE, rulesPage(RULES));
