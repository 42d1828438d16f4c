import { Component, awscdk, github } from 'projen';
import { NODE_VERSIONS } from './compatibility';

/**
 * Runs `.ci/run`, the whole check of a clean checkout, on every version of Node that has to work, and the unit tests next to the newest peers.
 */
export class CiWorkflow extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const workflow = project.github!.addWorkflow('ci');
    workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
    workflow.addJob('ci', {
      name: 'Node ${{ matrix.node }}',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      strategy: { failFast: false, matrix: { domain: { node: NODE_VERSIONS } } },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '${{ matrix.node }}' } },
        { name: 'Check', run: '.ci/run' },
      ],
    });

    // A new version of a peer can break the library while nothing in it changes.
    workflow.on({ schedule: [{ cron: '0 6 * * 1' }] });
    workflow.addJob('latest', {
      name: 'Newest peers',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': NODE_VERSIONS.at(-1) } },
        { name: 'Install', run: 'npm ci' },
        { name: 'Test', run: 'npm run test:latest' },
      ],
    });
  }
}
