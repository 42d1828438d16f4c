import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { FileSystem, IgnoreMode, IgnoreStrategy } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { contentHash } from './content-hash';
import { filesUnder } from '../private/files-under';

/** Half of a SHA-256, in hexadecimal: two different sets of scripts never meet. */
const HASH_LENGTH = 32;

/** Local lifecycle scripts as an asset of CDK, and the hash of their content. */
export interface StagedScripts {
  readonly asset: Asset;
  readonly hash: string;
}

/**
 * Local lifecycle scripts.
 */
export interface LocalScripts {
  /** Their paths relative to the package, with forward slashes. */
  readonly files: string[];

  /** Copies them into the cloud assembly. */
  stage(scope: Construct, id: string): StagedScripts;
}

/** The scripts that lie in a directory. */
export class ScriptDirectory implements LocalScripts {
  public readonly files: string[];

  constructor(private readonly path: string, private readonly exclude: string[] = []) {
    this.files = filesUnder(path, this.ignored());
  }

  public stage(scope: Construct, id: string): StagedScripts {
    return stageDirectory(scope, id, this.path, this.exclude, this.ignored());
  }

  private ignored(): IgnoreStrategy {
    return IgnoreStrategy.git(resolve(this.path), this.exclude);
  }
}

/** Scripts that are held in memory. */
export class GeneratedScripts implements LocalScripts {
  public readonly files: string[];

  constructor(private readonly contents: { [path: string]: string | Buffer }) {
    this.files = Object.keys(contents).sort();
  }

  public stage(scope: Construct, id: string): StagedScripts {
    const directory = FileSystem.mkdtemp('hyperpod-lifecycle');
    for (const [path, content] of Object.entries(this.contents)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    const staged = stageDirectory(scope, id, directory, []);
    // Without staging (`cdk --no-staging`) there is no copy: the command line reads the directory itself, later.
    // https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_assets.Asset.html#assetpath
    if (staged.asset.assetPath !== directory) {
      rmSync(directory, { recursive: true, force: true });
    }
    return staged;
  }
}

function stageDirectory(scope: Construct, id: string, path: string, exclude: string[], ignored?: IgnoreStrategy): StagedScripts {
  const hash = contentHash(path, ignored).slice(0, HASH_LENGTH);
  return { hash, asset: new Asset(scope, id, { path, assetHash: hash, exclude, ignoreMode: IgnoreMode.GIT }) };
}
