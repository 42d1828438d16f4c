import type { JudgedDocument, JudgedPolicies } from './judge';
import { any, consensus, either, type Ternary } from '../../template/ternary';

/** What one policy set says of a request. */
export interface Opinion {
  readonly allows: Ternary;
  /** As `allows`, by statements that name only the role's account. */
  readonly allowsAccount: Ternary;
  /** As `allows`, by statements that name everyone, or the role's session. */
  readonly allowsUnbounded: Ternary;
  readonly denies: Ternary;
}

type Join = (values: readonly Ternary[]) => Ternary;

/** Sums up what the statements of policies say of a request. */
export function opinionOf({ documents, alternatives, unseen }: JudgedPolicies): Opinion {
  return joined([opinionOfUnseen(unseen), ...documents.map(opinionOfDocument), ...alternatives.map(opinionOfOneAmong)], any);
}

/** What one of several documents says, whichever it is. */
export function opinionOfOneAmong(alternatives: readonly JudgedDocument[]): Opinion {
  return joined(alternatives.map(opinionOfDocument), consensus);
}

/** What is not seen may allow the role itself, which counts for no less than its account. */
function opinionOfUnseen(unseen: readonly string[]): Opinion {
  const allows = unseen.length > 0 ? 'unknown' : 'no';
  return { allows, allowsAccount: 'no', allowsUnbounded: allows, denies: 'no' };
}

export function opinionOfDocument({ hidden: unseen, judgements }: JudgedDocument): Opinion {
  const hidden = unseen ? 'unknown' : 'no';
  let { allows, allowsAccount, allowsUnbounded, denies }: Opinion = { allows: hidden, allowsAccount: 'no', allowsUnbounded: hidden, denies: hidden };
  for (const { statement, applies } of judgements) {
    if (statement.effect === 'Allow') {
      allows = either(allows, applies.role);
      allowsAccount = either(allowsAccount, applies.account);
      allowsUnbounded = either(allowsUnbounded, applies.unbounded);
    } else {
      denies = either(denies, either(applies.role, applies.account));
    }
  }
  return { allows, allowsAccount, allowsUnbounded, denies };
}

function joined(opinions: readonly Opinion[], join: Join): Opinion {
  return {
    allows: join(opinions.map(({ allows }) => allows)),
    allowsAccount: join(opinions.map(({ allowsAccount }) => allowsAccount)),
    allowsUnbounded: join(opinions.map(({ allowsUnbounded }) => allowsUnbounded)),
    denies: join(opinions.map(({ denies }) => denies)),
  };
}
