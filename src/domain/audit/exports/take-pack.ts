// Whoever takes a pack leaves an entry that names it by its digest, and nothing is handed out before that entry is there. The entry holds names that are
// registered, and no word that somebody typed: those stand in the manifest, which the digest fixes.

import type { AgenciesStore } from '../../agencies/store.ts';
import type { ConsentStore } from '../../consent/store.ts';
import { refuse } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { isEventType, sealEvent } from '../../ledger/event.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import { findUnknownMembers } from '../filter.ts';
import type { Looker } from '../look.ts';
import { createPack } from './create-pack.ts';
import type { Pack, PackAsked, PackNeeds } from './pack.ts';
import { toQueryJson } from './query.ts';
import type { PackQuery } from './query.ts';

export type TakePackNeeds = Omit<PackNeeds, 'agencies'> & {
  readonly agencies: Pick<AgenciesStore, 'findPurposeVersion' | 'findService' | 'listPurposes' | 'listServices'>;
  /** MUST resolve only when the event is durable, and throw Fault `ledger/unavailable` or `store/unavailable` when it cannot be. */
  readonly record: (event: SealedEvent) => Promise<void>;
  /** Up to so many entries one person takes alone. */
  readonly aloneLimit: number;
};

export type UnknownNeeds = {
  readonly agencies: Parameters<typeof findUnknownMembers>[0];
  readonly consents: Pick<ConsentStore, 'readRecord'>;
};

/** What the query names and nobody knows. */
export async function findUnknown(needs: UnknownNeeds, query: PackQuery): Promise<readonly string[]> {
  const { attribute, purpose, record, service, types } = query;
  const members = await findUnknownMembers(needs.agencies, {
    ...(attribute === null ? {} : { attribute }),
    ...(purpose === null ? {} : { purpose }),
    ...(service === null ? {} : { service }),
  });
  const isRecordUnknown = record !== null && (await needs.consents.readRecord(record)) === undefined;
  return [...members, ...(isRecordUnknown ? ['record'] : []), ...(types?.every(isEventType) === false ? ['type'] : [])];
}

export async function takePack(
  needs: TakePackNeeds,
  by: Looker,
  asked: PackAsked,
): Promise<Outcome<Pack, 'audit/filter-unknown' | 'audit/export-too-large' | 'ledger/unavailable'>> {
  const unknown = await findUnknown(needs, asked.query);
  if (unknown.length > 0) {
    return refuse('audit/filter-unknown', `the query names an unknown ${unknown.join(', ')}`);
  }
  const made = await createPack(needs, by, asked);
  if (!made.ok) {
    return made;
  }
  const { digest, id, opened, rows, size } = made.value;
  if (opened > needs.aloneLimit) {
    return refuse(
      'audit/export-too-large',
      `more than ${needs.aloneLimit} entries take two auditors: ask for the file in the case, at the desk`,
    );
  }
  const { openings, query, receipts } = asked;
  const payload = { what: 'pack', pack: id, sha256: digest, case: asked.case, query: toQueryJson(query), openings, receipts, rows, size };
  await needs.record(sealEvent(needs, { type: 'export.created', personRef: null, actor: by, actedBy: null, payload }));
  return made;
}
