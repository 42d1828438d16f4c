import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { clusterProperties } from './fixtures';
import { FULL_CLUSTERS } from './full-clusters';
import { clusterPropertyPaths, renderedPaths } from './property-paths';
import { testApp } from '../private/app';

/** What the typed properties leave out, and why. */
const LEFT_OUT = new Map([
  ['instancegroups.currentcount', 'read-only'],
  ['restrictedinstancegroups.currentcount', 'read-only'],
  ['instancegroups.autopatchconfig.patchschedule', 'has nothing but NextPatchDate'],
  ['instancegroups.autopatchconfig.patchschedule.nextpatchdate', 'read-only'],
  // https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
  ['restrictedinstancegroups.instancestorageconfigs.ebsvolumeconfig.volumekmskeyid', 'refused by HyperPod on restricted groups'],
  ['restrictedinstancegroups.instancestorageconfigs.ebsvolumeconfig.rootvolume', 'needs a key, which is refused'],
]);

/** It has a strategy, but no group has a SlurmConfig. */
const FINDINGS: Record<string, string[]> = {
  'Slurm, with a strategy': ['HyperPod-SlurmController'],
};

function stackWith(define: (stack: Stack) => unknown): Stack {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  define(stack);
  return stack;
}

describe('every property of AWS::SageMaker::Cluster', () => {
  const all = clusterPropertyPaths();
  const rendered = new Set(FULL_CLUSTERS.flatMap(([, define]) => renderedPaths(clusterProperties(stackWith(define)))));

  test('is rendered by one of the full clusters, unless it is left out for a reason', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(path => !rendered.has(path) && !LEFT_OUT.has(path))).toEqual([]);
  });

  test('is left out only if it exists, and is not rendered', () => {
    expect([...LEFT_OUT.keys()].filter(path => !all.includes(path) || rendered.has(path))).toEqual([]);
  });
});

test.each(FULL_CLUSTERS)('the preflight check finds nothing that the documents do not leave open on the full cluster: %s', (name, define) => {
  const annotations = Annotations.fromStack(stackWith(define));

  const findings = [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())].map(({ entry }) => entry.data);
  expect(findings).toEqual((FINDINGS[name] ?? []).map(id => expect.stringContaining(`[ack: Annotation::${id}]`)));
});
