import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';
import { isEventType, sealEvent, toCommitment, toLeafBytes, toLeafHash, toPersonMask } from '../../../src/domain/ledger/event.ts';
import { createSeededRandom, sampleEvent, sampleStart } from '../../support/ledger-samples.ts';

/** `JSON.parse` gives nothing else. */
const isJson = (value: unknown): value is Json => value !== undefined;

const sealed = sealEvent({ clock: { now: () => sampleStart }, random: createSeededRandom('event') }, sampleEvent);

describe('a sealed event', () => {
  it('has a canonical body that carries its id, type, time and everything it tells', () => {
    const body: unknown = JSON.parse(sealed.body);
    expect(isJson(body) && toCanonicalJson(body)).toBe(sealed.body);
    expect(body).toEqual({
      id: sealed.id,
      at: sampleStart,
      type: 'consent.given',
      actor: { kind: 'person', ref: 'p-4f2a' },
      acted_by: 'self',
      service: 'mol-work-permit',
      purpose: 'permit-renewal',
      purpose_version: 1,
      record: 'rec-1',
      attributes: ['given_name', 'email'],
      reason: null,
      payload: { note: 'تجديد' },
    });
    expect(sealed).toMatchObject({ at: sampleStart, type: 'consent.given', service: 'mol-work-permit', personRef: 'p-4f2a' });
  });

  it('is committed to with 32 random bytes over the canonical form of body and person', () => {
    const body: unknown = JSON.parse(sealed.body);
    const preimage = isJson(body) ? toCanonicalJson({ body, person: toPersonMask(sealed) }) : '';
    const expected = createHash('sha256').update(Buffer.from(sealed.salt, 'base64url')).update(preimage).digest('base64url');
    expect(sealed.commitment).toBe(expected);
    expect(Buffer.from(sealed.salt, 'base64url')).toHaveLength(32);
    expect(toCommitment({ ...sealed, personRef: null })).not.toBe(expected);
    expect(toCommitment({ ...sealed, personRef: 'p-4f2b' })).not.toBe(expected);
  });

  it('enters the tree as commitment and id, and nothing else', () => {
    const leaf = Buffer.from(toLeafBytes(sealed)).toString();
    expect(leaf).toBe(`{"commitment":"${sealed.commitment}","id":"${sealed.id}","v":1}`);
    expect(Buffer.from(toLeafHash(sealed))).toEqual(createHash('sha256').update('\0').update(leaf).digest());
  });

  it('never shares salt or id with another event of the same words', () => {
    const random = createSeededRandom('many');
    const many = Array.from({ length: 50 }, () => sealEvent({ clock: { now: () => sampleStart }, random }, sampleEvent));
    expect(new Set(many.map((event) => event.salt)).size).toBe(50);
    expect(new Set(many.map((event) => event.id)).size).toBe(50);
    expect(new Set(many.map((event) => event.commitment)).size).toBe(50);
  });

  it('is of a type of the catalogue', () => {
    expect(isEventType('data.released')).toBe(true);
    expect(isEventType('toString')).toBe(false);
  });

  it('stands for its person by a mask that is the same in no other entry, so that two receipts cannot be brought together', () => {
    const needs = { clock: { now: () => sampleStart }, random: createSeededRandom('mask') };
    const [first, second] = [sealEvent(needs, sampleEvent), sealEvent(needs, sampleEvent)];
    expect(first.personRef).toBe(second.personRef);
    expect(toPersonMask(first)).not.toBe(toPersonMask(second));
    expect(toPersonMask({ ...first, personRef: null })).toBeNull();
    const key = Buffer.from(first.salt, 'base64url');
    expect(toPersonMask(first)).toBe(createHmac('sha256', key).update('person:p-4f2a').digest('base64url'));
  });
});
