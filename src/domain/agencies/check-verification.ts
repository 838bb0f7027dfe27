// What a purpose asks to be told of how a person's identity was checked. More than is needed is a warning that reviewers see; what no check covers is refused.

import { isVouched } from '../attributes/vouched.ts';
import { checkText } from './check-text.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding, ProposedPurpose } from './proposal.ts';

export function checkVerification(path: string, purpose: ProposedPurpose): readonly Finding[] {
  const { verification } = purpose;
  if (verification === null) {
    return [];
  }
  const { attributes, why } = verification;
  const twice = { problem: 'names one attribute twice', fix: 'name each once' };
  return [
    ...(new Set(attributes).size < attributes.length ? [toRefusal(`${path}.attributes`, twice)] : []),
    ...attributes.flatMap((name, index) => checkVerified(`${path}.attributes[${index}]`, name, purpose)),
    ...checkText(`${path}.why`, why),
    ...checkEvidence(`${path}.evidence`, purpose),
  ];
}

function checkVerified(path: string, name: string, { attributes }: ProposedPurpose): readonly Finding[] {
  const unasked = { problem: 'is no detail of this purpose', fix: 'ask for it in attributes, or leave it out here' };
  const unchecked = {
    problem: 'is not covered by a check of identity',
    fix: 'leave it out here: people declare it themselves, another register keeps it, or it only compares',
  };
  if (!attributes.some((asked) => asked.name === name)) {
    return [toRefusal(path, unasked)];
  }
  return isVouched(name) ? [] : [toRefusal(path, unchecked)];
}

/** Data minimisation: whose law asks to keep the particulars of a document can name it. */
function checkEvidence(path: string, { verification, legalBasis, basisByKind }: ProposedPurpose): readonly Finding[] {
  const isNamed = [legalBasis, ...Object.values(basisByKind)].some(({ lawRef }) => lawRef !== null);
  const needless = {
    problem: 'details says more than most services need',
    fix: 'use types or none, or name the law that demands the details in legal_basis.law_ref',
  };
  return verification?.evidence !== 'details' || isNamed ? [] : [toWarning(path, needless)];
}
