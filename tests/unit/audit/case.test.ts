import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCaseKey, findCaseKey } from '../../../src/domain/audit/case-key.ts';
import { isCaseOver, isCasePseudonym, keyRetentionMs, toCasePseudonym, toKeyEnd } from '../../../src/domain/audit/case.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';

const createKey = () => createSecretKey(randomBytes(32));

describe('a case pseudonym', () => {
  it('is the same for one person within a case, and another one in every other case', () => {
    const [first, second] = [{ key: createKey() }, { key: createKey() }];
    const own = toCasePseudonym(first, 'person-1');
    expect([toCasePseudonym(first, 'person-1') === own, isCasePseudonym(own)]).toEqual([true, true]);
    expect(new Set([own, toCasePseudonym(first, 'person-2'), toCasePseudonym(second, 'person-1')]).size).toBe(3);
  });

  it('cannot be computed from the reference of a person without the key of the case', () => {
    const people = Array.from({ length: 200 }, (_, at) => `person-${at}`);
    const known = new Set(people.map((person) => toCasePseudonym({ key: createKey() }, person)));
    const guessed = people.map((person) => toCasePseudonym({ key: createSecretKey(Buffer.alloc(32)) }, person));
    expect(guessed.filter((pseudonym) => known.has(pseudonym))).toEqual([]);
  });

  it('is told from what somebody typed', () => {
    expect(['P-0123456789AB', 'P-0123456789AO', 'p-0123456789AB', 'P-0123456789ABC', '1012345672'].map(isCasePseudonym)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the key of a case', () => {
  const dataKey = createKey();
  const sealed = createCaseKey({ random: systemRandom, dataKey }, 'case-1');

  it('opens in its own case, and in no other', () => {
    expect(findCaseKey(dataKey, { id: 'case-1', sealedKey: sealed })?.symmetricKeySize).toBe(32);
    expect(() => findCaseKey(dataKey, { id: 'case-2', sealedKey: sealed })).toThrow('authenticate');
  });

  it('is no key any more once it was destroyed', () => {
    expect(findCaseKey(dataKey, { id: 'case-1', sealedKey: '' })).toBeUndefined();
  });

  it('goes 180 days after the case was closed, or came to its end', () => {
    expect(toKeyEnd({ endsAt: 1000, closedAt: null })).toBe(1000 + keyRetentionMs);
    expect(toKeyEnd({ endsAt: 1000, closedAt: 400 })).toBe(400 + keyRetentionMs);
    expect([isCaseOver({ endsAt: 1000, closedAt: null }, 999), isCaseOver({ endsAt: 1000, closedAt: null }, 1000)]).toEqual([false, true]);
  });
});
