// A purpose as it stands in the agencies file: shape only, under the names that docs/guides/files.md gives.

import { z } from 'zod';
import { forms } from '../../domain/attributes/attribute.ts';
import {
  accessModes,
  basisTypes,
  evidenceDepths,
  fetchTypes,
  recipientRoles,
  standardDetails,
  verificationParts,
} from '../../domain/agencies/agency.ts';
import type { AccessTerms, AskedAttribute, LegalBasis } from '../../domain/agencies/agency.ts';
import type { ProposedPurpose } from '../../domain/agencies/proposal.ts';

export const localized = z.strictObject({ ar: z.string(), en: z.string() });

/** Scopes of a resource server, which is named by its client_id. */
export const resourceAccess = z.strictObject({ server: z.string(), scopes: z.array(z.string()).min(1).max(100) });

const basis = z.strictObject({ type: z.enum(basisTypes), law_ref: z.union([z.string().min(1).max(300), localized]).optional() });

const attribute = z.strictObject({
  name: z.string(),
  necessity: z.enum(['required', 'optional']),
  why: localized,
  form: z.enum(forms).optional(),
});

const terms = z.strictObject({
  mode: z.enum(accessModes).optional(),
  fetch: z.enum(fetchTypes).optional(),
  max_uses: z.int().min(1).max(100_000).optional(),
  frequency: z.strictObject({ times: z.int().min(1).max(100_000), per: z.string() }).optional(),
  data_range: z.strictObject({ from: z.string().optional(), to: z.string().optional() }).optional(),
});

const verification = z.strictObject({
  attributes: z.array(z.string()).min(1).max(100),
  parts: z.array(z.enum(verificationParts)).max(verificationParts.length).default([]),
  evidence: z.enum(evidenceDepths).default('none'),
  why: localized,
});

export const purpose = z.strictObject({
  id: z.string(),
  default: z.boolean().optional(),
  text: localized,
  legal_basis: basis,
  legal_basis_by_kind: z
    .strictObject({ citizen: basis.optional(), resident: basis.optional(), visitor: basis.optional(), gcc: basis.optional() })
    .default({}),
  code: z.string().max(200).optional(),
  recipients: z
    .array(z.strictObject({ name: localized, role: z.enum(recipientRoles) }))
    .max(20)
    .default([]),
  storage: z
    .strictObject({
      location: localized,
      jurisdiction: z.string(),
      transfers: z
        .array(z.strictObject({ country: z.string(), why: localized }))
        .max(20)
        .default([]),
    })
    .optional(),
  terms: terms.default({}),
  resources: z.array(resourceAccess).max(20).default([]),
  verification: verification.optional(),
  dpia_ref: z.string().max(200).optional(),
  retention: z.string().optional(),
  expires_after: z.string().optional(),
  attributes: z.array(attribute).max(100),
});

type Given = z.output<typeof purpose>;

export function toPurpose(given: Given): ProposedPurpose {
  return {
    id: given.id,
    isDefault: given.default ?? null,
    text: given.text,
    legalBasis: toLegalBasis(given.legal_basis),
    basisByKind: toBasisByKind(given.legal_basis_by_kind),
    code: given.code ?? null,
    recipients: given.recipients,
    storage: given.storage ?? null,
    terms: toTerms(given.terms),
    resources: given.resources,
    verification: given.verification ?? null,
    dpiaRef: given.dpia_ref ?? null,
    retention: given.retention ?? null,
    expiresAfter: given.expires_after ?? null,
    attributes: given.attributes.map(toAttribute),
  };
}

function toLegalBasis({ type, law_ref }: z.output<typeof basis>): LegalBasis {
  return { type, lawRef: law_ref ?? null };
}

function toBasisByKind({ citizen, resident, visitor, gcc }: Given['legal_basis_by_kind']): ProposedPurpose['basisByKind'] {
  return {
    ...(citizen === undefined ? {} : { citizen: toLegalBasis(citizen) }),
    ...(resident === undefined ? {} : { resident: toLegalBasis(resident) }),
    ...(visitor === undefined ? {} : { visitor: toLegalBasis(visitor) }),
    ...(gcc === undefined ? {} : { gcc: toLegalBasis(gcc) }),
  };
}

function toTerms({ mode, fetch, max_uses, frequency, data_range }: z.output<typeof terms>): AccessTerms {
  const standard = standardDetails.terms;
  return {
    mode: mode ?? standard.mode,
    fetch: fetch ?? standard.fetch,
    maxUses: max_uses ?? defaultUses(fetch),
    frequency: frequency ?? null,
    dataRange: toRange(data_range),
  };
}

function defaultUses(fetch: AccessTerms['fetch'] | undefined): number | null {
  return fetch === 'once' ? 1 : null;
}

function toRange(range: z.output<typeof terms>['data_range']): AccessTerms['dataRange'] {
  return range === undefined ? null : { from: range.from ?? null, to: range.to ?? null };
}

function toAttribute({ name, necessity, why, form }: z.output<typeof attribute>): AskedAttribute {
  return form === undefined ? { name, necessity, why } : { name, necessity, why, form };
}
