// The published figures of one month as a document that anybody can check: canonical, signed, with the checkpoint at which it was counted and the digests of
// every month before it, so that a past that was changed shows.

import { z } from 'zod';
import { parseJson, toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { Fault } from '../../kernel/errors.ts';
import { toTimestamp } from '../../kernel/clock.ts';
import type { Millis } from '../../kernel/clock.ts';
import { agencyProtection, figureTypes, stateProtection, toCounts } from './figure.ts';
import type { Counts, Shown, ShownCounts } from './figure.ts';
import type { Period } from './month.ts';
import type { PublishedEdition, PublishedFigures } from './store.ts';

export const format = 'huwiya-figures/1';

const localized = z.strictObject({ ar: z.string(), en: z.string() });
const shown = z.union([z.int(), z.strictObject({ below: z.int() })]);
const counts = z.strictObject(toCounts(() => shown));
const protection = z.strictObject({ scale: z.int(), step: z.int(), below: z.int() });

/** What `document` of a published edition holds; docs/guides/auditor.md says it in words. */
export const figuresSchema = z.strictObject({
  format: z.literal(format),
  issuer: z.string(),
  month: z.string(),
  edition: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  published_at: z.iso.datetime(),
  /** Of a correction: why. */
  reason: localized.nullable(),
  /** Size and root (base64) of the log that was counted. */
  checkpoint: z.strictObject({ size: z.int(), root: z.string() }),
  counted: z.strictObject(toCounts(() => z.array(z.string()))),
  protection: z.strictObject({ agencies: protection, state: protection }),
  agencies: z.array(z.strictObject({ id: z.string(), name: localized, figures: counts })),
  total: counts,
  unmasked: shown,
  /** By the agency of the case; null for cases over all agencies, or about single people. Months before 2026-11 were published without. */
  unmasked_by_agency: z.array(z.strictObject({ agency: z.string().nullable(), people: shown })).default([]),
  earlier: z.array(z.strictObject({ month: z.string(), edition: z.int(), digest: z.string() })),
});

export type FiguresDocument = z.infer<typeof figuresSchema>;

export type DocumentGiven = Period & {
  readonly issuer: string;
  readonly month: string;
  readonly edition: number;
  readonly publishedAt: Millis;
  readonly reason: { readonly ar: string; readonly en: string } | null;
  readonly checkpoint: { readonly size: number; readonly root: string };
  readonly shown: ShownCounts;
  readonly earlier: readonly PublishedEdition[];
};

const toJsonCounts = (given: Counts<Shown>): Counts<Json> => toCounts((figure) => given[figure]);

export function toDocument({ shown: { agencies, total, unmasked, unmaskedBy }, earlier, ...given }: DocumentGiven): string {
  return toCanonicalJson({
    format,
    issuer: given.issuer,
    month: given.month,
    edition: given.edition,
    from: toTimestamp(given.from),
    to: toTimestamp(given.to),
    published_at: toTimestamp(given.publishedAt),
    reason: given.reason,
    checkpoint: given.checkpoint,
    counted: figureTypes,
    protection: { agencies: agencyProtection, state: stateProtection },
    agencies: agencies.map(({ id, name, figures }) => ({ id, name: { ar: name.ar, en: name.en }, figures: toJsonCounts(figures) })),
    total: toJsonCounts(total),
    unmasked,
    unmasked_by_agency: unmaskedBy.map(({ agency, people }) => ({ agency, people })),
    earlier: earlier.map(({ month, edition, digest }) => ({ month, edition, digest })),
  });
}

/** Of what the store holds; throws a Fault where that is not what was published. */
export function parseDocument({ document }: Pick<PublishedFigures, 'document'>): FiguresDocument {
  const read = figuresSchema.safeParse(parseJson(document));
  if (!read.success) {
    throw new Fault('store/unavailable', 'published figures are not what was published');
  }
  return read.data;
}
