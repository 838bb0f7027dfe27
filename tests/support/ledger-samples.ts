// Events, keys and time for tests of the ledger, all repeatable.

import { createPrivateKey, hash } from 'node:crypto';
import type { Clock } from '../../src/domain/kernel/clock.ts';
import type { Random } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { LedgerEvent, SealedEvent } from '../../src/domain/ledger/event.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';

/** Bytes that follow from a seed. */
export function createSeededRandom(seed: string): Random {
  let count = 0;
  return {
    bytes: (sizeBytes) => {
      const blocks: Buffer[] = [];
      for (let size = 0; size < sizeBytes; size += 32) {
        count += 1;
        blocks.push(hash('sha256', `${seed}/${count}`, 'buffer'));
      }
      return Buffer.concat(blocks).subarray(0, sizeBytes);
    },
  };
}

/** Advances by `step` milliseconds at each look. */
export function createSteppingClock(start: number, step: number): Clock {
  let now = start - step;
  return {
    now: () => {
      now += step;
      return now;
    },
  };
}

/** An Ed25519 key from a seed (RFC 8410 PKCS #8). */
export function createSigner(name: string, seed = name): NoteSigner {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return { name, key: createPrivateKey({ key: Buffer.concat([prefix, hash('sha256', seed, 'buffer')]), format: 'der', type: 'pkcs8' }) };
}

export const sampleStart = Date.UTC(2026, 0, 2, 3, 4, 5);

export const sampleEvent: LedgerEvent = {
  type: 'consent.given',
  personRef: 'p-4f2a',
  actor: { kind: 'person', ref: 'p-4f2a' },
  actedBy: 'self',
  service: 'mol-work-permit',
  purpose: 'permit-renewal',
  purposeVersion: 1,
  record: 'rec-1',
  attributes: ['given_name', 'email'],
  reason: null,
  payload: { note: 'تجديد' },
};

/** `count` events of one millisecond each, with ids that ascend. */
export function createSampleEvents(count: number, seed = 'sample'): readonly SealedEvent[] {
  const needs = { clock: createSteppingClock(sampleStart, 1), random: createSeededRandom(seed) };
  return Array.from({ length: count }, (_, at) =>
    sealEvent(needs, { ...sampleEvent, record: `rec-${at}`, personRef: at % 5 === 4 ? null : `p-${at % 3}` }),
  );
}
