// The port of consents as a life sees it: what it reads is the life's own memory, and what it saves becomes an act that waits to be written in its turn.

import { isStanding } from '../../src/domain/consent/consent.ts';
import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import type { ConsentNeeds } from '../../src/domain/consent/decide.ts';
import type { Notice } from '../../src/domain/consent/notice.ts';
import type { ConsentStore, Decision } from '../../src/domain/consent/store.ts';
import { append, mark, perform, toKey, toNeeds, wait } from './life.ts';
import type { Life } from './life.ts';
import { drawBetween, isLucky } from './dice.ts';
import { followEnd } from './expire.ts';
import { followDuty } from './service-answers.ts';

const notHere = (): never => {
  throw new TypeError('a life reads nothing but its own records');
};

/** The service is told at once, and once in a while cannot be reached. */
function deliver(life: Life, decision: Decision): void {
  const { change, clientId, id, purposeId } = decision.consent;
  for (const message of decision.outbox) {
    const isLost = isLucky(life.dice, 0.004);
    wait(life, isLost ? 604_000_000 : drawBetween(life.dice, 300, 20_000), (later) => {
      append(later, {
        type: isLost ? 'set.failed' : 'set.delivered',
        actor: { kind: 'system', ref: null },
        actedBy: null,
        service: clientId,
        purpose: purposeId,
        record: id,
        payload: { jti: message.id, event: `consent-${change}`, ...(isLost ? { failure: 'status-503' } : {}) },
      });
    });
  }
}

/** Each process hands over a text once. */
function findUntold({ country: { toldNotices } }: Life, notice: Notice | null): Notice | null {
  if (notice === null || toldNotices.has(notice.digest)) {
    return null;
  }
  toldNotices.add(notice.digest);
  return notice;
}

/** What was shown once is known; what is sent to services is sent at once, and not kept to be sent again. */
function keep(life: Life, decision: Decision): void {
  const { consent, notice } = decision;
  perform(life, { kind: 'decision', decision: { ...decision, outbox: [], notice: findUntold(life, notice) } });
  const before = life.records.get(toKey(consent.clientId, consent.purposeId));
  const kept: StoredConsent = { ...consent, uses: before?.uses ?? 0, lastUsedAt: before?.lastUsedAt ?? null };
  life.records.set(toKey(consent.clientId, consent.purposeId), kept);
  if (isStanding(kept)) {
    followEnd(life, kept);
  }
  deliver(life, decision);
  decision.duties.forEach((duty) => followDuty(life, duty));
}

/** `group`: to which planted group the entry of the decision belongs. */
export function toConsentNeeds(life: Life, group?: string): ConsentNeeds {
  const consents: ConsentStore = {
    saveDecision: async (decision) => {
      const [event] = decision.events;
      if (event !== undefined) {
        mark(life, event, group);
      }
      keep(life, decision);
      return 'saved';
    },
    findConsentFor: async (_personId, clientId, purposeId) => life.records.get(toKey(clientId, purposeId)),
    findConsent: notHere,
    listOfSubjects: notHere,
    listStandingOf: notHere,
    listConsents: notHere,
    listReceipts: notHere,
    listDecisions: notHere,
    findReceipt: notHere,
    readRecords: notHere,
    readRecord: notHere,
    countRecords: notHere,
    listUntold: notHere,
    tellExpiry: notHere,
    findNotice: notHere,
    findNoticeIn: notHere,
  };
  return { ...toNeeds(life), signer: life.country.signer, consents };
}
