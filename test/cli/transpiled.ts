import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..', '..');

/**
 * The sources and the test app as JavaScript, made once for all runs of the command line.
 *
 * Lies in the project, so that the packages of the project are found from there.
 */
export class TranspiledApp {
  private readonly directory = join(ROOT, 'node_modules', '.cache', `cli-test-${process.pid}`);

  constructor() {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
    for (const file of [...sources.map(source => join('src', source)), join('test', 'cli', 'app.ts')]) { this.transpile(file); }
    writeFileSync(join(this.directory, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  }

  get entry(): string {
    return join(this.directory, 'test', 'cli', 'app.js');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private transpile(file: string): void {
    const target = join(this.directory, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = transpileModule(readFileSync(join(ROOT, file), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, experimentalDecorators: true, esModuleInterop: true },
    });
    writeFileSync(target, outputText);
  }
}
