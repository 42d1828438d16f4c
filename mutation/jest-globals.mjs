import { expect } from 'expect';
import { bind } from 'jest-each';

/** The globals of Jest that the tests use. `collected` receives the tests of a file, instead of running them. */
export class JestGlobals {
  collected = [];
  #file = '';
  #titles = [];

  constructor() {
    const test = (title, run) => this.#collect(title, run);
    const describe = (title, body) => {
      this.#titles.push(title);
      body();
      this.#titles.pop();
    };
    test.each = bind(test, false);
    describe.each = bind(describe, false);
    Object.assign(globalThis, { describe, expect, test, afterAll: () => {} });
  }

  /** Collects the tests that `load` defines. */
  collect(file, load) {
    this.#file = file;
    load();
  }

  #collect(title, run) {
    const name = [...this.#titles, title].join(' ');
    const [fileName, count] = [this.#file, this.collected.filter(other => other.fileName === this.#file && other.name === name).length];
    this.collected.push({ id: `${fileName} ${name}${count > 0 ? ` #${count + 1}` : ''}`, name, fileName, run });
  }
}
