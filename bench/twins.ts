import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, type AppProps, CfnResource, Stack, Stage } from 'aws-cdk-lib';
// All of these load when they are first used, so that each app loads what it needs.
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { HyperPodCluster, HyperPodInstanceType, SlurmNode } from 'cdk-hyperpod';

/*
 * One app with a `HyperPodCluster`, and the same template written by hand: each resource an L1, each directory that is uploaded an asset.
 *
 * usage, for the time of a whole process: twins.js library | by-hand <description>
 */

/** What it takes to write the template by hand. */
interface Description {
  readonly resources: Record<string, { Type: string; Properties?: object; DependsOn?: string[] }>;
  readonly directories: readonly string[];
}

export function withHyperPodClusters(count: number, props: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Training');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-11111111', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-11111111'], privateSubnetRouteTableIds: ['rtb-11111111'],
  });
  for (let index = 0; index < count; index++) {
    new HyperPodCluster(stack, `Training${index}`, {
      vpc,
      instanceGroups: [
        { instanceGroupName: 'controller', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, slurmNode: SlurmNode.controller() },
        { instanceGroupName: 'workers', instanceType: HyperPodInstanceType.G5_8XLARGE, instanceCount: 2, slurmNode: SlurmNode.compute('gpu') },
      ],
    });
  }
  return app;
}

export function byHand({ resources, directories }: Description, props: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Training');
  directories.forEach((directory, index) => new Asset(stack, `Asset${index}`, { path: directory }));
  for (const [logicalId, { Type: type, Properties: properties, DependsOn: dependsOn }] of Object.entries(resources)) {
    const resource = new CfnResource(stack, logicalId, { type, properties });
    if (dependsOn) { resource.addOverride('DependsOn', dependsOn); }
  }
  return app;
}

/** Reads off the first app what the second one needs. */
export function describe(app: App): Description {
  const { templateFullPath } = app.synth().stacks[0];
  const directories = app.node.findAll().flatMap(construct => {
    const { assetPath } = construct as { assetPath?: string };
    return assetPath === undefined ? [] : [path.resolve(Stage.of(construct)!.outdir, assetPath)];
  });
  return { resources: JSON.parse(readFileSync(templateFullPath, 'utf8')).Resources, directories };
}

export function writeDescription(description: Description, file: string): void {
  writeFileSync(file, JSON.stringify(description));
}

if (require.main === module) {
  const [twin, file] = process.argv.slice(2);
  (twin === 'library' ? withHyperPodClusters(1, {}) : byHand(JSON.parse(readFileSync(file, 'utf8')), {})).synth();
}
