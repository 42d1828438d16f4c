import { App } from 'aws-cdk-lib';
import { CustomizationStack } from './customization-stack';

const app = new App();
new CustomizationStack(app, 'RestrictedGroups');
