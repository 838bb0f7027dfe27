// One entry with everything that opens and proves it: whoever sees it can check it without believing this server.

import type { ConsentStore } from '../consent/store.ts';
import { Fault, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toPersonMask } from '../ledger/event.ts';
import type { Entry, StoredCheckpoint } from '../ledger/store.ts';
import { getInclusionPath } from '../ledger/tiles.ts';
import { isInside } from './case-reach.ts';
import { findRecord } from './entry-body.ts';
import { recordLook, toListed } from './look.ts';
import { listMandated } from './mandate.ts';
import type { Looker, ListedEntry, LookNeeds } from './look.ts';
import type { Inside } from './questions/sight.ts';

export type ViewNeeds = LookNeeds & { readonly consents: Pick<ConsentStore, 'listDecisions'> };

export type ViewAsked = {
  readonly index: number;
  /** In which form the entry is handed out. */
  readonly form: 'page' | 'json' | 'proof-file' | 'text';
  /** The case that is looked through; absent outside any. */
  readonly inside?: Inside | null;
};

export type EntryView = {
  readonly entry: ListedEntry & Pick<Entry, 'body' | 'salt' | 'commitment'>;
  /** How the person stands in this entry and in no other; `null` when it concerns nobody, or was erased. */
  readonly person: string | null;
  /** How they stand in the case; `null` outside one, and when the entry concerns nobody, or was erased. */
  readonly pseudonym: string | null;
  /** RFC 9162 §2.1.3, base64url from the leaf up; `null` when the log cannot prove the entry: it is broken, or no checkpoint covers the index. */
  readonly proof: { readonly index: number; readonly size: number; readonly path: readonly string[] } | null;
  readonly checkpoint: StoredCheckpoint | null;
  /** The decisions of the same consent record that the case covers, this one included, oldest first. */
  readonly decisions: readonly ListedEntry[];
};

/** A record with more decisions than this is shown with the newest of them. */
const decisionLimit = 50;

async function findProof(needs: LookNeeds, index: number, checkpoint: StoredCheckpoint | undefined): Promise<EntryView['proof']> {
  if (checkpoint === undefined || index >= checkpoint.size) {
    return null;
  }
  try {
    const path = await getInclusionPath(needs.ledger, index, checkpoint.size);
    return { index, size: checkpoint.size, path: path.map((hash) => Buffer.from(hash).toString('base64url')) };
  } catch (thrown) {
    // A broken log can still be looked at, and has to be.
    if (thrown instanceof Fault && thrown.code === 'ledger/broken') {
      return null;
    }
    throw thrown;
  }
}

async function findDecisions(needs: ViewNeeds, body: string, inside: Inside | null): Promise<readonly ListedEntry[]> {
  const record = findRecord(body);
  const decisions = record === null ? [] : await needs.consents.listDecisions(record);
  const entries = await Promise.all(decisions.slice(-decisionLimit).map(({ eventId }) => needs.ledger.findEntryByEventId(eventId)));
  return entries
    .filter((entry) => entry !== undefined)
    .filter((entry) => isInside(inside, entry))
    .map(toListed);
}

function toView(found: Entry): Pick<EntryView, 'entry' | 'person'> {
  const { body, salt, personRef, commitment } = found;
  return { entry: { ...toListed(found), body, salt, commitment }, person: salt === null ? null : toPersonMask({ salt, personRef }) };
}

/** Remembered before it is handed out, so that it can be followed. */
async function findPseudonym(inside: Inside | null, { personRef, salt }: Entry): Promise<string | null> {
  if (inside === null || personRef === null || salt === null) {
    return null;
  }
  await inside.remember([personRef]);
  return inside.toPseudonym(personRef);
}

type Refusal = 'audit/entry-unknown' | 'audit/mandate' | 'audit/beyond-case';

async function findEntry(needs: ViewNeeds, by: Looker, { index, inside = null }: ViewAsked): Promise<Outcome<Entry, Refusal>> {
  const [found] = await needs.ledger.readEntries(index, index + 1);
  if (found === undefined) {
    return refuse('audit/entry-unknown', 'the log has no entry of this index');
  }
  const services = await listMandated(needs, by);
  if (services !== null && !services.some((service) => service === found.service)) {
    return refuse('audit/mandate', 'an entry of another agency, or of none');
  }
  return isInside(inside, found) ? succeed(found) : refuse('audit/beyond-case', 'an entry that the case does not cover');
}

export async function viewEntry(needs: ViewNeeds, by: Looker, asked: ViewAsked): Promise<Outcome<EntryView, Refusal>> {
  const entry = await findEntry(needs, by, asked);
  if (!entry.ok) {
    return entry;
  }
  const { index, form, inside = null } = asked;
  const found = entry.value;
  // Read after the entry, so that it covers the entry; one that others have seen is preferred to a newer one.
  const checkpoint = (await needs.witnessing?.findWitnessed(index + 1)) ?? (await needs.ledger.findCheckpoint());
  const proof = await findProof(needs, index, checkpoint);
  const decisions = await findDecisions(needs, found.body, inside);
  const pseudonym = await findPseudonym(inside, found);
  await recordLook(needs, by, { type: 'record.viewed', payload: { index, form, ...(inside === null ? {} : { case: inside.number }) } });
  return succeed({ ...toView(found), pseudonym, proof, checkpoint: checkpoint ?? null, decisions });
}
