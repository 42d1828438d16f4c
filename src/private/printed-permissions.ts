import type { IConstruct } from 'constructs';

/** The type of the construct metadata. It is not written into templates. */
const PRINTED_PERMISSIONS = 'cdk-hyperpod:PrintedPermissions';

/** Records on a construct that a warning prints the permissions of a role that the app cannot change. A rule that cannot know them says nothing more. */
export function notePrintedPermissions(scope: IConstruct): void {
  if (!arePermissionsPrinted(scope)) {
    scope.node.addMetadata(PRINTED_PERMISSIONS, true);
  }
}

/** Whether it is recorded on a construct, or around it. */
export function arePermissionsPrinted(construct: IConstruct): boolean {
  return construct.node.scopes.some(({ node }) => node.metadata.some(({ type }) => type === PRINTED_PERMISSIONS));
}
