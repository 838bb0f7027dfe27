// What an officer says that they saw: the fields of the counter's form, read once into evidence that cannot be wrong afterwards.

import { z } from 'zod';
import { refuse, succeed } from '../../domain/kernel/errors.ts';
import type { Outcome } from '../../domain/kernel/errors.ts';
import { isDay, toTimestamp } from '../../domain/kernel/clock.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import { evidenceSchema } from '../../domain/proofing/evidence.ts';
import type { DocumentType, Evidence } from '../../domain/proofing/evidence.ts';
import { picturedDocuments, shownDocuments } from '../../../views/office-model.ts';
import type { EvidenceField, EvidenceFields, ShownDocument } from '../../../views/office-model.ts';
import { findField } from '../body.ts';

/** A card of another country of the Gulf is an identity card; its issuer tells which. */
const types: Readonly<Record<ShownDocument, DocumentType>> = {
  idcard: 'idcard',
  residence_permit: 'residence_permit',
  passport: 'passport',
  gcc_idcard: 'idcard',
  birth_certificate: 'birth_certificate',
  guardianship_order: 'guardianship_order',
};

const gccCountries: ReadonlySet<string> = new Set(['ARE', 'BHR', 'KWT', 'OMN', 'QAT', 'SAU']);
const unending: ReadonlySet<ShownDocument> = new Set<ShownDocument>(['birth_certificate', 'guardianship_order']);

export const nothingGiven: EvidenceFields = {
  document: '',
  issuer: '',
  country: '',
  digits: '',
  expiry: '',
  birth: '',
  seen: '',
  face: '',
};

export function readEvidenceFields(form: URLSearchParams): EvidenceFields {
  const find = (name: string): string => (findField(form, name) ?? '').normalize('NFKC').trim().slice(0, 200);
  return {
    document: find('document'),
    issuer: find('issuer'),
    country: find('country').toUpperCase(),
    digits: toAsciiDigits(find('digits')).toUpperCase(),
    expiry: find('expiry'),
    birth: find('birth'),
    seen: find('seen'),
    face: find('face') === 'yes' ? 'yes' : '',
  };
}

const toAsciiDigits = (text: string): string =>
  text.replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660)).replaceAll(/[\u200E\u200F\u061C]/g, '');

const fieldsSchema = z.object({
  document: z.enum(shownDocuments),
  issuer: z.string().min(2).max(120),
  country: z.string().regex(/^[A-Z]{3}$/),
  digits: z.string().regex(/^[0-9A-Z]{2,4}$/),
  expiry: z.string(),
  seen: z.enum(['vpip', 'vcrypt']),
});

type Read = z.infer<typeof fieldsSchema>;

const order: readonly EvidenceField[] = ['document', 'issuer', 'country', 'digits', 'expiry', 'birth', 'seen', 'face'];

/** The fields that are wrong, in the order of the form. */
function findWrong(fields: EvidenceFields, checking: Checking): readonly EvidenceField[] {
  const { now, leastDigits, isPresenceDemanded } = checking;
  const parsed = fieldsSchema.safeParse(fields);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]));
  if (parsed.success && !isDateGood(parsed.data, now)) {
    wrong.add('expiry');
  }
  if (fields.digits.length < leastDigits) {
    wrong.add('digits');
  }
  if (!isCountryGood(fields)) {
    wrong.add('country');
  }
  if (!isBirthGood(fields, checking)) {
    wrong.add('birth');
  }
  const absent = isPresenceDemanded ? findAbsent(fields) : [];
  return order.filter((field) => wrong.has(field) || absent.includes(field));
}

const isCountryGood = ({ document, country }: EvidenceFields): boolean => document !== 'gcc_idcard' || gccCountries.has(country);

/** What is missing for a face that was compared with a picture (`isSeenInPresence`). */
function findAbsent({ document, face }: EvidenceFields): readonly EvidenceField[] {
  const isPictured = picturedDocuments.some((known) => known === document);
  return [...(isPictured ? [] : (['document'] as const)), ...(face === 'yes' ? [] : (['face'] as const))];
}

/** Read as a day of this calendar, and not over. A document without an end has none. */
function isDateGood({ document, expiry }: Read, now: Millis): boolean {
  return expiry === '' ? unending.has(document) : isDay(expiry) && expiry >= toTimestamp(now).slice(0, 10);
}

/** A day that was. */
function isBirthGood({ birth }: EvidenceFields, { now, isBirthDemanded }: Checking): boolean {
  return birth === '' ? !isBirthDemanded : isDay(birth) && birth <= toTimestamp(now).slice(0, 10);
}

export type Checking = {
  readonly now: Millis;
  /** Who checks, as services will read it. */
  readonly organization: string;
  /** Of the number of the document. */
  readonly leastDigits: 2 | 4;
  /** Whether anything but a document with a picture, compared with the face, is wrong. */
  readonly isPresenceDemanded: boolean;
  /** Where the registry knows the day of birth. */
  readonly isBirthDemanded: boolean;
};

export function parseEvidence(
  fields: EvidenceFields,
  checking: Checking,
): Outcome<Evidence, 'proofing/evidence-incomplete'> & { readonly wrong: readonly EvidenceField[] } {
  const { now, organization } = checking;
  const wrong = findWrong(fields, checking);
  if (wrong.length > 0) {
    return { ...refuse('proofing/evidence-incomplete', wrong.join(' ')), wrong };
  }
  const { document, issuer, country, digits, expiry, seen } = fieldsSchema.parse(fields);
  const methods = fields.face === 'yes' ? [seen, 'pvp'] : [seen];
  const evidence = evidenceSchema.parse({
    type: 'document',
    document_details: {
      type: types[document],
      document_number: digits,
      issuer: { name: issuer, country_code: country },
      ...(expiry === '' ? {} : { date_of_expiry: expiry }),
    },
    check_details: methods.map((method) => ({ check_method: method, organization, time: toTimestamp(now) })),
  });
  return { ...succeed(evidence), wrong };
}
