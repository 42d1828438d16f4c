import { CfnElement, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { constructAtPath, resolveReferencing } from './token-resolver';

/** A resource as it will stand in its template, with references kept (see `resolveReferencing`) and overrides applied. */
export interface RenderedResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, any>>;
  readonly DependsOn: readonly string[];
  /** The logical id of the condition under which the resource exists. */
  readonly Condition?: string;
}

/** An element as it will stand in its template, and the section that it stands in. */
export interface Definition {
  readonly section: 'Resources' | 'Parameters' | 'Conditions' | 'Mappings' | 'Outputs' | string;
  readonly body: any;
}

/**
 * The templates of an app before they are written: its resources by type, rendered on demand and at most once.
 *
 * Reads L1s only, so that it sees an app's own constructs, `CfnInclude`d templates and escape hatches alike. It is a picture of
 * one moment: make a new one when the tree may have changed.
 */
export class Template {
  /** The templates that are deployed together with a construct: a Stage is deployed for itself, and nothing refers beyond it. */
  static of(scope: IConstruct): Template {
    return new Template(constructsOf(stageOf(scope)));
  }

  private readonly rendered = new Map<CfnElement, Definition>();
  private readonly byType = new Map<string, CfnResource[]>();
  private readonly inTemplate = new Map<string, readonly CfnResource[]>();
  private readonly byPath = new Map<string, IConstruct | undefined>();
  private readonly elements = new Map<Stack, Map<string, CfnElement>>();
  private readonly nestedStacks = new Map<IConstruct, NestedStack>();

  /** @param constructs all that is pictured, whatever comes first around the rest */
  private constructor(readonly constructs: readonly IConstruct[]) {
    for (const construct of constructs) {
      if (CfnResource.isCfnResource(construct)) {
        const sameType = this.byType.get(construct.cfnResourceType);
        if (sameType) { sameType.push(construct); } else { this.byType.set(construct.cfnResourceType, [construct]); }
      } else if (NestedStack.isNestedStack(construct) && construct.nestedStackResource) {
        this.nestedStacks.set(construct.nestedStackResource, construct);
      }
    }
  }

  /** The resources of a CloudFormation type that will be in a template. */
  resources(type: string): readonly CfnResource[] {
    let resources = this.inTemplate.get(type);
    if (!resources) {
      resources = (this.byType.get(type) ?? []).filter(isInTemplate);
      this.inTemplate.set(type, resources);
    }
    return resources;
  }

  /** Is a resource in the picture? */
  includes(resource: CfnResource): boolean {
    return this.byType.get(resource.cfnResourceType)?.includes(resource) ?? false;
  }

  constructAt(path: string): IConstruct | undefined {
    if (!this.byPath.has(path)) { this.byPath.set(path, constructAtPath(this.constructs[0].node.root, path)); }
    return this.byPath.get(path);
  }

  /** The nested stack that a resource of type AWS::CloudFormation::Stack stands for, if the app defines it. */
  nestedStackOf(resource: IConstruct): NestedStack | undefined {
    return this.nestedStacks.get(resource);
  }

  render(resource: CfnResource): RenderedResource {
    const { body } = this.definition(resource);
    return {
      Type: resource.cfnResourceType,
      Properties: body?.Properties ?? {},
      DependsOn: [body?.DependsOn ?? []].flat(),
      Condition: body?.Condition,
    };
  }

  definition(element: CfnElement): Definition {
    const known = this.rendered.get(element);
    if (known) { return known; }
    const [[section, bodies]] = Object.entries<any>(resolveReferencing(element, element._toCloudFormation()) ?? {}).concat([['', {}]]);
    const definition = { section, body: Object.values(bodies)[0] };
    this.rendered.set(element, definition);
    return definition;
  }

  /** The element with a logical id in a stack: the target of a `Ref` that was written by hand. */
  element(stack: Stack, logicalId: string): CfnElement | undefined {
    let elements = this.elements.get(stack);
    if (!elements) {
      elements = new Map();
      for (const construct of stack.node.findAll()) {
        if (CfnElement.isCfnElement(construct) && construct.stack === stack) {
          elements.set(stack.resolve(construct.logicalId), construct);
        }
      }
      this.elements.set(stack, elements);
    }
    return elements.get(logicalId);
  }
}

/** The stage or app that is synthesized with a construct: itself, or the nearest around it. */
export function stageOf(scope: IConstruct): IConstruct {
  return Stage.isStage(scope) ? scope : Stage.of(scope) ?? scope.node.root;
}

function constructsOf(scope: IConstruct, found: IConstruct[] = []): IConstruct[] {
  found.push(scope);
  for (const child of scope.node.children) {
    if (!Stage.isStage(child)) { constructsOf(child, found); }
  }
  return found;
}

/** Some L1s decide only at synthesis whether there is anything to write, as that of an `iam.Policy` without statements. */
function isInTemplate(resource: CfnResource): boolean {
  // eslint-disable-next-line dot-notation -- protected, and nothing public tells
  return resource['shouldSynthesize']();
}
