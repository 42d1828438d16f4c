import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { awsBaseConfiguration } from './private/aws-base-configuration';
import { copyOfExample, SynthesizedExample, synthesizeExample, WITHOUT_VALIDATION } from './private/example';
import { bootNode } from './private/node';
import { Transpiled } from '../private/transpiled';

// The CDK CLI, for real.
jest.setTimeout(300_000);

let library: Transpiled;
beforeAll(() => {
  library = new Transpiled();
});
afterAll(() => library.remove());

/** The files under a directory, by path. */
function filesIn(directory: string): Record<string, Buffer> {
  return Object.fromEntries(readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(directory, path)).isFile()).sort().map(path => [path, readFileSync(join(directory, path))]));
}

function idOf({ template }: SynthesizedExample, type: string): string {
  return Object.entries<any>(template.Resources).find(([, { Type }]) => Type === type)![0];
}

describe('a Slurm cluster with a directory of scripts', () => {
  let example: SynthesizedExample;
  let changed: SynthesizedExample;
  beforeAll(() => {
    const directory = copyOfExample('quickstart');
    example = synthesizeExample(directory, 'Quickstart', library);

    const copy = copyOfExample('quickstart');
    appendFileSync(join(copy, 'lifecycle', 'on_init_complete.sh'), '\n');
    changed = synthesizeExample(copy, 'Quickstart', library, WITHOUT_VALIDATION);
  });

  test.each(['controller', 'workers'])('a node of %s copies what its role may read, and its script runs', group => {
    const node = bootNode(example, group, {});

    expect([...node.copied.keys()]).toEqual(['on_init_complete.sh']);
    expect(node).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^on_init_complete: .* is up\n$/) });
  });

  test('a role without its policies copies nothing, and the node fails', () => {
    const resources = Object.fromEntries(Object.entries<any>(example.template.Resources).filter(([, { Type }]) => Type !== 'AWS::IAM::Policy'));
    const waiting = JSON.parse(JSON.stringify(resources), (key, value) => key === 'DependsOn' ? undefined : value);
    const node = bootNode({ ...example, template: { ...example.template, Resources: waiting } }, 'workers', {});

    expect([...node.copied.keys()]).toEqual([]);
    expect(node.exitCode).not.toBe(0);
  });

  test('the asset is the directory, byte for byte', () => {
    const [key] = uploadOf(example).SourceObjectKeys;

    expect(filesIn(join(example.assembly, `asset.${key.replace('.zip', '')}`))).toEqual(filesIn(join(example.directory, 'lifecycle')));
  });

  test('one byte more in one script changes the prefix and the asset, and nothing else in the template', () => {
    const [before, after] = [example, changed].map(uploadOf)
      .map(({ DestinationBucketKeyPrefix: prefix, SourceObjectKeys: [key] }) => ({ prefix, key }));
    expect(after.prefix).not.toBe(before.prefix);
    expect(after.key).not.toBe(before.key);
    expect(after.prefix.split('/')[0]).toBe(before.prefix.split('/')[0]);

    const asBefore = JSON.stringify(changed.template).replaceAll(after.prefix, before.prefix).replaceAll(after.key, before.key);
    expect(JSON.parse(asBefore)).toEqual(example.template);
  });

  test('one byte more in one script changes one asset, and nothing else in what is uploaded', () => {
    const archives = ({ assets }: SynthesizedExample) =>
      Object.entries<any>(assets.files).filter(([, { source }]) => source.packaging === 'zip').map(([hash]) => hash);

    expect(archives(changed).filter(hash => !archives(example).includes(hash))).toHaveLength(1);
    expect(archives(changed)).toHaveLength(archives(example).length);
  });

  test('nodes run the new script after an update, and the old one after a rollback: both are under what the role may read', () => {
    const old = uploadOf(example);
    const both = JSON.parse(JSON.stringify(changed.template));
    both.Resources.OldUpload = { Type: 'Custom::CDKBucketDeployment', Properties: { ...old, ServiceToken: 'x' } };
    for (const group of both.Resources[idOf(changed, 'AWS::SageMaker::Cluster')].Properties.InstanceGroups) {
      group.LifeCycleConfig.SourceS3Uri['Fn::Join'][1][2] = `/${old.DestinationBucketKeyPrefix}`;
    }
    // The bucket still has the old asset's files.
    const node = bootNode({ ...changed, assembly: example.assembly, template: withoutNewUpload(both) }, 'workers', {});

    expect(node.exitCode).toBe(0);
  });

  function withoutNewUpload(template: any): any {
    const Resources = Object.fromEntries(Object.entries<any>(template.Resources).map(([id, resource]) =>
      [id, Array.isArray(resource.DependsOn) ? { ...resource, DependsOn: undefined } : resource])
      .filter(([id, { Type }]: any) => id === 'OldUpload' || Type !== 'Custom::CDKBucketDeployment'));
    return { ...template, Resources };
  }

  function uploadOf({ template }: SynthesizedExample): any {
    return Object.values<any>(template.Resources).find(({ Type }) => Type === 'Custom::CDKBucketDeployment').Properties;
  }
});

test('the nodes of a Slurm cluster that its scripts set up read generated parameters as AWS\'s base configuration does', () => {
  const example = synthesizeExample(copyOfExample('slurm-scripts'), 'SlurmScripts', library);
  const fileSystem = idOf(example, 'AWS::FSx::FileSystem');
  const node = bootNode(example, 'workers', {
    [fileSystem]: 'fs-0123456789abcdef0', [`${fileSystem}.LustreMountName`]: 'abcdefgh', 'AWS::Region': 'eu-west-1', 'AWS::URLSuffix': 'amazonaws.com',
  });

  expect([...node.copied.keys()].sort()).toEqual(['lib/log.sh', 'on_create.sh', 'provisioning_parameters.json']);
  expect(node.exitCode).toBe(0);
  const [, ...printed] = node.output.split('\n');
  expect(awsBaseConfiguration(printed.join('\n'))).toEqual({
    version: '1.0.0',
    workloadManager: 'slurm',
    controllerGroup: 'controller',
    loginGroup: 'login',
    partitions: { gpu: ['workers'] },
    lustre: { dnsName: 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com', mountName: 'abcdefgh' },
    openZfs: undefined,
    slurmConfigurations: {},
  });
});

test('a node of an EKS cluster without scripts runs one that does nothing', () => {
  const example = synthesizeExample(copyOfExample('eks-minimal'), 'EksMinimal', library);
  const node = bootNode(example, 'workers', {});

  expect([...node.copied.keys()]).toEqual(['noop.sh']);
  expect(node).toMatchObject({ exitCode: 0, output: '' });
});

test('a script with Windows line ends never gets so far: cdk synth stops', () => {
  const directory = copyOfExample('quickstart');
  const script = join(directory, 'lifecycle', 'on_init_complete.sh');
  writeFileSync(script, readFileSync(script, 'utf8').replaceAll('\n', '\r\n'));

  expect(() => synthesizeExample(directory, 'Quickstart', library, WITHOUT_VALIDATION)).toThrow(/on_init_complete\.sh:1: \d+ of \d+ lines end in CR LF/);
});
