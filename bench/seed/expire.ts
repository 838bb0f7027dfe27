// Records run out by themselves; the log is told soon afterwards, as the product tells it.

import { isStanding, toGranted } from '../../src/domain/consent/consent.ts';
import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import { toTimestamp } from '../../src/domain/kernel/clock.ts';
import { perform, seal, toKey, wait } from './life.ts';
import type { Life } from './life.ts';
import { drawBetween } from './dice.ts';

function tell(life: Life, consent: StoredConsent): void {
  const event = seal(life, {
    type: 'consent.expired',
    actor: { kind: 'system', ref: null },
    service: consent.clientId,
    purpose: consent.purposeId,
    purposeVersion: consent.purposeVersion,
    record: consent.id,
    attributes: toGranted(consent),
    payload: { expired_at: toTimestamp(consent.expiresAt), record_version: consent.version },
  });
  perform(life, { kind: 'expiry', told: { id: consent.id, version: consent.version, at: event.at, events: [event], outbox: [] } });
}

/** Unless the record moved on meanwhile. */
export function followEnd(life: Life, { clientId, expiresAt, purposeId, version }: StoredConsent): void {
  wait(life, expiresAt - life.now + drawBetween(life.dice, 1000, 60_000), (later) => {
    const now = later.records.get(toKey(clientId, purposeId));
    if (!later.isErased && now?.version === version && isStanding(now)) {
      tell(later, now);
    }
  });
}
