// Asking for an export. A small one can be fetched at once; a large one waits for a second auditor of the case, and so
// do small ones that are large together.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { createUuid } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../../ledger/event.ts';
import type { CaseNeeds } from '../case-needs.ts';
import type { OpenedCase } from '../case.ts';
import { fetchableMs, listLimit, waitsMs } from './export.ts';
import type { AuditExport } from './export.ts';
import type { LedgerSearch } from './ledger-search.ts';
import { packEntryLimit } from './pack.ts';
import type { PackNeeds } from './pack.ts';
import { toQueryJson } from './query.ts';
import type { PackQuery } from './query.ts';
import { toScopedQuery } from './scope.ts';
import type { ExportsStore } from './store.ts';
import { findUnknown } from './take-pack.ts';
import type { UnknownNeeds } from './take-pack.ts';

export type AskNeeds = CaseNeeds &
  Pick<PackNeeds, 'findHead'> &
  Pick<LedgerSearch, 'countMatches'> &
  UnknownNeeds & {
    readonly exports: ExportsStore;
    /** Up to so many entries one auditor takes alone, within `aloneSpanMs`. */
    readonly aloneLimit: number;
  };

export type Asking = Pick<AuditExport, 'form' | 'query' | 'reason' | 'recipient' | 'askedBy'>;

type Told = { readonly type: Extract<EventType, `export.${string}`>; readonly by: string; readonly about: Pick<OpenedCase, 'number'> };

export function sealExportEvent(needs: SealNeeds, { about, by, type }: Told, { form, id, query, rows, size }: AuditExport): SealedEvent {
  const payload = { export: id, case: about.number, form, rows, size, query: toQueryJson(query) };
  return sealEvent(needs, { type, personRef: null, actor: { kind: 'officer', ref: by }, actedBy: null, payload });
}

/** `undefined` when there are more than the form holds. */
async function count(needs: AskNeeds, { form, query }: Pick<Asking, 'form' | 'query'>, size: number): Promise<number | undefined> {
  const limit = form === 'pack' ? packEntryLimit : listLimit;
  const rows = await needs.countMatches(query, { below: size, limit: limit + 1 });
  return rows > limit ? undefined : rows;
}

type Found = { readonly query: PackQuery; readonly rows: number; readonly size: number };

type AskRefusal = 'audit/export-outside' | 'audit/export-too-large' | 'audit/filter-unknown' | 'audit/case-ended';

async function find(needs: AskNeeds, opened: OpenedCase, asking: Asking): Promise<Outcome<Found, AskRefusal>> {
  const unknown = await findUnknown(needs, asking.query);
  const scoped = await toScopedQuery(needs, opened, asking.query);
  if (unknown.length > 0 || !scoped.ok) {
    return scoped.ok ? refuse('audit/filter-unknown', `the query names an unknown ${unknown.join(', ')}`) : scoped;
  }
  const size = (await needs.findHead())?.size ?? 0;
  const rows = await count(needs, { ...asking, query: scoped.value }, size);
  return rows === undefined
    ? refuse('audit/export-too-large', 'more entries than the form holds')
    : succeed({ query: scoped.value, rows, size });
}

export async function askExport(needs: AskNeeds, opened: OpenedCase, asking: Asking): Promise<Outcome<AuditExport, AskRefusal>> {
  const found = await find(needs, opened, asking);
  if (!found.ok) {
    return found;
  }
  const alone = await save(needs, opened, { ...asking, ...found.value, state: 'open' });
  const saved = alone === 'beyond-alone' ? await save(needs, opened, { ...asking, ...found.value, state: 'waiting' }) : alone;
  return typeof saved === 'string' ? refuse('audit/case-ended', opened.id) : succeed(saved);
}

type Wanted = Asking & Found & { readonly state: 'open' | 'waiting' };

async function save(needs: AskNeeds, opened: OpenedCase, wanted: Wanted): Promise<AuditExport | 'audit/case-ended' | 'beyond-alone'> {
  const askedAt = needs.clock.now();
  const asked: AuditExport = {
    ...wanted,
    id: createUuid(needs.random, askedAt),
    caseId: opened.id,
    askedAt,
    decidedBy: null,
    decidedAt: null,
    endsAt: askedAt + (wanted.state === 'open' ? fetchableMs : waitsMs),
  };
  const event = sealExportEvent(needs, { type: 'export.requested', by: wanted.askedBy, about: opened }, asked);
  const saved = await needs.exports.saveExport({ asked, event, aloneLimit: needs.aloneLimit });
  return saved === 'saved' ? asked : saved;
}
