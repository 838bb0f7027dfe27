// A recovery at a counter: one officer opens it with what they saw in presence; another one looks for themselves and agrees, and only then a code is there.
// Neither may bear the name of the person: of an officer no more is known here.

import type { KeyObject } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Millis } from '../kernel/clock.ts';
import { createToken, createUuid, toDigest } from '../kernel/ids.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { StoredPerson } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';
import { evidenceSchema, isSeenInPresence } from '../proofing/evidence.ts';
import type { Evidence } from '../proofing/evidence.ts';
import { isHolder } from '../proofing/holder.ts';
import type { SeenDocument } from '../proofing/holder.ts';
import { sealProofing } from '../proofing/proofing.ts';
import type { Officer } from '../staff/officer.ts';
import { foldName, isSameName, toSpellings } from '../staff/spellings.ts';
import { createNotices } from './channels.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { toRecoveryCodeDigest } from './code.ts';
import type { RecoveryNeeds } from './needs.ts';
import { approvalLifeMs, bindingLifeMs, statusesByWay } from './recovery.ts';
import type { Recovery } from './recovery.ts';
import { sealRecovery, toSealEnd } from './seal.ts';

export type CounterAsked = SeenDocument & {
  readonly person: StoredPerson;
  readonly officer: Pick<Officer, 'id' | 'name'>;
  /** With which the officer confirmed this very act. */
  readonly passkeyId: string;
};

const toOwner = ({ registryDigest }: StoredPerson, id: string): string => `${registryDigest}\nrecovery\n${id}`;

/** Each spelling of the officer’s name beside every form of the person’s. */
function isOwnName(needs: { readonly dataKey: KeyObject }, person: StoredPerson, name: string): boolean {
  const data = getPersonalData(needs, person);
  const read = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
  const forms = ['#ar', '#en', ''].flatMap((tag) => [read(`name${tag}`), `${read(`given_name${tag}`)} ${read(`family_name${tag}`)}`]);
  const known = new Set(forms.map(foldName));
  return [name, ...toSpellings(name)].some((spelling) => known.has(foldName(spelling)));
}

type Refusal = 'recovery/own-identity' | 'recovery/not-in-presence' | 'proofing/holder-differs';

function findObstacle(needs: RecoveryNeeds, { person, officer, evidence, birth }: CounterAsked): Refusal | undefined {
  if (isOwnName(needs, person, officer.name)) {
    return 'recovery/own-identity';
  }
  if (!isSeenInPresence(evidence)) {
    return 'recovery/not-in-presence';
  }
  return isHolder(needs, person, { evidence, birth }) ? undefined : 'proofing/holder-differs';
}

const untouched = {
  way: 'counter',
  state: 'begun',
  readyAt: null,
  preparedAt: null,
  codeDigest: null,
  codeUntil: null,
  destinationDigest: null,
  endedAt: null,
  endReason: null,
} as const;

export async function openAtCounter(
  needs: RecoveryNeeds,
  asked: CounterAsked,
): Promise<Outcome<Recovery, Refusal | 'store/conflict' | 'freeze/ordered' | 'person/unknown'>> {
  const { person, officer, passkeyId, evidence } = asked;
  const begunStatus = statusesByWay.counter.find((status) => status === person.status);
  const obstacle = begunStatus === undefined ? 'person/unknown' : findObstacle(needs, asked);
  if (begunStatus === undefined || obstacle !== undefined) {
    return refuse(obstacle ?? 'person/unknown', 'status, name or evidence');
  }
  const at = needs.clock.now();
  const id = createUuid(needs.random, at);
  const cancelToken = createToken(needs.random);
  const begun = { id, personId: person.id, begunStatus, begunAt: at, expiresAt: at + approvalLifeMs } as const;
  const seen = sealData(needs, toOwner(person, id), { evidence });
  const opening = { openedBy: officer.id, openedWith: passkeyId, seen } as const;
  const recovery: Recovery = { ...untouched, ...begun, ...opening, cancelDigest: toDigest(cancelToken) };
  const actor = { kind: 'officer', ref: officer.id } as const;
  const saved = await needs.recoveries.saveOpened({
    recovery,
    events: [sealRecovery(needs, { ...recovery, type: 'recovery.begun', actor })],
    messages: createNotices(needs, person, (channel) =>
      needs.letters.toBegun(person, channel, { way: 'counter', at, readyAt: null, cancelToken }),
    ),
    sealEnd: toSealEnd(needs),
  });
  return saved === 'saved' ? succeed(recovery) : refuse(saved, 'one is open, or the status changed');
}

/** What tells one document from another: its kind, its country, the end of its number, and the day on which it ends, which no screen shows. */
function isSameDocument(one: Evidence, other: Evidence): boolean {
  const toKey = ({ document_details: { type, document_number: number, date_of_expiry: end, issuer } }: Evidence): string =>
    [type, number, end ?? '', issuer.country_code].join(' ');
  return toKey(one) === toKey(other);
}

export type ApprovalAsked = CounterAsked & {
  readonly trustFramework: string;
  /** Of the officer who opened it: neither spelling of it may be one of whoever agrees. */
  readonly openerName: string;
};

export type Approved = { readonly code: string; readonly until: Millis };

export type ApprovalRefusal = Refusal | 'recovery/own' | 'recovery/over' | 'recovery/evidence-differs';

function findApprovalObstacle(needs: RecoveryNeeds, asked: ApprovalAsked, recovery: Recovery): ApprovalRefusal | undefined {
  const { person, officer, evidence } = asked;
  if (recovery.openedBy === officer.id || isSameName(asked.openerName, officer.name)) {
    return 'recovery/own';
  }
  const obstacle = findObstacle(needs, asked);
  if (obstacle !== undefined || recovery.seen === null) {
    return obstacle ?? 'recovery/over';
  }
  const { evidence: first } = unsealData(needs.dataKey, toOwner(person, recovery.id), recovery.seen);
  return isSameDocument(evidenceSchema.parse(first), evidence) ? undefined : 'recovery/evidence-differs';
}

export async function approveAtCounter(
  needs: RecoveryNeeds,
  recovery: Recovery,
  asked: ApprovalAsked,
): Promise<Outcome<Approved, ApprovalRefusal>> {
  const obstacle = findApprovalObstacle(needs, asked, recovery);
  if (obstacle === 'recovery/evidence-differs') {
    // One try: whoever could go on would find out what the first officer wrote.
    const ended = await saveRefused(needs, recovery, { officerId: asked.officer.id, reason: 'evidence' });
    return refuse(ended ? obstacle : 'recovery/over', 'two documents');
  }
  if (obstacle !== undefined) {
    return refuse(obstacle, 'officer, name or evidence');
  }
  const { person, officer, passkeyId, evidence, trustFramework } = asked;
  const at = needs.clock.now();
  const id = createUuid(needs.random, at);
  const by = { kind: 'officer', ref: officer.id } as const;
  const seen = { id, personId: person.id, at, isHigh: true, trustFramework, assuranceLevel: 'high', evidence: [evidence], by };
  const code = createOneTimeCode(needs.random);
  const until = at + bindingLifeMs;
  const saved = await needs.recoveries.saveApproved({
    approval: { recoveryId: recovery.id, officerId: officer.id, passkeyId, proofingId: id, approvedAt: at },
    proofing: sealProofing(needs, person, seen),
    codeDigest: toRecoveryCodeDigest(needs.lookupKey, code),
    codeUntil: until,
    events: [sealRecovery(needs, { ...recovery, type: 'recovery.approved', actor: by })],
    sealEnd: toSealEnd(needs),
  });
  return saved === 'saved' ? succeed({ code, until }) : refuse(saved, 'store');
}

type EndNeeds = Pick<RecoveryNeeds, 'clock' | 'random' | 'recoveries'>;
type Refused = { readonly officerId: string; readonly reason: 'officer' | 'evidence' };

async function saveRefused(needs: EndNeeds, recovery: Recovery, { officerId, reason }: Refused): Promise<boolean> {
  const actor = { kind: 'officer', ref: officerId } as const;
  const event = sealRecovery(needs, { ...recovery, type: 'recovery.refused', actor, reason });
  return needs.recoveries.saveEnd({ recoveryId: recovery.id, state: 'refused', reason, at: event.at, event });
}

/** Either officer, or any registrar who sees that something is wrong. */
export async function refuseAtCounter(needs: EndNeeds, recovery: Recovery, officerId: string): Promise<Outcome<Recovery, 'recovery/over'>> {
  return (await saveRefused(needs, recovery, { officerId, reason: 'officer' }))
    ? succeed(recovery)
    : refuse('recovery/over', 'it ended before');
}
