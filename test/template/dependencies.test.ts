import { App, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct, DependencyGroup } from 'constructs';
import { dependsOn } from '../../src/template/precedents';
import { Template } from '../../src/template/template';

const newStack = (app: App, id: string) => new Stack(app, id, { env: { account: '111111111111', region: 'eu-west-1' } });

function resource(scope: Construct, id: string, properties: object = {}): CfnResource {
  return new CfnResource(scope, id, { type: `Test::Test::${id}`, properties });
}

/** Both directions: an order is one only if the other is none. */
function expectOrder(from: CfnResource, to: CfnResource, waits: boolean): void {
  const template = Template.of(from);
  expect({ waits: dependsOn(from, to, template), isWaitedFor: dependsOn(to, from, template) }).toEqual({ waits, isWaitedFor: false });
}

describe('in one stack', () => {
  test.each<[string, (stack: Stack, to: CfnResource) => CfnResource, boolean]>([
    ['nothing', stack => resource(stack, 'From'), false],
    ['Ref', (stack, to) => resource(stack, 'From', { P: to.ref }), true],
    ['Fn::GetAtt', (stack, to) => resource(stack, 'From', { P: [{ Q: `x-${to.getAtt('Arn')}` }] }), true],
    ['a Ref by hand', stack => resource(stack, 'From', { P: { Ref: 'To' } }), true],
    ['a Fn::GetAtt by hand', stack => resource(stack, 'From', { P: { 'Fn::GetAtt': ['To', 'Arn'] } }), true],
    ['a Fn::GetAtt as a string', stack => resource(stack, 'From', { P: { 'Fn::GetAtt': 'To.Arn' } }), true],
    ['Fn::Sub', stack => resource(stack, 'From', { P: { 'Fn::Sub': 'x-${To}' } }), true],
    ['Fn::Sub of a name that begins with another\'s', stack => resource(stack, 'From', { P: { 'Fn::Sub': 'x-${Together}' } }), false],
    ['Fn::Sub of an attribute', stack => resource(stack, 'From', { P: { 'Fn::Sub': 'x-${To.Arn}' } }), true],
    ['Fn::Sub with variables', stack => resource(stack, 'From', { P: { 'Fn::Sub': ['x-${To.Arn}-${X}', { X: 'y' }] } }), true],
    ['a variable of Fn::Sub', stack => resource(stack, 'From', { P: { 'Fn::Sub': ['x-${X}', { X: { Ref: 'To' } }] } }), true],
    ['Fn::Sub of a long name', stack => {
      resource(stack, 'Between', { P: { Ref: 'To' } });
      return resource(stack, 'From', { P: { 'Fn::Sub': '${Between}/x' } });
    }, true],
    ['text that looks like a reference', stack => resource(stack, 'From', { P: '${To}' }), false],
    ['${!Literal}', stack => resource(stack, 'From', { P: { 'Fn::Sub': 'x-${!To}' } }), false],
    ['a branch of Fn::If', stack => {
      new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
      return resource(stack, 'From', { P: { 'Fn::If': ['Condition', { Ref: 'To' }, 'x'] } });
    }, true],
    ['DependsOn', (stack, to) => {
      const from = resource(stack, 'From');
      from.addResourceDependency(to);
      return from;
    }, true],
    ['DependsOn by hand', stack => {
      const from = resource(stack, 'From');
      from.addOverride('DependsOn', ['To']);
      return from;
    }, true],
    ['DependsOn as text', stack => {
      const from = resource(stack, 'From');
      from.addOverride('DependsOn', 'To');
      return from;
    }, true],
    ['a dependency between constructs', (stack, to) => {
      const from = resource(stack, 'From');
      from.node.addDependency(to);
      return from;
    }, true],
    ['a dependency of a scope around it', (stack, to) => {
      const scope = new Construct(stack, 'Scope');
      scope.node.addDependency(to);
      return resource(scope, 'From');
    }, true],
    ['a dependency on a group', (stack, to) => {
      const from = resource(stack, 'From');
      from.node.addDependency(new DependencyGroup(to));
      return from;
    }, true],
    ['another resource between them', (stack, to) => {
      const between = resource(stack, 'Between', { P: to.ref });
      return resource(stack, 'From', { P: between.ref });
    }, true],
    ['a common dependency', (stack, to) => {
      const common = resource(stack, 'Common');
      to.addResourceDependency(common);
      return resource(stack, 'From', { P: common.ref });
    }, false],
    ['a parameter', stack => resource(stack, 'From', { P: new CfnParameter(stack, 'P').valueAsString }), false],
  ])('%s', (_, make, waits) => {
    const stack = newStack(new App(), 'Stack');
    const to = resource(stack, 'To');
    expectOrder(make(stack, to), to, waits);
  });

  test('a dependency on a scope is one on what it holds', () => {
    const stack = newStack(new App(), 'Stack');
    const scope = new Construct(stack, 'Scope');
    const [to, from] = [resource(scope, 'To'), resource(stack, 'From')];
    from.node.addDependency(scope);
    expectOrder(from, to, true);
  });

  test('a circle ends', () => {
    const stack = newStack(new App(), 'Stack');
    const one = resource(stack, 'One', { P: { Ref: 'Other' } });
    resource(stack, 'Other', { P: { Ref: 'One' } });
    expect(dependsOn(one, resource(stack, 'To'), Template.of(stack))).toBe(false);
  });
});

describe('across stacks', () => {
  test.each<[string, (from: Stack, to: CfnResource) => CfnResource, boolean]>([
    ['nothing', from => resource(from, 'From'), false],
    ['a reference', (from, to) => resource(from, 'From', { P: to.ref }), true],
    ['a reference to something beside it', (from, to) => resource(from, 'From', { P: resource(to.stack, 'Beside').ref }), true],
    ['a dependency between the stacks', (from, to) => {
      from.addStackDependency(to.stack);
      return resource(from, 'From');
    }, true],
    ['a stack between them', (from, to) => {
      const between = newStack(from.node.root as App, 'Between');
      between.addStackDependency(to.stack);
      from.addStackDependency(between);
      return resource(from, 'From');
    }, true],
    ['a dependency between the constructs', (from, to) => {
      const made = resource(from, 'From');
      made.node.addDependency(to);
      return made;
    }, true],
    ['the same logical id by hand', from => resource(from, 'From', { P: { Ref: 'To' } }), false],
  ])('%s', (_, make, waits) => {
    const app = new App();
    const to = resource(newStack(app, 'ToStack'), 'To');
    expectOrder(make(newStack(app, 'FromStack'), to), to, waits);
  });
});

describe('nested stacks', () => {
  test('a resource in one is referred to from its parent', () => {
    const parent = newStack(new App(), 'Parent');
    const to = resource(new NestedStack(parent, 'Nested'), 'To');
    expectOrder(resource(parent, 'From', { P: to.ref }), to, true);
  });

  test('and everything beside it is complete, too', () => {
    const parent = newStack(new App(), 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    const [to, beside] = [resource(nested, 'To'), resource(nested, 'Beside')];
    expectOrder(resource(parent, 'From', { P: beside.ref }), to, true);
  });

  test('a resource of the parent is referred to from within', () => {
    const parent = newStack(new App(), 'Parent');
    const to = resource(parent, 'To');
    expectOrder(resource(new NestedStack(parent, 'Nested'), 'From', { P: to.ref }), to, true);
  });

  test('and everything beside the reference waits, too', () => {
    const parent = newStack(new App(), 'Parent');
    const to = resource(parent, 'To');
    const nested = new NestedStack(parent, 'Nested', { parameters: { P: to.ref } });
    expectOrder(resource(nested, 'From'), to, true);
  });

  test('one beside another', () => {
    const parent = newStack(new App(), 'Parent');
    const to = resource(new NestedStack(parent, 'One'), 'To');
    expectOrder(resource(new NestedStack(parent, 'Other'), 'From', { P: to.ref }), to, true);
  });

  test('to wait for one is not to wait for another', () => {
    const parent = newStack(new App(), 'Parent');
    const [one, other] = ['One', 'Other'].map(id => new NestedStack(parent, id));
    const [to, beside] = [resource(one, 'To'), resource(other, 'Beside')];
    const from = resource(parent, 'From', { P: beside.ref });
    expectOrder(from, to, false);
    expectOrder(from, beside, true);
  });

  test('one within another', () => {
    const parent = newStack(new App(), 'Parent');
    const outer = new NestedStack(parent, 'Outer');
    const to = resource(new NestedStack(outer, 'Inner'), 'To');
    expectOrder(resource(parent, 'From', { P: to.ref }), to, true);
    expectOrder(resource(outer, 'Between', { P: to.ref }), to, true);
  });

  test('an output by hand', () => {
    const parent = newStack(new App(), 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    const to = resource(nested, 'To');
    new CfnOutput(nested, 'Out', { value: to.ref });
    const id = parent.resolve((nested.nestedStackResource as CfnResource).logicalId);
    expectOrder(resource(parent, 'From', { P: { 'Fn::GetAtt': [id, 'Outputs.Out'] } }), to, true);
  });

  test('a resource that depends on the nested stack', () => {
    const parent = newStack(new App(), 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    const [to, from] = [resource(nested, 'To'), resource(parent, 'From')];
    from.node.addDependency(nested);
    expectOrder(from, to, true);
  });

  test('a nested stack in another stack', () => {
    const app = new App();
    const to = resource(new NestedStack(newStack(app, 'ToStack'), 'Nested'), 'To');
    const nested = new NestedStack(newStack(app, 'FromStack'), 'Nested');
    expectOrder(resource(nested, 'From', { P: to.ref }), to, true);
  });

  test('no order without a reason', () => {
    const parent = newStack(new App(), 'Parent');
    const [one, other] = ['One', 'Other'].map(id => resource(new NestedStack(parent, id), 'R'));
    expectOrder(one, other, false);
    expectOrder(resource(parent, 'From'), other, false);
  });

  test('a nested stack is complete only with all that it holds, not before', () => {
    const parent = newStack(new App(), 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    const [one, other] = [resource(nested, 'One'), resource(nested, 'Other')];
    expectOrder(one, other, false);
  });
});
