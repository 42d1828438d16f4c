import type { IConstruct } from 'constructs';

/** The type of the construct metadata. It is not written into templates. */
const PRINTED_PERMISSIONS = 'cdk-hyperpod:PrintedPermissions';

/** Notes on a construct that a warning prints what a role lacks which the app cannot change: whoever finds that it is not known need not warn again. */
export function notePrintedPermissions(scope: IConstruct): void {
  if (!arePermissionsPrinted(scope)) {
    scope.node.addMetadata(PRINTED_PERMISSIONS, true);
  }
}

/** Whether it was noted on a construct, or around it. */
export function arePermissionsPrinted(construct: IConstruct): boolean {
  return construct.node.scopes.some(({ node }) => node.metadata.some(({ type }) => type === PRINTED_PERMISSIONS));
}
