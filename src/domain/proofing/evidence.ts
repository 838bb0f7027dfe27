// What somebody saw when a person's identity was checked, in the members and codes of OpenID Connect for Identity Assurance: the same form is sealed here,
// stated by a registered issuer, and released to a purpose that was approved for it. Of a document's number only its last characters exist in this product.

import { z } from 'zod';

/** `document_details.type`. A card of another country of the Gulf is an `idcard`, told apart by its issuer. */
export const documentTypes = ['idcard', 'residence_permit', 'passport', 'birth_certificate', 'guardianship_order'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** `check_details.check_method`: how the document was validated, and how it was made sure that it is this person's. */
export const checkMethods = [
  'vpip',
  'vpiruv',
  'vri',
  'vdig',
  'vcrypt',
  'data',
  'auth',
  'token',
  'kbv',
  'pvp',
  'pvr',
  'bvp',
  'bvr',
] as const;
export type CheckMethod = (typeof checkMethods)[number];

const shortText = z.string().min(1).max(200);
const isoTime = z.iso.datetime({ offset: true });

const checkSchema = z.strictObject({ check_method: z.enum(checkMethods), organization: shortText, time: isoTime }).readonly();

/** Strict: a member that nobody here understands is nothing that anybody may be told later. */
export const evidenceSchema = z
  .strictObject({
    type: z.literal('document'),
    document_details: z
      .strictObject({
        type: z.enum(documentTypes),
        /** The last two to four letters or digits, and never more. */
        document_number: z.string().regex(/^[0-9A-Z]{2,4}$/),
        date_of_expiry: z.iso.date().exactOptional(),
        issuer: z.strictObject({ name: shortText, country_code: z.string().regex(/^[A-Z]{3}$/) }).readonly(),
      })
      .readonly(),
    check_details: z.array(checkSchema).min(1).max(6).readonly(),
  })
  .readonly();

export type Evidence = z.infer<typeof evidenceSchema>;

const pictured: ReadonlySet<DocumentType> = new Set<DocumentType>(['idcard', 'residence_permit', 'passport']);

/** The document in the hands of whoever checks, or its chip read: nothing else can lead to `high`, whoever says it. */
export const strongMethods = ['vpip', 'vcrypt'] as const;
const seen: ReadonlySet<CheckMethod> = new Set<CheckMethod>(strongMethods);
const compared: ReadonlySet<CheckMethod> = new Set<CheckMethod>(['pvp', 'bvp']);
const comparedAnywhere: ReadonlySet<CheckMethod> = new Set<CheckMethod>([...compared, 'pvr', 'bvr']);

/** Whether an officer with the person before them saw a document with a picture, or read its chip, and compared the face. Nothing less reaches `high`. */
export function isSeenInPresence({ document_details: document, check_details: checks }: Evidence): boolean {
  const has = (methods: ReadonlySet<CheckMethod>): boolean => checks.some(({ check_method: method }) => methods.has(method));
  return pictured.has(document.type) && has(seen) && has(compared);
}

/**
 * The same of what an issuer states, with the strong methods that it may use. The picture out of a chip is the state's own, so that a face may be compared
 * with it from afar; beside a document in the hand only the face that was there counts.
 */
export function isProvenByIssuer(
  { document_details: document, check_details: checks }: Evidence,
  allowed: readonly (typeof strongMethods)[number][],
): boolean {
  const methods = new Set(checks.map(({ check_method: method }) => method));
  const hasFace = (method: CheckMethod): boolean => !(method === 'vcrypt' ? comparedAnywhere : compared).isDisjointFrom(methods);
  return pictured.has(document.type) && allowed.some((method) => methods.has(method) && hasFace(method));
}
