import type { Case } from './arbitrary-policies';
import type { NaiveCondition, NaiveDocument, NaivePolicies, NaiveRequest, NaiveStatement, Reading } from './naive-evaluator';
import type { Condition, PolicyDocument, Principals, Statement, Values } from '../../../src/iam/policy/document';
import type { PolicySet } from '../../../src/iam/policy/evaluate';
import type { Instantiation } from '../../template/private/instantiation';

const EVERYTHING: NaiveStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], principals: { AWS: ['*'] }, conditions: [] };

/** One thing that a symbolic case may turn out to be: values for its symbols, and something in place of all that it does not show. */
export class ConcreteCase {
  readonly request: NaiveRequest;
  readonly policies: NaivePolicies;
  readonly reading: Reading;

  constructor({ request, policies }: Case, private readonly values: Instantiation) {
    const { dice } = values;
    // Where a parameter names the bucket, it holds a bucket's name: its place in the resource comes first.
    const resource = values.text(request.resource);
    const context = Object.fromEntries([...request.context].map(([key, list]) => [key, list.map(value => values.text(value))]));
    this.request = {
      roleArn: values.text(request.principal.arn),
      account: values.text(request.principal.account),
      sessionName: dice.oneOf(['i-1', 'i-2']),
      action: request.action,
      resource,
      resourceAccount: values.text(request.resourceAccount),
      context: {
        ...(dice.chance(50) ? { 'aws:sourcevpc': [dice.oneOf(['vpc-1', 'vpc-2'])] } : {}),
        ...(dice.chance(50) ? { 'aws:principaltag/team': [dice.oneOf(['red', 'sagemaker-data'])] } : {}),
        ...(request.context.has('s3:prefix') || dice.chance(50) ? {} : { 's3:prefix': [dice.oneOf(['', 'scripts/', 'other/'])] }),
        ...context,
      },
    };
    this.policies = {
      identity: this.set(policies.identity),
      boundary: policies.boundary && this.set(policies.boundary),
      resource: policies.resource ? this.set(policies.resource) : [],
      endpoints: (policies.endpoints ?? [])
        .filter(({ passed }) => passed === 'yes' || (passed === 'unknown' && dice.chance(50))).map(({ policy }) => this.set(policy)),
      resourcePolicyRequired: policies.resourcePolicyRequired === true,
    };
    this.reading = {
      wildcardsSpanSegments: dice.chance(50),
      shortPatternsMatch: dice.chance(50),
      roleAloneIsExcepted: dice.chance(50),
      everyoneEscapesBoundary: dice.chance(50),
    };
  }

  /** What is not seen may allow, and does not deny. */
  private set({ documents, alternatives = [], unseen }: PolicySet): NaiveDocument[] {
    const appearing = unseen.filter(() => this.values.dice.chance(50)).map(() => ({ statements: [EVERYTHING], hasVariables: true }));
    const chosen = alternatives.map(some => this.values.dice.oneOf(some));
    return [...[...documents, ...chosen].map(document => this.document(document)), ...appearing];
  }

  private document({ statements, hidden, hasVariables: known }: PolicyDocument): NaiveDocument {
    const effect = this.values.dice.oneOf(['Allow', 'Deny'] as const);
    const appearing = hidden !== undefined && this.values.dice.chance(60) ? [{ ...EVERYTHING, effect }] : [];
    const hasVariables = known === 'unknown' ? this.values.dice.chance(50) : known;
    return { statements: [...statements.map(statement => this.statement(statement)), ...appearing], hasVariables };
  }

  private statement(statement: Statement): NaiveStatement {
    return {
      effect: statement.effect,
      actions: this.list(statement.actions, '*'),
      notActions: this.list(statement.notActions, '*'),
      resources: this.list(statement.resources, '*'),
      notResources: this.list(statement.notResources, '*'),
      principals: this.principals(statement.principals),
      notPrincipals: this.principals(statement.notPrincipals),
      conditions: statement.conditions.map(condition => this.condition(condition)),
    };
  }

  private principals(principals?: Principals): Record<string, string[]> | undefined {
    return principals && Object.fromEntries([...principals].map(([type, values]) => [type, this.list(values, '*')!]));
  }

  private condition({ operator, key, values }: Condition): NaiveCondition {
    const isDrawn = /IpAddress|Numeric/.test(operator);
    return {
      operator,
      key,
      values: this.list(values, this.values.dice.oneOf(['*', 'true', 'false'])) ?? [],
      drawn: isDrawn ? this.values.dice.chance(50) : undefined,
    };
  }

  /** What an incomplete list holds beyond what it shows may match everything, or nothing. */
  private list(values: Values | undefined, everything: string): string[] | undefined {
    if (!values) { return undefined; }
    const more = values.complete ? [] : [this.values.dice.oneOf([everything, 'nothing'])];
    return [...values.values.map(value => this.values.text(value)), ...more];
  }
}
