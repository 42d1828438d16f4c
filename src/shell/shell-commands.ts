/** A word of a command, as written, without its quotes. */
export interface ShellWord {
  readonly text: string;
  /** Nothing in it is expanded: no variable, command, glob or home directory. */
  readonly literal: boolean;
}

/** A simple command of a shell script. */
export interface ShellCommand {
  /** The line that it begins on, counted from 1. */
  readonly line: number;
  readonly words: readonly ShellWord[];
  /** How many compound commands, functions and subshells it stands in. */
  readonly depth: number;
  /** The operator before it, like `&&`, or the keyword that makes a condition of it, like `if`; empty where a command begins anew. */
  readonly before: string;
  /** The operator after it: `||`, `&&`, `|`, `&`, `;`, or empty at the end of a line. */
  readonly after: string;
}

const OPENS = new Set(['if', 'while', 'until', 'for', 'case', 'select', '{']);
const CLOSES = new Set(['fi', 'done', 'esac', '}']);
/** They stand before a command without being one; `if` and the like also open a compound command. */
const LEADS = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '{', '!', 'time']);
/** What follows them is a condition: a failure there is an answer. */
const CONDITIONS = new Set(['if', 'elif', 'while', 'until', '!']);

/**
 * The simple commands of a POSIX or bash script, in order.
 *
 * It knows quotes, comments, continued lines, here-documents and nesting, which is enough to tell a command from text that looks like
 * one. It is no shell: it expands nothing, and leaves out what it cannot make out, such as the patterns of a `case`.
 *
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellCommands(script: string): ShellCommand[] {
  return new ShellReader(script).read();
}

class ShellReader {
  private at = 0;
  private line = 1;
  private depth = 0;
  private parentheses = 0;
  private before = '';
  private words: ShellWord[] = [];
  private startedOn = 1;
  private hereDocuments: { readonly end: string; readonly indented: boolean }[] = [];
  private readonly commands: ShellCommand[] = [];

  constructor(private readonly script: string) {}

  read(): ShellCommand[] {
    while (this.at < this.script.length) { this.step(); }
    this.end('');
    return this.commands;
  }

  private step(): void {
    const char = this.script[this.at];
    const operator = /^(?:&&|\|\||;;|\|&|[;|&()])/.exec(this.script.slice(this.at, this.at + 2))?.[0];
    if (char === '\n') {
      this.end('');
      this.newLine();
    } else if (this.script.startsWith('\\\n', this.at)) {
      this.at += 2;
      this.line += 1;
    } else if (/\s/.test(char)) {
      this.at += 1;
    } else if (char === '#') {
      while (this.at < this.script.length && this.script[this.at] !== '\n') { this.at += 1; }
    } else if (char === '<' || char === '>') {
      this.redirection();
    } else if (operator) {
      this.operator(operator);
    } else {
      this.word();
    }
  }

  private operator(operator: string): void {
    this.at += operator.length;
    if (operator === '(' && this.words.length === 1 && this.script[this.at] === ')') {
      // `name()`: what follows is the function's body.
      this.words = [];
      this.at += 1;
      return;
    }
    if (operator === ')' && this.parentheses === 0) {
      // The pattern of a `case`.
      this.words = [];
      this.before = '';
      return;
    }
    this.end(operator);
    const nesting = operator === '(' ? 1 : operator === ')' ? -1 : 0;
    this.parentheses += nesting;
    this.depth += nesting;
  }

  private newLine(): void {
    this.at += 1;
    this.line += 1;
    for (const { end, indented } of this.hereDocuments.splice(0)) {
      while (this.at < this.script.length) {
        const stop = this.script.indexOf('\n', this.at);
        const text = this.script.slice(this.at, stop < 0 ? undefined : stop);
        this.at = stop < 0 ? this.script.length : stop + 1;
        this.line += 1;
        if ((indented ? text.replace(/^\t+/, '') : text) === end) { break; }
      }
    }
  }

  /** The operator becomes a word of its own, so that its target is known for what it is. */
  private redirection(): void {
    const [operator] = /^(?:<<<|<<-?|<&|<\(|>\(|>>|>&|>\||<>|<|>)/.exec(this.script.slice(this.at, this.at + 3))!;
    this.at += operator.length;
    if (operator === '<<' || operator === '<<-') {
      while (/[ \t]/.test(this.script[this.at] ?? '')) { this.at += 1; }
      this.hereDocuments.push({ end: this.takeWord().text, indented: operator === '<<-' });
    } else if (operator.endsWith('(')) {
      this.at -= 1;
    } else {
      this.words.push({ text: operator, literal: false });
    }
  }

  private word(): void {
    if (this.words.length === 0) { this.startedOn = this.line; }
    const word = this.takeWord();
    this.words.push(word);
    if (this.words[0].text === 'function' && word.text === '{') {
      this.words = [];
      this.depth += 1;
    }
    if (this.words.length !== 1) { return; }
    if (OPENS.has(word.text)) { this.depth += 1; }
    if (CLOSES.has(word.text)) { this.depth = Math.max(0, this.depth - 1); }
    if (LEADS.has(word.text)) {
      this.words = [];
      if (CONDITIONS.has(word.text)) { this.before = word.text; }
    }
  }

  private takeWord(): ShellWord {
    let text = '';
    let literal = true;
    while (this.at < this.script.length && !/[\s;|&()<>]/.test(this.script[this.at])) {
      const char = this.script[this.at];
      if (char === '\\') {
        text += this.script[this.at + 1] ?? '';
        if (this.script[this.at + 1] === '\n') { this.line += 1; }
        this.at += 2;
      } else if (char === '\'' || char === '"') {
        const quoted = this.takeQuoted(char);
        text += quoted.text;
        literal &&= quoted.literal;
      } else if (char === '$' || char === '`') {
        text += this.takeExpansion();
        literal = false;
      } else {
        if (/[*?[\]{}~]/.test(char)) { literal = false; }
        text += char;
        this.at += 1;
      }
    }
    return { text, literal };
  }

  private takeQuoted(quote: string): ShellWord {
    let text = '';
    let literal = true;
    this.at += 1;
    while (this.at < this.script.length && this.script[this.at] !== quote) {
      const char = this.script[this.at];
      if (quote === '"' && (char === '$' || char === '`')) {
        text += this.takeExpansion();
        literal = false;
        continue;
      }
      if (quote === '"' && char === '\\') { this.at += 1; }
      const taken = this.script[this.at] ?? '';
      if (taken === '\n') { this.line += 1; }
      text += taken;
      this.at += 1;
    }
    this.at += 1;
    return { text, literal };
  }

  /** `$name`, `${…}`, `$(…)`, `$((…))` or backquotes, as written: what is in them is not looked at. */
  private takeExpansion(): string {
    const from = this.at;
    const open = this.script[this.at] === '`' ? '`' : this.script[this.at + 1];
    const close = open === '(' ? ')' : open === '{' ? '}' : open === '`' ? '`' : undefined;
    this.at += 1;
    if (close) {
      let level = open === '`' ? 1 : 0;
      for (; this.at < this.script.length; this.at += 1) {
        const char = this.script[this.at];
        if (char === '\n') { this.line += 1; }
        if (char === '\\') {
          this.at += 1;
        } else if (char === '\'' && open === '(') {
          const end = this.script.indexOf('\'', this.at + 1);
          this.at = end < 0 ? this.at : end;
        } else if (char === close) {
          level -= 1;
          if (level === 0) { break; }
        } else if (char === open) {
          level += 1;
        }
      }
      this.at += 1;
    }
    return this.script.slice(from, this.at);
  }

  private end(after: string): void {
    // A line that ends in an operator goes on.
    if (this.words.length === 0 && after === '') { return; }
    if (this.words.length > 0) {
      this.commands.push({ line: this.startedOn, words: this.words, depth: this.depth, before: this.before, after });
    }
    this.words = [];
    this.before = after === ';' || after === '&' || after === ';;' || after === '(' || after === ')' ? '' : after;
  }
}
