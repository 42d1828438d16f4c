import { Component, cdk } from 'projen';
import { tsNode } from './ts-node';

/**
 * RULES.md, which is written from the rules whenever API.md is.
 */
export class RulesPage extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    project.tasks.tryFind('docgen')!.exec(tsNode('scripts/rules-page.ts'));
    project.annotateGenerated('/RULES.md');
  }
}
