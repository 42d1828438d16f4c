import { DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The key of a reference that still knows which construct it points at. It looks like an intrinsic, so that L1s render it as one. */
export const REFERENCE = 'Fn::Reference';

/** A reference to an attribute of a construct: `Ref`, an attribute's name, or a pseudo parameter of the construct's stack. */
export interface ReferenceMarker {
  readonly [REFERENCE]: readonly [path: string, attribute: string];
}

/**
 * Resolves tokens to what CloudFormation will read, except that each reference keeps the path of its construct.
 *
 * A logical id alone says little: it repeats across stacks, and a reference to another stack turns into an import or a parameter.
 */
class ReferencePreservingResolver extends DefaultTokenResolver {
  constructor() {
    super(new JoiningConcatenator());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token)) { return { [REFERENCE]: [token.target.node.path, token.displayName] }; }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Keeps the pieces of a string with tokens apart, in the form that CloudFormation itself has for it. */
class JoiningConcatenator implements IFragmentConcatenator {
  public join(left: any, right: any): any {
    if (left === undefined) { return right; }
    return right === undefined ? left : { 'Fn::Join': ['', [left, right]] };
  }
}

const RESOLVER = new ReferencePreservingResolver();

/**
 * What CloudFormation will read for `value`, a property of something in `scope`, with references kept.
 */
export function resolveReferencing(scope: IConstruct, value: unknown): any {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: false });
}

export function isReferenceMarker(value: unknown): value is ReferenceMarker {
  return typeof value === 'object' && value !== null && REFERENCE in value;
}

/**
 * The construct that a reference points at. Walks down from the root: to know the paths of all constructs would cost more than to ask for
 * those that are referred to.
 */
export function constructAtPath(root: IConstruct, path: string): IConstruct | undefined {
  const ids = path.split('/').slice(root.node.id === '' ? 0 : 1);
  return ids.reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), root);
}
