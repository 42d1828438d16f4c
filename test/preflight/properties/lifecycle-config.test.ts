import { CfnParameter, Fn } from 'aws-cdk-lib';
import { customImageLifecycle } from '../../../src/preflight/properties/custom-image-lifecycle';
import { eksLifecycleConfig } from '../../../src/preflight/properties/eks-lifecycle-config';
import { lifecycleConfig } from '../../../src/preflight/properties/lifecycle-config';
import { eks, group, LIFE_CYCLE_CONFIG, slurm } from '../private/cluster-properties';
import { conditions } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const { sourceS3Uri, onCreate } = LIFE_CYCLE_CONFIG;
const IMAGE = 'ami-0123456789abcdef0';
const CONFIG = ['InstanceGroups.0.LifeCycleConfig'];
const ON_CREATE = ['InstanceGroups.0.LifeCycleConfig.OnCreate'];

testRule(lifecycleConfig, {
  silent: [
    ['OnCreate on Slurm', slurm()],
    ['OnInitComplete on Slurm', slurm({ lifeCycleConfig: { sourceS3Uri, onInitComplete: 'extend.sh' } })],
    ['nothing on Slurm', slurm({ lifeCycleConfig: undefined })],
    ['OnCreate on EKS', eks()],
    ['an empty configuration on EKS, which another rule is about', eks({ lifeCycleConfig: {} })],
    ['a source without a script on EKS, which another rule is about', eks({ lifeCycleConfig: { sourceS3Uri } })],
  ],
  finds: [
    [
      'OnCreate and OnInitComplete', slurm({ lifeCycleConfig: { sourceS3Uri, onCreate, onInitComplete: 'extend.sh' } }), 'error', ['workers'],
      'instance group "workers" has both OnCreate and OnInitComplete', CONFIG,
    ],
    ['a script without a source', slurm({ lifeCycleConfig: { onCreate } }), 'error', ['workers'], 'names a script, but no SourceS3Uri', CONFIG],
    ['a source without a script', slurm({ lifeCycleConfig: { sourceS3Uri } }), 'error', ['workers'], 'has a SourceS3Uri, but no script', CONFIG],
    ['an empty configuration', slurm({ lifeCycleConfig: {} }), 'error', ['workers'], 'has no properties', CONFIG],
  ],
  tokens: [
    ['a script and a source that only the deployment knows', stack => slurm({
      lifeCycleConfig: { onCreate: new CfnParameter(stack, 'Script').valueAsString, sourceS3Uri: new CfnParameter(stack, 'Source').valueAsString },
    })],
    ['a second script that only the deployment knows', stack => slurm({
      lifeCycleConfig: { ...LIFE_CYCLE_CONFIG, onInitComplete: new CfnParameter(stack, 'Script').valueAsString },
    }), 'error', ['workers'], 'has both OnCreate and OnInitComplete', CONFIG],
  ],
});

testRule(eksLifecycleConfig, {
  silent: [
    ['OnCreate on EKS', eks()],
    ['nothing on Slurm', slurm({ lifeCycleConfig: undefined })],
  ],
  finds: [
    ['nothing on EKS', eks({ lifeCycleConfig: undefined }), 'error', ['workers'], 'has no OnCreate script, which EKS clusters need', ON_CREATE],
    ['an empty configuration on EKS', eks({ lifeCycleConfig: {} }), 'error', ['workers'], 'has no OnCreate script', ON_CREATE],
    ['a source without a script on EKS', eks({ lifeCycleConfig: { sourceS3Uri } }), 'error', ['workers'], 'has no OnCreate script', ON_CREATE],
    [
      'OnInitComplete on EKS', eks({ lifeCycleConfig: { sourceS3Uri, onInitComplete: 'extend.sh' } }), 'error', ['workers'],
      'has an OnInitComplete script, which EKS clusters do not support', ON_CREATE,
    ],
  ],
  tokens: [
    ['a script that only the deployment knows', stack => eks({ lifeCycleConfig: { sourceS3Uri, onCreate: new CfnParameter(stack, 'Script').valueAsString } })],
    ['a configuration that is left out in every way', stack => {
      const [condition] = conditions(stack, 1);
      return eks({ lifeCycleConfig: Fn.conditionIf(condition, Fn.ref('AWS::NoValue'), Fn.ref('AWS::NoValue')) });
    }, 'error', ['workers'], 'has no OnCreate script', ON_CREATE],
    ['a configuration that is left out in one of two', stack => {
      const [condition] = conditions(stack, 1);
      return eks({ lifeCycleConfig: Fn.conditionIf(condition, { SourceS3Uri: sourceS3Uri, OnCreate: onCreate }, Fn.ref('AWS::NoValue')) });
    }, 'warning', ['workers'], ['has no OnCreate script', 'This is so when P0 is not yes.'], ON_CREATE],
  ],
});

testRule(customImageLifecycle, {
  silent: [
    ['a custom image with scripts', slurm({ imageId: IMAGE })],
    // CDK's own validation takes `default` for a mistake.
    ['the default image without scripts', slurm({ imageId: 'default', lifeCycleConfig: undefined }), { withoutValidation: true }],
  ],
  finds: [[
    'a custom image without scripts', slurm({ imageId: IMAGE, lifeCycleConfig: undefined }), 'warning', ['workers'],
    `it is not known whether its image ${IMAGE} can set up nodes without`, ['InstanceGroups.0.ImageId', ...CONFIG],
  ]],
  tokens: [
    ['an image that only the deployment knows', stack => slurm({ imageId: new CfnParameter(stack, 'Image').valueAsString, lifeCycleConfig: undefined })],
    ['an image under one of nine conditions', stack => {
      const images = conditions(stack, 9).map(condition => Fn.conditionIf(condition, IMAGE, Fn.ref('AWS::NoValue')).toString());
      return { instanceGroups: images.map((imageId, index) => group(`a${index}`, { imageId, ...index === 5 ? { lifeCycleConfig: undefined } : {} })) };
    }, 'warning', ['a5'], 'This is so when P5 is yes.', ['InstanceGroups.5.ImageId', 'InstanceGroups.5.LifeCycleConfig']],
  ],
});
