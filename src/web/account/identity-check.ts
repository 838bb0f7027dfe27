// How the person's identity was checked, as their own page tells it: by whom, when, on which documents, and no more of a number than is kept.

import { findProofing } from '../../domain/proofing/find-proofing.ts';
import type { Language } from '../../domain/people/person.ts';
import type { IdentityCheck } from '../../../views/details-model.ts';
import type { PageNeeds } from '../needs.ts';
import type { Account } from './open-account.ts';

/** Also of one whose trust has ended. */
export async function findIssuerName({ proofings }: Pick<PageNeeds, 'proofings'>, issuer: string, language: Language): Promise<string> {
  const known = (await proofings.listIssuers()).find((registered) => registered.issuer === issuer);
  return known?.name[language] ?? issuer;
}

/** The newest counts; null where none is kept. */
export async function findIdentityCheck(needs: PageNeeds, { person, language }: Account): Promise<IdentityCheck | null> {
  const proofing = await findProofing(needs, person);
  if (proofing === undefined) {
    return null;
  }
  const { at, isHigh, by, evidence } = proofing;
  return {
    at,
    isHigh,
    by: by.kind === 'issuer' ? await findIssuerName(needs, by.ref, language) : null,
    documents: evidence.map(({ document_details: { type, document_number: ending, issuer } }) => ({
      type,
      ending,
      country: issuer.country_code,
    })),
  };
}
