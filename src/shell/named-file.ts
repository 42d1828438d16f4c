import { posix } from 'path';
import { INTERPRETERS, losesTheDirectory, REDIRECTS_OUTPUT, unwrapped } from './script-references';
import { type ShellCommand, shellCommands, type ShellWord } from './shell-commands';

/** How a script names a file that should lie beside it. */
export interface NamedFile {
  readonly line: number;
  /** `read`: the script reads it for certain. `named`: it may. `handled`: it may make the file, or tests for it. */
  readonly as: 'read' | 'named' | 'handled';
}

const PRINTS = new Set(['echo', 'printf', 'logger', 'log']);
const READS = new Set(['cat', 'jq', 'grep', 'head']);
const DECLARES = new Set(['export', 'readonly', 'local', 'declare']);
const CONDITIONS = new Set(['if', 'elif', 'while', 'until', '!']);

/** The first place where a shell script reads a file, or else names it; a place that may make the file or tests for it decides. */
export function namedFile(script: string, file: string): NamedFile | undefined {
  const variables = new Set<string>();
  let found: NamedFile | undefined;
  for (const command of shellCommands(script)) {
    const { line } = command;
    const assigned = assignmentsOf(command).filter(({ value }) => isNamed(value, file));
    const words = unwrapped(command);
    const mentioned = words.filter(word => !isAssignment(word) && mentions(word, file, variables));
    if (assigned.some(({ value }) => isElsewhere(value)) || mentioned.some(({ text }) => isElsewhere(text))) { return { line, as: 'handled' }; }
    assigned.forEach(({ name }) => variables.add(name));
    if (assigned.length > 0) { found ??= { line, as: 'named' }; }
    const as = mentioned.length === 0 ? undefined : useOf(command, words, mentioned);
    if (as === 'handled') { return { line, as }; }
    if (as === 'read' && found?.as !== 'read') { found = { line, as }; }
    if (as === 'named') { found ??= { line, as }; }
    if (losesTheDirectory(words)) { return found?.as === 'read' ? found : undefined; }
    if (command.words[0].text === 'exit' && command.depth === 0 && command.before === '') { break; }
  }
  return found;
}

function useOf(command: ShellCommand, words: readonly ShellWord[], mentioned: readonly ShellWord[]): NamedFile['as'] | undefined {
  const name = words[0].text;
  const redirected = words.some((word, index) => REDIRECTS_OUTPUT.test(word.text) && mentioned.includes(words[index + 1]));
  if (redirected || command.after === '||' || CONDITIONS.has(command.before)) { return 'handled'; }
  if (PRINTS.has(name)) { return undefined; }
  const isAlways = command.depth === 0 && command.before === '';
  if (READS.has(name)) { return isAlways ? 'read' : 'named'; }
  if (!INTERPRETERS.has(name) && !name.includes('/')) { return 'handled'; }
  // The option by which AWS's lifecycle_script.py takes the file, which it opens first.
  const isOption = words.some(({ text }, index) => /^(-pp|--provisioning[-_]parameters)$/.test(text) && mentioned.includes(words[index + 1]));
  return isAlways && isOption ? 'read' : 'named';
}

function mentions({ text }: ShellWord, file: string, variables: ReadonlySet<string>): boolean {
  return isNamed(text, file) || [...text.matchAll(/\$\{?(\w+)/g)].some(([, name]) => variables.has(name));
}

function isNamed(text: string, file: string): boolean {
  return text.includes(file) && posix.basename(text) === file;
}

/** An absolute path, or a URL, is of a file that comes from somewhere else. */
function isElsewhere(text: string): boolean {
  return /^(\/|\w+:\/\/)/.test(text);
}

function assignmentsOf({ words }: ShellCommand): { readonly name: string; readonly value: string }[] {
  const isDeclaration = DECLARES.has(words[0]?.text);
  const after = words.findIndex((word, index) => !(isAssignment(word) || (index === 0 && isDeclaration)));
  return words.slice(0, after < 0 ? undefined : after).filter(isAssignment).map(({ text }) => {
    const at = text.indexOf('=');
    return { name: text.slice(0, at), value: text.slice(at + 1) };
  });
}

function isAssignment({ text }: ShellWord): boolean {
  return /^[A-Za-z_]\w*=/.test(text);
}
