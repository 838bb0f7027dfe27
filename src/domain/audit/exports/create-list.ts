// Makes a list of what a query finds, however long it is, without ever holding more of it than a page. It is gone through twice: once to learn its digest, which
// has to be signed and entered before anything leaves, and once to hand it out. Both times the bytes are the same, or the second ends in the middle.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toTimestamp } from '../../kernel/clock.ts';
import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { Entry } from '../../ledger/store.ts';
import type { CasesStore } from '../case-store.ts';
import { toCasePseudonyms } from '../case-people.ts';
import { toCasePseudonym } from '../case.ts';
import type { OpenedCase } from '../case.ts';
import { listLimit } from './export.ts';
import type { AuditExport, ExportProgress } from './export.ts';
import type { PackNeeds } from './pack.ts';
import { signManifest, toManifest } from './sign-pack.ts';
import type { ManifestSummary } from './sign-pack.ts';
import { streamZip, toZipMember, toZipSize, zipLimitBytes } from './zip.ts';
import type { ZipMember } from './zip.ts';

/** An entry of a list, with whom it concerns as the case knows them. */
export type ListRow = { readonly entry: Entry; readonly person: string | null };

export type ListForm = {
  readonly head: string;
  readonly toLines: (rows: readonly ListRow[]) => string;
};

export type ListNeeds = Pick<PackNeeds, 'findMatches' | 'signer'> & {
  readonly cases: Pick<CasesStore, 'rememberPeople'>;
  readonly listForms: Readonly<Record<'csv' | 'jsonl', ListForm>>;
  /** MUST throw when the export may not go on; asked before each page. */
  readonly requireStanding: () => Promise<void>;
  /** Hears how far it is, after each page. */
  readonly tell: (progress: Omit<ExportProgress, 'at'>) => Promise<void>;
};

export type ListAsked = {
  readonly opened: OpenedCase;
  readonly found: AuditExport & { readonly form: 'csv' | 'jsonl' };
  readonly summary: Omit<ManifestSummary, 'rows'>;
};

/** What leaves: `digest` (base64url SHA-256) is of the list itself, a file of the ZIP that `read` gives. */
export type List = {
  readonly digest: string;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly read: () => AsyncIterable<Uint8Array>;
};

type Reading = {
  readonly step: ExportProgress['step'];
  readonly nameAll: (personRefs: readonly string[]) => Promise<readonly string[]>;
};

const isText = (text: string | null): text is string => text !== null;

async function* readRows(needs: ListNeeds, { query, size }: AuditExport, { nameAll, step }: Reading): AsyncGenerator<readonly ListRow[]> {
  let read = 0;
  for await (const entries of needs.findMatches(query, size)) {
    await needs.requireStanding();
    const refs = [...new Set(entries.map(({ personRef }) => personRef).filter(isText))];
    const pseudonyms = await nameAll(refs);
    const names = new Map(refs.map((ref, at) => [ref, pseudonyms[at] ?? null]));
    yield entries.map((entry) => ({ entry, person: entry.personRef === null ? null : (names.get(entry.personRef) ?? null) }));
    read += entries.length;
    await needs.tell({ step, rows: read });
  }
}

async function* readBytes({ head, toLines }: ListForm, pages: AsyncIterable<readonly ListRow[]>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head);
  for await (const rows of pages) {
    yield Buffer.from(toLines(rows));
  }
}

type Measured = Pick<ZipMember, 'sizeBytes' | 'checksum'> & {
  readonly digest: string;
  readonly rows: number;
  readonly days: ReadonlyMap<string, number>;
};

async function measure(form: ListForm, pages: AsyncIterable<readonly ListRow[]>): Promise<Measured> {
  const days = new Map<string, number>();
  let [rows, sizeBytes, checksum] = [0, 0, 0];
  async function* count(): AsyncGenerator<readonly ListRow[]> {
    for await (const page of pages) {
      rows += page.length;
      page.map(({ entry }) => toTimestamp(entry.at).slice(0, 10)).forEach((day) => days.set(day, (days.get(day) ?? 0) + 1));
      yield page;
    }
  }
  const digest = createHash('sha256');
  for await (const bytes of readBytes(form, count())) {
    digest.update(bytes);
    checksum = crc32(bytes, checksum);
    sizeBytes += bytes.length;
  }
  return { digest: digest.digest('base64url'), rows, sizeBytes, checksum, days };
}

type Signed = { readonly summary: ListAsked['summary']; readonly name: string; readonly measured: Measured };

function toProvenance({ signer }: ListNeeds, { measured, name, summary }: Signed): readonly ZipMember[] {
  const { days, digest, rows, sizeBytes } = measured;
  const counted = [...days].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([day, count]) => ({ day, rows: count }));
  const manifest = toManifest({ ...summary, rows }, [{ name, bytes: sizeBytes, sha256: digest }], {
    format: 'huwiya-list/1',
    days: counted,
  });
  return [
    toZipMember({ name: 'provenance.json', bytes: Buffer.from(manifest) }),
    toZipMember({ name: 'provenance.jws', bytes: Buffer.from(signManifest(signer, manifest)) }),
  ];
}

export async function createList(
  needs: ListNeeds,
  { found, opened, summary }: ListAsked,
): Promise<Outcome<List, 'audit/export-too-large'>> {
  const form = needs.listForms[found.form];
  // Who comes up is remembered within the case, so that each can be followed; the second time everybody is known.
  const measured = await measure(
    form,
    readRows(needs, found, { step: 'prepare', nameAll: (refs) => toCasePseudonyms(needs, opened, refs) }),
  );
  const name = `entries.${found.form}`;
  const again: Reading = { step: 'send', nameAll: async (refs) => refs.map((ref) => toCasePseudonym(opened, ref)) };
  const read = (): AsyncIterable<Uint8Array> => readBytes(form, readRows(needs, found, again));
  const members = [...toProvenance(needs, { summary, name, measured }), { ...measured, name, read }];
  const sizeBytes = toZipSize(members);
  if (measured.rows > listLimit || sizeBytes > zipLimitBytes) {
    return refuse('audit/export-too-large', 'a list of this length opens nowhere');
  }
  return succeed({ digest: measured.digest, rows: measured.rows, sizeBytes, read: () => streamZip(members) });
}
