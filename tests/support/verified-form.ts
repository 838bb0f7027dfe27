// The form of `verified_claims` in an answer, as the OpenID Identity Assurance Schema Definition 1.0 demands it of what this provider sends. Throws for anything else.

import { z } from 'zod';

/** UTC, to the second. */
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

const issuer = z.strictObject({ name: z.string().exactOptional(), country_code: z.string().length(3).exactOptional() });

const document = z.strictObject({
  type: z.string().min(1),
  document_number: z.string().exactOptional(),
  date_of_expiry: z.iso.date().exactOptional(),
  issuer: issuer.exactOptional(),
});

const check = z.strictObject({ check_method: z.string().min(1), organization: z.string().exactOptional(), time: instant.exactOptional() });

const evidence = z.strictObject({
  type: z.enum(['document', 'electronic_record', 'vouch', 'electronic_signature']),
  document_details: document.exactOptional(),
  check_details: z.array(check).min(1).exactOptional(),
});

const element = z.strictObject({
  verification: z.strictObject({
    trust_framework: z.string().min(1),
    assurance_level: z.string().exactOptional(),
    time: instant.exactOptional(),
    evidence: z.array(evidence).min(1).exactOptional(),
  }),
  claims: z.record(z.string(), z.json()).refine((claims) => Object.keys(claims).length > 0),
});

export type VerifiedElementSent = z.infer<typeof element>;

export const verifiedForm = z.union([element.transform((one) => [one]), z.array(element).min(2)]);
