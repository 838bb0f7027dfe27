// The content of a metadata BLOB whose signature holds (FIDO Metadata Service v3.1 §3.1, Metadata Statement v3.1 §4): still somebody else's text. An entry that
// cannot be read is named and left out; where it warns of a model, the warning is taken all the same.

import { z } from 'zod';
import { isDay } from '../../domain/kernel/clock.ts';
import { judgeStatus } from '../../domain/metadata/judge-status.ts';
import type { Model } from '../../domain/metadata/model.ts';

const day = z.string().refine(isDay);

const content = z.object({
  no: z.int().nonnegative(),
  nextUpdate: day,
  entries: z.array(z.unknown()).max(20_000),
});

/** Not of the zero AAGUID: with that an authenticator names no model. */
const aaguid = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .refine((text) => /[1-9a-f]/.test(text));

const head = z.object({
  aaguid,
  statusReports: z.array(z.object({ status: z.string().max(100), effectiveDate: day.nullish() })).max(1000),
});

const words = z.array(z.string().max(100)).max(100);

/** In JSON, base64 with line breaks has been seen. */
const certificate = z
  .string()
  .max(20_000)
  .transform((text) => text.replaceAll(/\s/g, ''))
  .refine((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text));

const methods = z.object({ userVerificationMethod: z.string().max(100) });

const statement = z.object({
  metadataStatement: z.object({
    description: z.string().min(1).max(500),
    aaguid: aaguid.optional(),
    protocolFamily: z.literal('fido2').optional(),
    attestationRootCertificates: z.array(certificate).max(1000),
    userVerificationDetails: z.array(z.array(methods).max(20)).max(50).default([]),
    keyProtection: words.default([]),
    attestationTypes: words.default([]),
  }),
});

type Content = z.infer<typeof content>;

export type ReadContent = {
  readonly number: number;
  readonly nextUpdate: number;
  readonly models: readonly Omit<Model, 'source'>[];
  /** Where each stands, from 1, and what it calls itself as far as that can be read. */
  readonly bad: readonly { readonly entry: number; readonly name: string; readonly reason: string }[];
  /** Of authenticators without an AAGUID, which have no passkeys. */
  readonly otherCount: number;
};

/** Undefined where it is no metadata at all. */
export function findContent(value: unknown, today: string): ReadContent | undefined {
  const parsed = content.safeParse(value);
  return parsed.success ? toContent(parsed.data, today) : undefined;
}

function toContent({ no, nextUpdate, entries }: Content, today: string): ReadContent {
  const numbered = entries.map((entry, index) => ({ entry: index + 1, value: entry })).filter(({ value }) => !isOther(value));
  const models = new Map<string, Omit<Model, 'source'>>();
  const bad: ReadContent['bad'][number][] = [];
  for (const { entry, value } of numbered) {
    const { model, reason } = readEntry(value, today);
    const isTwice = model !== undefined && models.has(model.aaguid);
    const fault = isTwice ? 'the model is listed twice' : reason;
    bad.push(...(fault === undefined ? [] : [{ entry, name: toName(value), reason: fault }]));
    // Of two entries for one model the one that warns counts, whichever comes first.
    if (model !== undefined && (!isTwice || model.isWarned)) {
      models.set(model.aaguid, model);
    }
  }
  const at = Date.parse(`${nextUpdate}T00:00:00Z`);
  return { number: no, nextUpdate: at, models: [...models.values()], bad, otherCount: entries.length - numbered.length };
}

const other = z.union([z.object({ aaid: z.string() }), z.object({ attestationCertificateKeyIdentifiers: z.array(z.string()) })]);

const named = z.object({ aaguid: z.string() });

const isOther = (entry: unknown): boolean => !named.safeParse(entry).success && other.safeParse(entry).success;

type ReadEntry = { readonly model?: Omit<Model, 'source'>; readonly reason?: string };

function readEntry(entry: unknown, today: string): ReadEntry {
  const parsed = head.safeParse(entry);
  if (!parsed.success) {
    return { reason: toReason(parsed.error) };
  }
  const judged = judgeStatus(
    parsed.data.statusReports.map(({ status, effectiveDate }) => ({ status, effectiveDate: effectiveDate ?? null })),
    today,
  );
  const base = { aaguid: parsed.data.aaguid, isListed: true, ...judged };
  const described = statement.safeParse(entry);
  const fault = described.success ? findFault(parsed.data.aaguid, described.data) : toReason(described.error);
  if (!described.success || fault !== undefined) {
    const unread = { description: '', roots: [], userVerification: [], keyProtection: [], attestationTypes: [] };
    return { reason: fault ?? 'the statement cannot be read', ...(judged.isWarned ? { model: { ...base, ...unread } } : {}) };
  }
  const { description, attestationRootCertificates: roots, keyProtection, attestationTypes, ...rest } = described.data.metadataStatement;
  const userVerification = rest.userVerificationDetails.map((all) => all.map(({ userVerificationMethod }) => userVerificationMethod));
  return { model: { ...base, description, roots, userVerification, keyProtection, attestationTypes } };
}

function findFault(name: string, { metadataStatement }: z.infer<typeof statement>): string | undefined {
  return (metadataStatement.aaguid ?? name) === name ? undefined : 'the statement is of another model';
}

function toReason({ issues }: z.ZodError): string {
  return `${issues[0]?.path.join('.') ?? ''} is missing or not in the form that it should have`.trimStart();
}

function toName(entry: unknown): string {
  const { data } = named.safeParse(entry);
  return data === undefined ? 'unnamed' : data.aaguid.slice(0, 100).replaceAll(/[^\w-]/g, '?');
}
