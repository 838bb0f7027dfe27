// The code came back from the person's own channel. What follows is decided by what is stored: a recovery begins, or goes on waiting, or, once the waiting time
// is over, may bind a passkey. Which page it was typed on says nothing.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDestinationDigest } from '../declared/code.ts';
import type { Millis } from '../kernel/clock.ts';
import { createToken, createUuid, toDigest } from '../kernel/ids.ts';
import type { StoredPerson } from '../people/person.ts';
import { createDueLetter, createNotices, findProvenEmail } from './channels.ts';
import { createOneTimeCode, findOneTimeCode } from '../kernel/one-time-code.ts';
import { toRecoveryCodeDigest } from './code.ts';
import type { RecoveryNeeds } from './needs.ts';
import { begunLimit, bindingLifeMs, lateMs, refusedPauseMs, statusesByWay } from './recovery.ts';
import type { Recovery } from './recovery.ts';
import { sealRecovery, toSealEnd } from './seal.ts';
import type { ChannelCode } from './store.ts';

export type GivenCode =
  | { readonly next: 'wait'; readonly readyAt: Millis; readonly isNew: boolean }
  /** Bind a passkey with this code. */
  | { readonly next: 'bind'; readonly code: string };

export type GivenCodeRefusal = 'recovery/code-wrong' | 'recovery/counter-only' | 'recovery/over' | 'store/conflict';

type Holder = { readonly channelCode: ChannelCode; readonly person: StoredPerson };

async function findHolder(needs: RecoveryNeeds, text: string): Promise<Holder | undefined> {
  const code = findOneTimeCode(text);
  const digest = toRecoveryCodeDigest(needs.lookupKey, code ?? '');
  const channelCode = await needs.recoveries.findCode(digest, needs.clock.now());
  const person = channelCode && (await needs.people.findPerson(channelCode.personId));
  if (channelCode === undefined || person === undefined) {
    return undefined;
  }
  const email = findProvenEmail(needs, person) ?? '';
  // The address may have changed while the letter was on its way.
  return toDestinationDigest(needs.lookupKey, 'email', email) === channelCode.destinationDigest ? { channelCode, person } : undefined;
}

/** A code for binding that was made already, as at a counter, is no code of a channel: the caller tries that first. */
export async function giveCode(needs: RecoveryNeeds, text: string): Promise<Outcome<GivenCode, GivenCodeRefusal>> {
  const holder = await findHolder(needs, text);
  if (holder === undefined) {
    return refuse('recovery/code-wrong', 'no code of a channel');
  }
  const open = await needs.recoveries.listOpen(holder.person.id, needs.clock.now());
  const waiting = open.find(({ way }) => way === 'waiting');
  if (waiting === undefined) {
    return begin(needs, holder);
  }
  return (waiting.readyAt ?? 0) > needs.clock.now() ? goOnWaiting(needs, holder, waiting) : prepare(needs, holder, waiting);
}

async function goOnWaiting(
  needs: RecoveryNeeds,
  { channelCode }: Holder,
  { readyAt }: Recovery,
): Promise<Outcome<GivenCode, GivenCodeRefusal>> {
  const isSpent = await needs.recoveries.spendCode(channelCode.digest, needs.clock.now());
  return isSpent ? succeed({ next: 'wait', readyAt: readyAt ?? 0, isNew: false }) : refuse('recovery/code-wrong', 'used meanwhile');
}

async function begin(needs: RecoveryNeeds, { channelCode, person }: Holder): Promise<Outcome<GivenCode, GivenCodeRefusal>> {
  const now = needs.clock.now();
  const begunStatus = statusesByWay.waiting.find((status) => status === person.status);
  if (begunStatus === undefined) {
    return refuse('recovery/code-wrong', 'status');
  }
  const begunBefore = await needs.recoveries.countBegun(person.id, now - begunLimit.withinMs);
  if (begunBefore >= begunLimit.most || (await needs.recoveries.wasDenied(person.id, now - refusedPauseMs))) {
    return refuse('recovery/counter-only', 'begun too often, or refused with a passkey');
  }
  const cancelToken = createToken(needs.random);
  const readyAt = now + needs.waitMs;
  const recovery = createWaiting(
    { id: createUuid(needs.random, now), personId: person.id, begunStatus, begunAt: now, readyAt },
    cancelToken,
    channelCode,
  );
  const saved = await needs.recoveries.saveBegun({
    recovery,
    channelCode: channelCode.digest,
    events: [sealRecovery(needs, { ...recovery, type: 'recovery.begun' })],
    messages: [
      ...createNotices(needs, person, (channel) =>
        needs.letters.toBegun(person, channel, { way: 'waiting', at: now, readyAt, cancelToken }),
      ),
      ...createDueLetter(needs, person, { id: recovery.id, readyAt, words: needs.letters.toDue(person, recovery.expiresAt) }),
    ],
    sealEnd: toSealEnd(needs),
  });
  return saved === 'saved' ? succeed({ next: 'wait', readyAt, isNew: true }) : refuse(saved, 'begun or used meanwhile');
}

type Beginning = Pick<Recovery, 'id' | 'personId' | 'begunStatus' | 'begunAt'> & { readonly readyAt: Millis };

function createWaiting(beginning: Beginning, cancelToken: string, { destinationDigest }: ChannelCode): Recovery {
  return {
    ...beginning,
    way: 'waiting',
    state: 'waiting',
    expiresAt: beginning.readyAt + lateMs,
    preparedAt: null,
    codeDigest: null,
    codeUntil: null,
    destinationDigest,
    cancelDigest: toDigest(cancelToken),
    openedBy: null,
    openedWith: null,
    seen: null,
    endedAt: null,
    endReason: null,
  };
}

async function prepare(needs: RecoveryNeeds, { channelCode }: Holder, recovery: Recovery): Promise<Outcome<GivenCode, GivenCodeRefusal>> {
  if (recovery.destinationDigest !== channelCode.destinationDigest) {
    return refuse('recovery/over', 'the channel is another one than at the beginning');
  }
  const code = createOneTimeCode(needs.random);
  const at = needs.clock.now();
  const saved = await needs.recoveries.savePrepared({
    recoveryId: recovery.id,
    channelCode: channelCode.digest,
    codeDigest: toRecoveryCodeDigest(needs.lookupKey, code),
    codeUntil: at + bindingLifeMs,
    at,
    events: [sealRecovery(needs, { ...recovery, type: 'recovery.ready' })],
  });
  return saved === 'saved' ? succeed({ next: 'bind', code }) : refuse(saved, 'over or used meanwhile');
}
