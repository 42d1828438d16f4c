/**
 * `npm run test:dotnet`: generates the .NET code, and compiles it.
 */
import * as path from 'node:path';
import { generate } from './generate';
import { has, main, refusal, run, step } from '../check';
import { TARGETS } from '../project';

main('dotnet', async (directory, skip) => {
  const code = path.join(await generate('dotnet', directory), TARGETS.dotnet.packageId);
  if (!has('dotnet', '--version')) return skip('compiling', 'there is no dotnet');

  const why = refusal('dotnet', ['restore'], { cwd: code });
  if (why !== undefined) return skip('compiling', `its packages cannot be fetched: ${why}`);
  await step('compiled', () => run('dotnet', ['build', '--no-restore', '--configuration', 'Release'], { cwd: code }));
});
