import fs from 'node:fs';
import { resolve } from 'node:path';

/** Where the first run leaves for all processes how long each test took and how many mutants of each file it reached. */
const FILE = 'tests.json';

/** The part of the time of all tests that those of one mutant may take, besides those of `test/template` and `test/iam`, which are quick. */
const MOST = 0.1;

/** How many test files are remembered for a file, as those that are about it. */
const REMEMBERED = 4;

/**
 * Which tests a mutant has to pass, and in which order.
 *
 * Not all that reach it: every test of a cluster applies every rule, so that nearly all reach the lines of a rule that find nothing to say.
 * First come the tests that noticed another mutant of the same file, then those that stand beside them, then some of each test file, those
 * first that reach most of the mutated file; until the time is up. What is left out could only have noticed more, so that a score is at
 * worst too low.
 */
export class TestChoice {
  #known = JSON.parse(fs.readFileSync(FILE, 'utf8'));
  #most = MOST * Object.values(this.#known).reduce((sum, { cpu }) => sum + cpu, 0);
  /** By mutated file, the tests that noticed a mutant of it, the last one last. */
  #killers = new Map();

  /** @param perTest by test, how often it reached each mutant */
  static save(tests, perTest) {
    const fileOf = new Map(sources().flatMap(file => [...fs.readFileSync(file, 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => [id, file])));
    const known = tests.map(({ id, cpu }) => {
      const reached = {};
      for (const mutant of Object.keys(perTest[id] ?? {})) { reached[fileOf.get(mutant)] = (reached[fileOf.get(mutant)] ?? 0) + 1; }
      return [id, { cpu, reached }];
    });
    fs.writeFileSync(FILE, JSON.stringify(Object.fromEntries(known)));
  }

  of(tests, file) {
    const killers = (this.#killers.get(file) ?? []).toReversed();
    const about = [...new Set(killers.map(({ fileName }) => fileName))].slice(0, REMEMBERED);
    const inFile = new Map();
    const byReach = tests.filter(({ id }) => id in this.#known)
      .map(test => ({ test, ...this.#known[test.id], reach: this.#known[test.id].reached[compiled(file)] ?? 0 }))
      .sort((one, other) => other.reach - one.reach || one.cpu - other.cpu);
    const ranked = byReach.map(({ test, cpu, reach }) => {
      const place = inFile.get(test.fileName) ?? 0;
      inFile.set(test.fileName, place + 1);
      const isQuick = ['test/template', 'test/iam'].some(folder => test.fileName.startsWith(resolve(folder)));
      return { test, cpu: isQuick ? 0 : cpu, rank: [last(killers.findIndex(({ id }) => id === test.id)), isQuick ? 0 : 1, last(about.indexOf(test.fileName)), place, -reach] };
    }).sort((one, other) => difference(one.rank, other.rank));
    let spent = 0;
    return ranked.filter(({ cpu }, index) => {
      if (index > 0 && spent + cpu > this.#most) { return false; }
      spent += cpu;
      return true;
    }).map(({ test }) => test);
  }

  /** A test noticed a mutant of a file: it is the first to be asked about the next. */
  killed({ id, fileName }, file) {
    this.#killers.set(file, [...(this.#killers.get(file) ?? []).filter(other => other.id !== id), { id, fileName }].slice(-20));
  }
}

function last(index) {
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}

function difference(one, other) {
  return one.map((value, index) => value - other[index]).find(value => value !== 0) ?? 0;
}

function sources() {
  return fs.readdirSync('src', { recursive: true }).filter(file => file.endsWith('.js')).map(file => resolve('src', file));
}

function compiled(file) {
  return file.replace(/\.ts$/, '.js');
}
