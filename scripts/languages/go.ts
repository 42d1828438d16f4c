/**
 * `npm run test:go`: generates the Go code, and compiles it with the versions of the modules that its go.mod names.
 */
import * as path from 'node:path';
import { generate } from './generate';
import { has, main, refusal, run, step } from '../check';
import { ROOT, TARGETS, floor } from '../project';

/** Its module is the only one that is small enough to be generated where no proxy serves it. */
const NAG = `github.com/cdklabs/cdk-nag-go/cdknag/v${floor('cdk-nag').split('.')[0]}`;

main('go', async (directory, skip) => {
  const code = path.join(await generate('go', directory), TARGETS.go.packageName);
  if (!has('go', 'version')) return skip('compiling', 'there is no go');

  for (const { Path, Version } of JSON.parse(run('go', ['mod', 'edit', '-json'], { cwd: code })).Require) {
    const why = refusal('go', ['mod', 'download', `${Path}@${Version}`], { cwd: directory });
    if (why === undefined) continue;
    if (Path !== NAG) return skip('compiling', `${Path} ${Version} cannot be fetched: ${why}`);
    console.log(`${Path} ${Version} cannot be fetched: ${why}`);
    const nag = path.join(await generate('go', path.join(directory, 'cdk-nag'), path.join(ROOT, 'node_modules', 'cdk-nag')), 'cdknag');
    run('go', ['mod', 'edit', '-replace', `${NAG}=${nag}`], { cwd: code });
  }

  run('go', ['mod', 'tidy'], { cwd: code });
  await step('compiled', () => run('go', ['build', './...'], { cwd: code }));
  await step('vetted', () => run('go', ['vet', './...'], { cwd: code }));
});
