import { posix } from 'path';
import { type ShellCommand, shellCommands, type ShellWord } from './shell-commands';

/** A place where a script runs another one, or reads it in. */
export interface ScriptReference {
  /** The other script, as written: a relative path without expansions. */
  readonly path: string;
  readonly line: number;
  /** The script gets there for certain, and ends in failure if the other one fails. */
  readonly decisive: boolean;
  /** The other script runs in this one's shell. */
  readonly sourced: boolean;
}

export const INTERPRETERS = new Set(['bash', 'sh', 'dash', 'zsh', 'python', 'python3', 'perl', 'source', '.']);
const SCRIPT_EXTENSION = /\.(sh|bash|zsh|py|pl)$/;
const WRAPPERS = new Set(['sudo', 'exec', 'nohup', 'env', 'command']);
const CHANGES_DIRECTORY = new Set(['cd', 'pushd', 'popd']);
/** They may bring files into the directory that the script does not name. */
const BRINGS_FILES = new Set(['tar', 'unzip', 'git', 'rsync', 's5cmd', 'make']);
const COPIES = new Set(['cp', 'mv', 'ln']);
const CONDITIONS = new Set(['if', 'elif', 'while', 'until', '!']);
export const REDIRECTS_OUTPUT = /^(>|>>|>\||>&)$/;

/**
 * The scripts that a shell script runs from the directory that it was started in.
 *
 * Only what is certain counts: a path without expansions, before any change of directory, of a file that the script neither tests
 * for nor may have made, and whose failure it does not handle.
 *
 * @param errexit whether the shell ends at a failing command from the start
 */
export function scriptReferences(script: string, errexit: boolean = false): ScriptReference[] {
  const references: ScriptReference[] = [];
  const mentioned = new Set<string>();
  let exitsOnFailure = errexit || /^#!.*\s-\w*e/.test(script);
  let reached = true;
  for (const command of shellCommands(script)) {
    const words = unwrapped(command);
    const name = words[0]?.text;
    const run = ranScript(words);
    if (run && isCertain(run, mentioned) && !isHandled(command)) {
      const decisive = reached && exitsOnFailure && command.depth === 0 && command.before === '' && /^;?$/.test(command.after);
      references.push({ path: run.text, line: command.line, decisive, sourced: name === 'source' || name === '.' });
    }
    if (losesTheDirectory(words) || endsTheScript(command)) { break; }
    reached &&= name !== 'exit' && name !== 'return';
    exitsOnFailure = name === 'set' ? errexitAfter(words, exitsOnFailure) : exitsOnFailure;
    mentions(words, run).forEach(part => mentioned.add(part));
  }
  return references;
}

/** The words of a command without what stands before its name. */
export function unwrapped({ words }: ShellCommand): readonly ShellWord[] {
  const name = words.findIndex(({ text }) => !WRAPPERS.has(text) && !/^[A-Za-z_]\w*=/.test(text));
  return name < 0 ? [] : words.slice(name);
}

/** The file that a command runs, or reads in. */
function ranScript([command, ...args]: readonly ShellWord[]): ShellWord | undefined {
  if (command === undefined) { return undefined; }
  if (!INTERPRETERS.has(command.text)) {
    return command.text.includes('/') && SCRIPT_EXTENSION.test(command.text) ? command : undefined;
  }
  if (command.text === 'source' || command.text === '.') { return args[0]; }
  const file = args.findIndex(({ text }) => !text.startsWith('-'));
  // What follows `-c`, `-m` and the like is no file to run.
  const takesNoFile = args.slice(0, Math.max(file, 0)).some(({ text }) => /^-\w*[cmsoOWX]/.test(text));
  return file < 0 || takesNoFile || !SCRIPT_EXTENSION.test(args[file].text) ? undefined : args[file];
}

function isCertain({ text, literal }: ShellWord, mentioned: ReadonlySet<string>): boolean {
  if (!literal || text === '' || /^[/<>]/.test(text)) { return false; }
  const path = posix.normalize(text);
  // What the script did with a word of that name is not looked into: it may have made the file.
  return !path.startsWith('../') && !mentioned.has(posix.basename(path)) && !mentioned.has(path.split('/')[0]);
}

/** Is a failure of the command an answer, or dealt with? */
function isHandled({ before, after }: ShellCommand): boolean {
  return after === '||' || CONDITIONS.has(before);
}

export function losesTheDirectory(words: readonly ShellWord[]): boolean {
  const [name, ...args] = words.map(({ text }) => text);
  // `cd "$(dirname "$0")"` leads to where the script lies.
  if (CHANGES_DIRECTORY.has(name)) { return !/dirname.*(\$0|BASH_SOURCE)/.test(args.join(' ')); }
  if (COPIES.has(name)) {
    const target = words[words.length - 1];
    return !target.literal || posix.normalize(target.text).replace(/\/$/, '') === '.';
  }
  return BRINGS_FILES.has(name) || (name === 'aws' && args.includes('s3'));
}

function endsTheScript({ words: [{ text: name }], depth, before }: ShellCommand): boolean {
  return ['exit', 'return', 'exec'].includes(name) && depth === 0 && before === '';
}

function errexitAfter(words: readonly ShellWord[], before: boolean): boolean {
  const args = words.map(({ text }) => text);
  const option = args.find((arg, index) => /^[-+][a-zA-Z]*e/.test(arg) || (/^[-+][a-zA-Z]*o$/.test(arg) && args[index + 1] === 'errexit'));
  return option === undefined ? before : option.startsWith('-');
}

/** The names in a command that may be of files that it makes: not those of scripts to run, nor of text to print. */
function mentions(words: readonly ShellWord[], run: ShellWord | undefined): string[] {
  const name = words[0]?.text;
  const from = run || name === 'chmod' || name === 'echo' ? words.findIndex(({ text }) => REDIRECTS_OUTPUT.test(text)) : 0;
  return from < 0 ? [] : words.slice(from).flatMap(({ text }) => text.split(/[\s/=:]+/));
}
