import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCheckpoint, parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { followKeys, getNewestKey, parseChainedCheckpoint, toKeyText, toTrusted } from '../../../src/domain/ledger/key-chain.ts';
import { createKeyChange, parseKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { createSharedNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { createSigner, sampleStart } from '../../support/ledger-samples.ts';

const name = 'id.example/ledger';
const [first, second, third, thief] = ['first', 'second', 'third', 'thief'].map((seed) => createSigner(name, seed));
if (first === undefined || second === undefined || third === undefined || thief === undefined) {
  throw new Error('the sample has four keys');
}
const toRoot = (size: number): Buffer => Buffer.alloc(32, size % 251);
const toDraft = (size: number) => ({ last: { size, root: toRoot(size) }, at: sampleStart, reason: 'planned' as const });
const changes = [createKeyChange(first, second, toDraft(100)), createKeyChange(second, third, toDraft(200))];
const sign = (signer: typeof first, size: number): string => createCheckpoint(signer, { size, root: toRoot(size) });

describe('the keys of a log', () => {
  test('AL-13: from any key that was trusted once, the chain leads to every other one', () => {
    for (const trusted of [first, second, third]) {
      const chain = getValue(followKeys(toVerifier(trusted), changes));
      expect(toVerifierText(getNewestKey(chain))).toBe(toVerifierText(toVerifier(third)));
      expect(toTrusted(chain).map(({ keyId, after, upTo }) => [keyId, after, upTo])).toEqual([
        [toVerifier(first).keyId, -1, 100],
        [toVerifier(second).keyId, 100, 200],
        [toVerifier(third).keyId, 200, Infinity],
      ]);
    }
    expect(followKeys(toVerifier(thief), changes).ok).toBe(false);
  });

  test('AL-13: a proof names the key that had to sign its checkpoint, whichever signs now', () => {
    const find = (own: typeof first, size: number): string => toKeyText(toVerifier(own), changes, size);
    const [one, two, three] = [first, second, third].map((signer) => toVerifierText(toVerifier(signer)));
    expect([0, 100, 101, 200, 201].map((size) => find(third, size))).toEqual([one, one, two, two, three]);
    expect(find(first, 201)).toBe(three);
    expect(toKeyText(toVerifier(thief), [], 7)).toBe(toVerifierText(toVerifier(thief)));
  });

  test('AL-13: what an earlier key signs beyond its end is refused, what it signed before stays good', () => {
    const chain = getValue(followKeys(toVerifier(first), changes));
    const isGood = (text: string): boolean => parseChainedCheckpoint(text, chain).ok;
    expect([sign(first, 99), sign(first, 100), sign(second, 101), sign(second, 200), sign(third, 201)].every(isGood)).toBe(true);
    expect([sign(first, 101), sign(second, 100), sign(second, 201), sign(third, 200), sign(thief, 201)].some(isGood)).toBe(false);
    expect(isGood(createCheckpoint(first, { size: 100, root: toRoot(1) }))).toBe(false);
  });

  it('is followed by whoever knows the old key alone for as long as both sign', () => {
    const text = `${name}\n150\n${toRoot(150).toString('base64')}\n`;
    const note = createSharedNote([second, first], text);
    expect([first, second].map((signer) => parseCheckpoint(note, [toVerifier(signer)]).ok)).toEqual([true, true]);
    expect(parseChainedCheckpoint(note, getValue(followKeys(toVerifier(first), changes))).ok).toBe(true);
  });

  it('is broken by a change that is missing, moved, unsigned by one of its keys, or damaged in one letter', () => {
    const trusted = toVerifier(first);
    const [one = '', two = ''] = changes;
    expect(followKeys(trusted, [two, one]).ok).toBe(false);
    expect(followKeys(trusted, [one, createKeyChange(first, third, toDraft(300))]).ok).toBe(false);
    expect(followKeys(trusted, [one, createKeyChange(second, third, toDraft(99))]).ok).toBe(false);
    const body = one.slice(0, one.indexOf('\n\n') + 1);
    expect([[first], [second], [first, thief]].map((signers) => parseKeyChange(createSharedNote(signers, body)).ok)).toEqual([
      false,
      false,
      false,
    ]);
    fc.assert(
      fc.property(fc.nat(one.length - 1), fc.constantFrom('a', '1', '\n', ' ', '+'), (at, letter) => {
        fc.pre(one[at] !== letter);
        expect(parseKeyChange(one.slice(0, at) + letter + one.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('is never taken for a checkpoint, nor a checkpoint for a change', () => {
    expect(parseCheckpoint(changes[0] ?? '', [toVerifier(first)]).ok).toBe(false);
    expect(parseKeyChange(sign(first, 5)).ok).toBe(false);
    expect(() => createKeyChange(first, first, toDraft(1))).toThrow('configuration/invalid');
    expect(() => createKeyChange(first, createSigner('other.example/ledger'), toDraft(1))).toThrow('configuration/invalid');
  });
});
