// What a stored receipt says, read from the very text that was signed: the sheet shows that, and not what the register says today.

import { z } from 'zod';
import { basisTypes, evidenceDepths } from '../../domain/agencies/agency.ts';
import type { Receipt } from '../../domain/consent/store.ts';
import type { Entry } from '../../domain/ledger/store.ts';
import { decisionKinds } from '../../../views/decision-kind.ts';
import type { DecisionKind } from '../../../views/decision-kind.ts';

const localized = z.object({ ar: z.string(), en: z.string() });

const basisSchema = z.object({ type: z.enum(basisTypes), law_ref: z.union([z.string(), localized]).nullable() });
const purposeSchema = z.object({ text: localized, version: z.int() });
const necessity = z.enum(['required', 'optional']);

const claimsSchema = z.object({
  record: z.object({
    claims: z.array(z.object({ name: z.string(), necessity, decision: z.enum(['granted', 'declined', 'notified']) })),
    controller: z.object({ org_name: localized, contacts: z.record(z.string(), z.string()) }),
    created_at: z.iso.datetime().transform((text) => Date.parse(text)),
    authority_act: z.object({ reason: z.string(), reference: z.string() }).optional(),
    expression: z.object({ acr: z.string(), method: z.string() }).optional(),
    legal_basis: basisSchema,
    notice: z.object({ language: z.enum(['ar', 'en']), rendered_sha256: z.string().optional() }).optional(),
    purpose: purposeSchema,
    request: z
      .object({ claims: z.array(z.object({ name: z.string(), necessity })), legal_basis: basisSchema, purpose: purposeSchema })
      .optional(),
    resources: z.array(z.object({ name: localized, scopes: z.array(z.object({ text: localized })) })).default([]),
    verification: z
      .object({
        attributes: z.array(z.string()),
        evidence: z.enum(evidenceDepths),
        parts: z.array(z.string()),
        why_needed: localized,
      })
      .optional(),
    // In every record since it is named there.
    rights: z.object({ authority: z.object({ name: localized, uri: z.string().optional() }).optional() }).optional(),
    service: z.object({ client_id: z.string(), name: localized }),
    state: z.enum(['given', 'notified', 'refused', 'deferred', 'paused', 'withdrawn', 'revoked', 'invalidated']),
    terms: z.object({ data_life: z.string(), offline_access: z.boolean().default(false) }),
    validity: z.object({ expires_at: z.iso.datetime().transform((text) => Date.parse(text)) }),
  }),
});

export type ReceiptRecord = z.infer<typeof claimsSchema>['record'];

/** Throws for a text that this product did not sign: what is stored was. */
export function readReceiptRecord({ jws }: Receipt): ReceiptRecord {
  const payload: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
  return claimsSchema.parse(payload).record;
}

/** What was decided: from the entry, because a refusal beside a standing consent leaves the record as it was. */
export function toDecisionKind(record: ReceiptRecord, entry: Pick<Entry, 'type'> | undefined): DecisionKind {
  return decisionKinds.find((kind) => entry?.type === `consent.${kind}`) ?? record.state;
}

const bodySchema = z.object({ payload: z.object({ declined: z.array(z.string()) }) });

/** What a refusal turned down. */
export function readRefused(entry: Pick<Entry, 'body'>): readonly string[] {
  return bodySchema.parse(JSON.parse(entry.body)).payload.declined;
}
