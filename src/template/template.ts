import { CfnElement, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { remembered } from './remembered';
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

export interface TemplateOptions {
  /** CDK has prepared the app, as it does before it validates it: dependencies between constructs stand in `DependsOn`. */
  readonly isPrepared?: boolean;
}

/**
 * The templates of an app before they are written: its resources by type, rendered on demand and at most once.
 *
 * Reads L1s only, so that it sees an app's own constructs, `CfnInclude`d templates and escape hatches alike. It is a snapshot of
 * one moment: make a new one when the tree may have changed.
 */
export class Template {
  /** The templates that are deployed together with a construct: a Stage is deployed for itself, and nothing refers beyond it. */
  static of(scope: IConstruct, { isPrepared = false }: TemplateOptions = {}): Template {
    return new Template(constructsOf(stageOf(scope)), isPrepared);
  }

  private readonly definitions = new Map<CfnElement, Definition>();
  private readonly rendered = new Map<CfnResource, RenderedResource>();
  private readonly byType = new Map<string, CfnResource[]>();
  private readonly inTemplate = new Map<string, readonly CfnResource[]>();
  private readonly byPath = new Map<string, IConstruct | undefined>();
  private readonly logicalIds = new Map<CfnElement, string>();
  private readonly elements = new Map<Stack, Map<string, CfnElement>>();
  private readonly nestedStacks = new Map<IConstruct, NestedStack>();

  /**
   * @param constructs all that is in the snapshot; the first one contains the rest
   * @param isPrepared see `TemplateOptions`
   */
  private constructor(readonly constructs: readonly IConstruct[], readonly isPrepared: boolean) {
    for (const construct of constructs) {
      if (CfnResource.isCfnResource(construct)) {
        remembered(this.byType, construct.cfnResourceType, (): CfnResource[] => []).push(construct);
      } else if (NestedStack.isNestedStack(construct) && construct.nestedStackResource) {
        this.nestedStacks.set(construct.nestedStackResource, construct);
      }
    }
  }

  /** The resources of a CloudFormation type that will be in a template. */
  resources(type: string): readonly CfnResource[] {
    return remembered(this.inTemplate, type, () => (this.byType.get(type) ?? []).filter(isInTemplate));
  }

  constructAt(path: string): IConstruct | undefined {
    return remembered(this.byPath, path, () => constructAtPath(this.constructs[0].node.root, path));
  }

  /** The nested stack that a resource of type AWS::CloudFormation::Stack stands for, if the app defines it. */
  nestedStackOf(resource: IConstruct): NestedStack | undefined {
    return this.nestedStacks.get(resource);
  }

  render(resource: CfnResource): RenderedResource {
    return remembered(this.rendered, resource, () => {
      const { body } = this.definition(resource);
      return {
        Type: resource.cfnResourceType,
        Properties: body?.Properties ?? {},
        DependsOn: [body?.DependsOn ?? []].flat(),
        Condition: body?.Condition,
      };
    });
  }

  definition(element: CfnElement): Definition {
    return remembered(this.definitions, element, () => {
      const [[section, bodies]] = Object.entries<any>(resolveReferencing(element, element._toCloudFormation()) ?? {}).concat([['', {}]]);
      return { section, body: Object.values(bodies)[0] };
    });
  }

  logicalId(element: CfnElement): string {
    return remembered(this.logicalIds, element, () => element.stack.resolve(element.logicalId));
  }

  /** The element with a logical id in a stack: the target of a `Ref` that was written by hand. */
  element(stack: Stack, logicalId: string): CfnElement | undefined {
    const elements = remembered(this.elements, stack, () => new Map(stack.node.findAll().filter(CfnElement.isCfnElement)
      .filter(element => element.stack === stack).map(element => [this.logicalId(element), element])));
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
export function isInTemplate(resource: CfnResource): boolean {
  // eslint-disable-next-line dot-notation -- protected, and nothing public tells
  return resource['shouldSynthesize']();
}
