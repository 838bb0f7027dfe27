// Makes what an export holds and hands it out, once its entry is durable. Each time it is fetched is an entry of its own, with the digest of what left.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { toDigest } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import type { Entry } from '../../ledger/store.ts';
import type { CaseNeeds } from '../case-needs.ts';
import { toCasePseudonyms } from '../case-people.ts';
import type { OpenedCase } from '../case.ts';
import { createPack } from './create-pack.ts';
import { isFetchable, keptMs } from './export.ts';
import type { AuditExport } from './export.ts';
import type { PackNeeds } from './pack.ts';
import { signManifest, toManifest } from './sign-pack.ts';
import type { ManifestSummary } from './sign-pack.ts';
import type { ExportsStore } from './store.ts';
import { toZip } from './zip.ts';

/** An entry of a list, with whom it concerns as the case knows them. */
export type ListRow = { readonly entry: Entry; readonly person: string | null };

export type FetchNeeds = PackNeeds &
  Pick<CaseNeeds, 'cases'> & {
    readonly exports: Pick<ExportsStore, 'findExport'>;
    readonly record: (event: SealedEvent) => Promise<void>;
    /** The rows in the form of the file, with its head. */
    readonly renderList: (form: 'csv' | 'jsonl', rows: readonly ListRow[]) => string;
  };

export type Fetched = { readonly bytes: Buffer; readonly digest: string; readonly rows: number };

type FetchRefusal = 'audit/export-settled' | 'audit/export-too-large' | 'ledger/unavailable';

async function readRows(needs: FetchNeeds, opened: OpenedCase, { query, size }: AuditExport): Promise<readonly ListRow[]> {
  const rows: ListRow[] = [];
  for await (const entries of needs.findMatches(query, size)) {
    const refs = [...new Set(entries.flatMap(({ personRef }) => (personRef === null ? [] : [personRef])))];
    const pseudonyms = await toCasePseudonyms(needs, opened, refs);
    const names = new Map(refs.map((ref, at) => [ref, pseudonyms[at] ?? null]));
    rows.push(...entries.map((entry) => ({ entry, person: entry.personRef === null ? null : (names.get(entry.personRef) ?? null) })));
  }
  return rows;
}

function toSummary(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Omit<ManifestSummary, 'rows'> {
  const { askedBy, id, query, reason, recipient, size } = found;
  const createdAt = needs.clock.now();
  return {
    id,
    issuer: needs.signer.issuer,
    author: { kind: 'officer', ref: askedBy },
    case: opened.number,
    query,
    reason,
    recipient,
    openings: 'matching',
    receipts: 'withheld',
    createdAt,
    expiresAt: createdAt + keptMs,
    size,
  };
}

/** A ZIP file of the list and its signed provenance. */
async function createList(
  needs: FetchNeeds,
  opened: OpenedCase,
  found: AuditExport & { readonly form: 'csv' | 'jsonl' },
): Promise<Fetched> {
  const rows = await readRows(needs, opened, found);
  const files = [{ name: `entries.${found.form}`, bytes: Buffer.from(needs.renderList(found.form, rows)) }];
  const manifest = toManifest({ ...toSummary(needs, opened, found), rows: rows.length }, files, 'huwiya-list/1');
  const signed = [
    { name: 'provenance.json', bytes: Buffer.from(manifest) },
    { name: 'provenance.jws', bytes: Buffer.from(signManifest(needs.signer, manifest)) },
  ];
  const bytes = toZip([...files, ...signed]);
  return { bytes, digest: toDigest(bytes), rows: rows.length };
}

async function make(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Promise<Outcome<Fetched, FetchRefusal>> {
  const { form } = found;
  if (form !== 'pack') {
    return succeed(await createList(needs, opened, { ...found, form }));
  }
  const { expiresAt, openings, query, reason, receipts, recipient } = toSummary(needs, opened, found);
  const asked = { case: opened.number, expiresAt, openings, query, reason, receipts, recipient };
  return createPack(needs, { kind: 'officer', ref: found.askedBy }, asked);
}

/** `audit/export-settled` when it was called off, refused, not yet agreed to, or its time is over, also when that came while it was made. */
export async function fetchExport(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Promise<Outcome<Fetched, FetchRefusal>> {
  if (!isFetchable(found, needs.clock.now())) {
    return refuse('audit/export-settled', found.id);
  }
  const made = await make(needs, opened, found);
  const still = await needs.exports.findExport(found.id);
  if (still === undefined || !isFetchable(still, needs.clock.now())) {
    return refuse('audit/export-settled', found.id);
  }
  if (made.ok) {
    const { digest, rows } = made.value;
    const payload = { what: found.form, export: found.id, case: opened.number, sha256: digest, rows, size: found.size };
    const actor = { kind: 'officer', ref: found.askedBy } as const;
    await needs.record(sealEvent(needs, { type: 'export.created', personRef: null, actor, actedBy: null, payload }));
  }
  return made;
}
