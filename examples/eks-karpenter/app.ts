import { App } from 'aws-cdk-lib';
import { PlatformStack } from './platform-stack';
import { TrainingStack } from './training-stack';

const app = new App();
const { vpc, eksCluster } = new PlatformStack(app, 'EksKarpenterPlatform');
new TrainingStack(app, 'EksKarpenter', { vpc, eksCluster });
