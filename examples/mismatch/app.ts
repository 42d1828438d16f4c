import { App } from 'aws-cdk-lib';
import { MismatchStack } from './mismatch-stack';

const app = new App();
new MismatchStack(app, 'Mismatch');
