import type { JudgedPolicies } from './judge';
import { either, type Ternary } from '../../template/ternary';

/** What one policy set says of a request. */
export interface Opinion {
  readonly allows: Ternary;
  /** As `allows`, by statements that name only the role's account. */
  readonly allowsAccount: Ternary;
  /** As `allows`, by statements that name everyone, or the role's session. */
  readonly allowsUnbounded: Ternary;
  readonly denies: Ternary;
}

/** Sums up what the statements of policies say of a request. */
export function opinionOf({ documents, unseen }: JudgedPolicies): Opinion {
  let allows: Ternary = unseen.length > 0 ? 'unknown' : 'no';
  let allowsUnbounded: Ternary = allows;
  // What is not seen may allow the role itself, which counts for no less.
  let allowsAccount: Ternary = 'no';
  let denies: Ternary = 'no';
  for (const { document, judgements } of documents) {
    if (document.hidden) {
      allows = either(allows, 'unknown');
      allowsUnbounded = either(allowsUnbounded, 'unknown');
      denies = either(denies, 'unknown');
    }
    for (const { statement, applies } of judgements) {
      if (statement.effect === 'Allow') {
        allows = either(allows, applies.role);
        allowsAccount = either(allowsAccount, applies.account);
        allowsUnbounded = either(allowsUnbounded, applies.unbounded);
      } else {
        denies = either(denies, either(applies.role, applies.account));
      }
    }
  }
  return { allows, allowsAccount, allowsUnbounded, denies };
}
