import { Component, awscdk, github } from 'projen';

/**
 * Runs `.ci/run`, the whole check of a clean checkout, on every version of Node that has to work.
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
      strategy: { failFast: false, matrix: { domain: { node: ['20', '22', '24'] } } },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '${{ matrix.node }}' } },
        { name: 'Check', run: '.ci/run' },
      ],
    });
  }
}
