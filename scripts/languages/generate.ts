import * as path from 'node:path';
import { run, step } from '../check';
import { ROOT, isBuildStale } from '../project';

/**
 * Translates a jsii project into another language, and returns where the sources lie.
 *
 * @param project the library, unless it is one of the packages in node_modules
 */
export async function generate(language: string, directory: string, project: string = ROOT): Promise<string> {
  if (project === ROOT && isBuildStale()) await step('compiled the library with jsii', () => run('npx', ['--no-install', 'projen', 'compile']));
  await step(`generated the ${language} code${project === ROOT ? '' : ` of ${path.basename(project)}`}`, () => run('npx', [
    '--no-install', 'jsii-pacmak', project, '--outdir', directory, '--target', language, '--code-only', '--no-npmignore',
  ]));
  return path.join(directory, language);
}
