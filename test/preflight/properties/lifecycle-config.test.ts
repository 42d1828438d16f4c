import { Case, eks, expectFindings, LIFE_CYCLE_CONFIG, propertyFindings, slurm } from '../private/cluster-properties';

const { sourceS3Uri, onCreate } = LIFE_CYCLE_CONFIG;
const IMAGE = 'ami-0123456789abcdef0';

test.each<Case>([
  ['OnCreate on Slurm', slurm(), []],
  ['OnInitComplete on Slurm', slurm({ lifeCycleConfig: { sourceS3Uri, onInitComplete: 'extend.sh' } }), []],
  ['nothing on Slurm', slurm({ lifeCycleConfig: undefined }), []],
  [
    'OnCreate and OnInitComplete', slurm({ lifeCycleConfig: { sourceS3Uri, onCreate, onInitComplete: 'extend.sh' } }),
    ['error LifecycleConfig[workers]'], ['instance group "workers" has both OnCreate and OnInitComplete'],
  ],
  ['a script without a source', slurm({ lifeCycleConfig: { onCreate } }), ['error LifecycleConfig[workers]'], ['names a script, but no SourceS3Uri']],
  ['a source without a script', slurm({ lifeCycleConfig: { sourceS3Uri } }), ['error LifecycleConfig[workers]'], ['has a SourceS3Uri, but no script']],
  ['an empty configuration', slurm({ lifeCycleConfig: {} }), ['error LifecycleConfig[workers]'], ['has no properties']],
  ['OnCreate on EKS', eks(), []],
  ['nothing on EKS', eks({ lifeCycleConfig: undefined }), ['error EksLifecycleConfig[workers]'], ['has no OnCreate script, which EKS clusters need']],
  ['an empty configuration on EKS, once', eks({ lifeCycleConfig: {} }), ['error EksLifecycleConfig[workers]'], ['has no OnCreate script']],
  ['a source without a script on EKS, once', eks({ lifeCycleConfig: { sourceS3Uri } }), ['error EksLifecycleConfig[workers]']],
  [
    'OnInitComplete on EKS', eks({ lifeCycleConfig: { sourceS3Uri, onInitComplete: 'extend.sh' } }),
    ['error EksLifecycleConfig[workers]'], ['has an OnInitComplete script, which EKS clusters do not support'],
  ],
  ['a custom image with scripts', slurm({ imageId: IMAGE }), []],
  // CDK's own validation takes `default` for a mistake.
  ['the default image without scripts', slurm({ imageId: 'default', lifeCycleConfig: undefined }), [], [], { withoutValidation: true }],
  [
    'a custom image without scripts', slurm({ imageId: IMAGE, lifeCycleConfig: undefined }),
    ['warning CustomImageLifecycle[workers]'], [`it is not known whether its image ${IMAGE} can set up nodes without`],
  ],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding tells where the script is missing', () => {
  expect(propertyFindings(eks({ lifeCycleConfig: undefined }))[0].locations).toEqual(['Properties.InstanceGroups.0.LifeCycleConfig.OnCreate']);
});
