import type { PolicyDocument } from './document';
import type { JudgedDocument, JudgedPolicies, Judgement } from './judge';
import { opinionOfDocument, opinionOfOneAmong } from './opinion';
import { either } from '../../template/ternary';

/** What denies a request, and what is missing to decide over it. */
export function explain({ documents, alternatives, unseen }: JudgedPolicies): string[] {
  return [...unseen, ...documents.flatMap(explainDocument), ...alternatives.flatMap(explainAlternatives)];
}

function explainDocument({ document, hidden, judgements }: JudgedDocument): string[] {
  return [
    ...(hidden ? [`${document.origin}: ${hidden}`] : []),
    ...judgements.flatMap(judgement => explainJudgement(judgement, document)),
  ];
}

/** Several inline policies of one name. */
function explainAlternatives(alternatives: readonly JudgedDocument[]): string[] {
  const { allows, denies } = opinionOfOneAmong(alternatives);
  const isOpen = alternatives.map(opinionOfDocument).some(opinion => opinion.allows !== allows || opinion.denies !== denies);
  const origins = alternatives.map(({ document }) => document.origin).join(' and ');
  return [
    ...(isOpen ? [`${origins} have, or may have, one name in the role, so the one that is written last replaces the others, and which that is `
      + 'is not known until deployment'] : []),
    ...alternatives.flatMap(explainDocument),
  ];
}

function explainJudgement(judgement: Judgement, document: PolicyDocument): string[] {
  const { statement, applies } = judgement;
  const applicable = either(applies.role, applies.account);
  if (applicable === 'unknown') { return [undecided(judgement, document)]; }
  return applicable === 'yes' && statement.effect === 'Deny' ? [`${named(judgement, document)} denies it`] : [];
}

/** What is missing to know whether a statement applies. */
function undecided(judgement: Judgement, document: PolicyDocument): string {
  const { statement, isAbout, isAboutResource, conditionsMet } = judgement;
  if (document.attached === 'unknown') { return `whether ${document.origin} is attached is not known until deployment`; }
  const elements = [
    ...(isAbout === 'unknown' ? ['its action'] : []),
    ...(isAboutResource === 'unknown' ? ['its resource'] : []),
    ...statement.conditions.filter((_, index) => conditionsMet[index] === 'unknown').map(({ operator, key }) => `the condition ${operator} on ${key}`),
  ];
  return `${named(judgement, document)}: ${elements.join(' and ') || 'its principal'} cannot be decided at synth`;
}

function named({ statement: { sid }, index }: Judgement, { origin, firstStatement = 0 }: PolicyDocument): string {
  return `${origin}, statement ${sid ? JSON.stringify(sid) : firstStatement + index}`;
}
