import fs from 'node:fs';
import { resolve } from 'node:path';

/** Where the first run leaves for all processes how long each test took and how many mutants of each file it reached. */
const FILE = 'tests.json';

/** The processor time that the tests of one mutant may take, by the first run's measure. */
const MOST_MILLISECONDS = 4_000;

/**
 * Which tests a mutant has to pass, and in which order.
 *
 * Not all that reach it: of a rule, nearly every test reaches the line that finds nothing to say. First come those that noticed another
 * mutant of the same file, then those of `test/iam`, which are quick, then those that reach much of the file in little time, until the time
 * is up. What is left out could only have
 * noticed more, so that a score is at worst too low.
 */
export class TestChoice {
  #known = JSON.parse(fs.readFileSync(FILE, 'utf8'));
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
    const killers = this.#killers.get(file) ?? [];
    const ranked = tests.filter(({ id }) => id in this.#known).map(test => {
      const { cpu, reached } = this.#known[test.id];
      const isQuick = test.fileName.startsWith(resolve('test/iam'));
      return { test, cpu, rank: [-killers.indexOf(test.id), isQuick ? 0 : 1, cpu / (reached[compiled(file)] ?? 0.1)] };
    }).sort((one, other) => one.rank.map((value, index) => value - other.rank[index]).find(difference => difference !== 0) ?? 0);
    let spent = 0;
    return ranked.filter(({ cpu }, index) => {
      if (index > 0 && spent + cpu > MOST_MILLISECONDS) { return false; }
      spent += cpu;
      return true;
    }).map(({ test }) => test);
  }

  /** A test noticed a mutant of a file: it is the first to be asked about the next. */
  killed({ id }, file) {
    this.#killers.set(file, [...(this.#killers.get(file) ?? []).filter(other => other !== id), id].slice(-20));
  }
}

function sources() {
  return fs.readdirSync('src', { recursive: true }).filter(file => file.endsWith('.js')).map(file => resolve('src', file));
}

function compiled(file) {
  return file.replace(/\.ts$/, '.js');
}
