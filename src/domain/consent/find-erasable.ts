// What a person may ask an agency to erase: whatever it may have been sent under a record, in any version of it, and does not owe an answer about already.

import { isAnswered } from '../duties/duty.ts';
import type { Duty } from '../duties/duty.ts';
import { toGranted } from './consent.ts';
import type { Consent, Usage } from './consent.ts';

/** A refusal or an expiry leaves the record without what it granted before: its versions still tell. */
export type PastVersion = Pick<Consent, 'version' | 'state' | 'attributes' | 'decidedAt'>;

export type ErasableFacts = {
  /** Of the record. The count begins anew with each renewal; the time of the last use does not. */
  readonly usage: Pick<Usage, 'lastUsedAt'>;
  readonly versions: readonly PastVersion[];
  /** Those of this record. */
  readonly duties: readonly Pick<Duty, 'state' | 'attributes' | 'version' | 'createdAt'>[];
};

const releasing = new Set(['given', 'notified']);

function isErasable(name: string, lastUsedAt: number, { versions, duties }: ErasableFacts): boolean {
  const about = duties.filter(({ attributes }) => attributes.includes(name));
  if (about.some((duty) => !isAnswered(duty))) {
    return false;
  }
  // What was erased can be asked for again once it may have been sent again.
  const erased = about.filter(({ state }) => state === 'erased');
  const from = Math.max(0, ...erased.map(({ version }) => version));
  const isUsedSince = erased.every(({ createdAt }) => createdAt < lastUsedAt);
  return isUsedSince && versions.some((granted) => granted.version >= from && toGranted(granted).includes(name));
}

/** Names, in the order in which they were first granted. */
export function findErasable(facts: ErasableFacts): readonly string[] {
  const { lastUsedAt } = facts.usage;
  if (lastUsedAt === null) {
    return [];
  }
  const versions = facts.versions.filter(({ state, decidedAt }) => releasing.has(state) && decidedAt <= lastUsedAt);
  const names = new Set(versions.flatMap((granted) => toGranted(granted)));
  return [...names].filter((name) => isErasable(name, lastUsedAt, { ...facts, versions }));
}
