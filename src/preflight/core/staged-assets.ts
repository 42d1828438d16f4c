import { readFileSync, statSync } from 'fs';
import { join, resolve } from 'path';
import { Stack, Stage } from 'aws-cdk-lib';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { IConstruct } from 'constructs';
import { filesUnder } from '../../private/files-under';
import { remembered } from '../../template/remembered';
import { sameValue } from '../../template/symbolic/same-value';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';
import type { Template } from '../../template/template';
import { resolveReferencing } from '../../template/token-resolver';

/** A file of an asset, read when someone asks. */
export class StagedFile {
  readonly size: number;
  private contents?: Buffer;

  constructor(private readonly location: string) {
    this.size = statSync(location).size;
  }

  get bytes(): Buffer {
    this.contents ??= readFileSync(this.location);
    return this.contents;
  }
}

/** The files of an asset, by relative path. */
export type StagedFiles = ReadonlyMap<string, StagedFile>;

/** Templates are snapshots of one moment, in which every asset is read once. */
const READ = new WeakMap<Template, Map<Asset, StagedFiles | undefined>>();

/**
 * The files of the directory that CDK has staged as an asset under an object key.
 *
 * @returns undefined if the app has no such asset, or its files cannot be told: it is an archive, or is bundled at deployment only
 */
export function stagedFiles(objectKey: SymbolicString, symbolizer: Symbolizer): StagedFiles | undefined {
  const { template } = symbolizer;
  const asset = symbolizer.remember(symbolizer.template, 'assets', () => template.constructs.filter(isAsset)
    .map(one => ({ one, key: symbolizer.string(resolveReferencing(one, one.s3ObjectKey), Stack.of(one)) })))
    .find(({ key }) => sameValue(key, objectKey))?.one;
  if (!asset) { return undefined; }
  return remembered(remembered(READ, template, () => new Map<Asset, StagedFiles | undefined>()), asset, () => filesOf(asset));
}

/** An `s3_assets.Asset`, of whatever copy of the library. */
function isAsset(construct: IConstruct): construct is Asset {
  const { assetPath, s3ObjectKey } = construct as Partial<Asset>;
  return typeof assetPath === 'string' && typeof s3ObjectKey === 'string';
}

/** CDK copies a directory as it is, and packs it at deployment (https://docs.aws.amazon.com/cdk/v2/guide/assets.html). */
function filesOf(asset: Asset): StagedFiles | undefined {
  // Without bundling, as for a stack that the command line was not asked for, the source stands in for what is made of it.
  // eslint-disable-next-line dot-notation -- private, and nothing public tells
  if (asset.isFile || (asset['isBundled'] && !Stack.of(asset).bundlingRequired)) { return undefined; }
  const directory = resolve(Stage.of(asset)!.outdir, asset.assetPath);
  return new Map(filesUnder(directory).map(path => [path, new StagedFile(join(directory, path))]));
}
