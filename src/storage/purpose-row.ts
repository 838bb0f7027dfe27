// A purpose as a row and back. Columns that later versions added are empty in older rows, which then say what a file says that is silent.

import { standardDetails } from '../domain/agencies/agency.ts';
import type { Purpose } from '../domain/agencies/agency.ts';
import type { RowOf, Tables } from './dialect.ts';

type PurposeRow = RowOf<Tables['purposes']>;

export function toPurpose(row: PurposeRow): Purpose {
  const { isCurrent: _, basis, lawRef, lawText, basisByKind, recipients, terms, resources, ...purpose } = row;
  return {
    ...purpose,
    legalBasis: { type: basis, lawRef: lawText ?? lawRef },
    basisByKind: basisByKind ?? standardDetails.basisByKind,
    recipients: recipients ?? standardDetails.recipients,
    terms: terms ?? standardDetails.terms,
    resources: resources ?? standardDetails.resources,
  };
}

/** What waited for an approver before these members existed lacks them. */
export function toPurposeRow(purpose: Purpose): PurposeRow {
  const { legalBasis, ...columns } = { ...standardDetails, ...purpose };
  const { type, lawRef } = legalBasis;
  const isPlain = lawRef === null || typeof lawRef === 'string';
  return { ...columns, isCurrent: true, basis: type, lawRef: isPlain ? lawRef : null, lawText: isPlain ? null : lawRef };
}
