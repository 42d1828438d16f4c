import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..', '..');

/**
 * The sources and some files of the tests as JavaScript, made once for all processes that a test starts.
 *
 * Lies in the project, so that the packages of the project are found from there.
 */
export class Transpiled {
  private readonly directory: string;

  constructor(...files: string[]) {
    const cache = join(ROOT, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    this.directory = mkdtempSync(join(cache, 'transpiled-'));
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
    for (const file of [...sources.map(source => join('src', source)), ...files]) { this.transpile(file); }
    writeFileSync(join(this.directory, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  }

  /** The JavaScript of a file. */
  path(file: string): string {
    return join(this.directory, file.replace(/\.ts$/, '.js'));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private transpile(file: string): void {
    const target = this.path(file);
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = transpileModule(readFileSync(join(ROOT, file), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, experimentalDecorators: true, esModuleInterop: true },
    });
    writeFileSync(target, outputText);
  }
}
