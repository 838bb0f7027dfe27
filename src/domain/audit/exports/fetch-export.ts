// Makes what an export holds and hands it out, once its entry is durable. Each time it is fetched is an entry of its own, with the digest of what left.

import { Fault, refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import type { CasesStore } from '../case-store.ts';
import { isCaseOver } from '../case.ts';
import type { OpenedCase } from '../case.ts';
import { createList } from './create-list.ts';
import type { List, ListNeeds } from './create-list.ts';
import { createPack } from './create-pack.ts';
import { isFetchable, keptMs } from './export.ts';
import type { AuditExport } from './export.ts';
import type { PackNeeds } from './pack.ts';
import { toQueryJson } from './query.ts';
import type { ManifestSummary } from './sign-pack.ts';
import type { ExportsStore } from './store.ts';

export type FetchNeeds = PackNeeds &
  Omit<ListNeeds, 'requireStanding'> & {
    readonly cases: Pick<CasesStore, 'findCase' | 'rememberPeople'>;
    readonly exports: Pick<ExportsStore, 'findExport'>;
    readonly record: (event: SealedEvent) => Promise<void>;
  };

/** The export as one file. */
export type Fetched = List;

type FetchRefusal = 'audit/export-settled' | 'audit/export-too-large' | 'ledger/unavailable';

function toSummary(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Omit<ManifestSummary, 'rows'> {
  const { askedBy, decidedBy, id, query, reason, recipient, size } = found;
  const createdAt = needs.clock.now();
  return {
    id,
    issuer: needs.signer.issuer,
    author: { kind: 'officer', ref: askedBy },
    approvedBy: decidedBy,
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

async function isStanding(needs: FetchNeeds, { caseId, id }: AuditExport): Promise<boolean> {
  const [found, paper] = await Promise.all([needs.exports.findExport(id), needs.cases.findCase(caseId)]);
  const now = needs.clock.now();
  return found !== undefined && isFetchable(found, now) && paper !== undefined && !isCaseOver(paper, now);
}

async function makePack(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Promise<Outcome<Fetched, FetchRefusal>> {
  const { approvedBy = null, expiresAt, openings, query, reason, receipts, recipient } = toSummary(needs, opened, found);
  const asked = { approvedBy, case: opened.number, expiresAt, openings, query, reason, receipts, recipient };
  const made = await createPack(needs, { kind: 'officer', ref: found.askedBy }, asked);
  if (!made.ok) {
    return made;
  }
  const { bytes, digest, rows } = made.value;
  return succeed({ digest, rows, sizeBytes: bytes.length, read: () => toChunks(bytes) });
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function make(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Promise<Outcome<Fetched, FetchRefusal>> {
  const { form } = found;
  if (form === 'pack') {
    return makePack(needs, opened, found);
  }
  const requireStanding = async (): Promise<void> => {
    if (!(await isStanding(needs, found))) {
      throw new Fault('audit/export-settled', found.id);
    }
  };
  return createList({ ...needs, requireStanding }, { opened, found: { ...found, form }, summary: toSummary(needs, opened, found) });
}

/**
 * `audit/export-settled` when it was called off, refused, not yet agreed to, or its time is over, also when that came while it was made. When it comes while the
 * file is read, reading throws a Fault of that code, and what left until then is no whole file.
 */
export async function fetchExport(needs: FetchNeeds, opened: OpenedCase, found: AuditExport): Promise<Outcome<Fetched, FetchRefusal>> {
  if (!isFetchable(found, needs.clock.now())) {
    return refuse('audit/export-settled', found.id);
  }
  if ((await needs.findHead()) === undefined) {
    return refuse('ledger/unavailable', 'what is read does not reach as far as the export yet');
  }
  const made = await make(needs, opened, found);
  if (!(await isStanding(needs, found))) {
    return refuse('audit/export-settled', found.id);
  }
  if (made.ok) {
    const { digest, rows } = made.value;
    const { form, id, query, size } = found;
    const payload = { what: form, export: id, case: opened.number, sha256: digest, query: toQueryJson(query), rows, size };
    const actor = { kind: 'officer', ref: found.askedBy } as const;
    await needs.record(sealEvent(needs, { type: 'export.created', personRef: null, actor, actedBy: null, payload }));
  }
  return made;
}
