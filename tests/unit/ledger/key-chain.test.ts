import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCheckpoint, parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { followKeys, getNewestKey, parseChainedCheckpoint, toKeyText, toTrusted } from '../../../src/domain/ledger/key-chain.ts';
import { createKeyChange, parseKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { rotateLogKey } from '../../../src/domain/ledger/rotate-log-key.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { createSharedNote, parseNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../../src/domain/ledger/signed-note.ts';
import { createSampleEvents, createSeededRandom, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

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

describe('a change of the key', () => {
  const clock = createSteppingClock(sampleStart, 1);
  const [from, next] = [first, second];
  const open = async (count: number) => {
    const store = createMemoryLedgerStore();
    await store.append(createSampleEvents(count));
    await sequenceAll({ store, signer: from, clock: createSteppingClock(sampleStart, 1) });
    return { store, clock: { now: () => sampleStart }, random: createSeededRandom('rotation'), held: [from], next };
  };

  it('is a statement that both keys sign and an entry of an operator that tells of it', async () => {
    const needs = await open(5);
    const statement = await rotateLogKey(needs, 'compromised');
    const root = (await needs.store.findCheckpoint())?.root ?? '';
    expect(getValue(parseKeyChange(statement))).toMatchObject({
      last: { size: 5, root: Buffer.from(root, 'base64url') },
      at: sampleStart,
      reason: 'compromised',
    });
    const [entry] = needs.store.rows.pending;
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({
      type: 'key.log_rotated',
      actor: { kind: 'operator', ref: null },
      acted_by: null,
      payload: {
        from: toVerifier(from).keyId,
        to: toVerifier(next).keyId,
        last_size: 5,
        reason: 'compromised',
        statement_sha256: hash('sha256', statement, 'base64url'),
      },
    });
    expect([needs.store.rows.keyChanges, entry?.personRef]).toEqual([[statement], null]);
  });

  it('is refused, and nothing is stored, over a log that is broken, never signed, or signed by a key that is not held', async () => {
    const [cut, other] = await Promise.all([open(5), open(5)]);
    cut.store.rows.entries.pop();
    const unsigned = { ...other, store: createMemoryLedgerStore() };
    await expect(rotateLogKey(cut, 'planned')).rejects.toThrow(
      'ledger/broken: the number of entries is not the size of the last checkpoint',
    );
    await expect(rotateLogKey(unsigned, 'planned')).rejects.toThrow('ledger/broken: nothing has been signed yet');
    await expect(rotateLogKey({ ...other, held: [] }, 'planned')).rejects.toThrow('configuration/invalid');
    for (const { store } of [cut, other, unsigned]) {
      expect([store.rows.keyChanges, store.rows.pending]).toEqual([[], []]);
    }
  });

  it('lets the key that ends sign along after a planned change, for as long as it is held', async () => {
    const change = async (reason: 'planned' | 'compromised', others: readonly NoteSigner[]): Promise<readonly string[]> => {
      const store = createMemoryLedgerStore();
      await store.append(createSampleEvents(1));
      await sequenceAll({ store, signer: from, clock });
      await rotateLogKey({ store, clock, random: createSeededRandom('rotation'), held: [from], next }, reason);
      const { checkpoint } = await sequenceAll({ store, signer: next, others, clock });
      const note = parseNote(checkpoint?.text ?? '');
      return note.ok ? note.value.signatures.map(({ keyId }) => keyId) : [];
    };
    const [ending, own] = [from, next].map((each) => toVerifier(each).keyId);
    expect(await change('planned', [from])).toEqual([own, ending]);
    expect(await change('planned', [])).toEqual([own]);
    expect(await change('compromised', [from])).toEqual([own]);
  });

  it('goes on only under its own key', async () => {
    const store = createMemoryLedgerStore();
    await sequenceAll({ store, signer: from, clock });
    await rotateLogKey({ store, clock, random: createSeededRandom('rotation'), held: [from], next }, 'planned');
    await expect(sequenceAll({ store, signer: from, clock })).rejects.toThrow(
      'configuration/invalid: the key that signs the log is not among the key files of this node',
    );
  });

  it('is said in words that tell what is wrong', () => {
    const [one = ''] = changes;
    const body = one.slice(0, one.indexOf('\n\n') + 1);
    const trusted = toVerifier(first);
    expect(parseKeyChange('none')).toMatchObject({ code: 'request/invalid', detail: 'this is not a signed note' });
    expect(parseKeyChange(sign(first, 5))).toMatchObject({ code: 'request/invalid', detail: 'the note is no change of the key of a log' });
    expect(parseKeyChange(createSharedNote([first], body))).toMatchObject({
      code: 'request/invalid',
      detail: 'the change is not signed by both keys',
    });
    expect(followKeys(trusted, [changes[1] ?? '', one])).toMatchObject({
      code: 'request/invalid',
      detail: 'the changes of the key do not follow from each other',
    });
    expect(followKeys(toVerifier(thief), changes)).toMatchObject({
      code: 'request/invalid',
      detail: 'the trusted key is none of this log',
    });
    expect(followKeys(trusted, ['none'])).toMatchObject({ ok: false, detail: 'this is not a signed note' });
    const chain = getValue(followKeys(trusted, changes));
    expect(parseChainedCheckpoint(createCheckpoint(first, { size: 100, root: toRoot(1) }), chain)).toMatchObject({
      code: 'request/invalid',
      detail: 'the checkpoint contradicts the change of the key at its size',
    });
    expect(() => createKeyChange(first, first, toDraft(1))).toThrow('a log changes from one key to another under one name');
  });

  it('has its lines in their one spelling', () => {
    const [one = ''] = changes;
    const body = one.slice(0, one.indexOf('\n\n') + 1);
    const says = (text: string): boolean => parseKeyChange(createSharedNote([first, second], text)).ok;
    const root = toRoot(100).toString('base64');
    const [earlier, later] = [first, second].map((signer) => toVerifierText(toVerifier(signer)));
    const wrong = [
      body.replace('\n100\n', '\n0100\n'),
      body.replace('\n100\n', '\n9007199254740992\n'),
      body.replace('\n100\n', '\n-1\n'),
      body.replace(root, Buffer.alloc(31).toString('base64')),
      body.replace(root, Buffer.alloc(35).toString('base64')),
      body.replace(root, root.slice(0, -1)),
      body.replace('2026-01-02', '2026-13-02'),
      body.replace('T03:04:05.000Z', 'T03:04:05Z'),
      body.replace('planned', 'because'),
      body.replace('huwiya-key-change/1', 'huwiya-key-change/2'),
      `x${body}`,
      `${body}more\n`,
      body.replace(later ?? '', earlier ?? ''),
      body.replace(`\n${name}\n`, '\nother.example/ledger\n'),
    ];
    expect(wrong.filter((text) => text === body || says(text))).toEqual([]);
    const elsewhere = [first, second].map((_, at) => createSigner('other.example/ledger', `elsewhere ${at}`));
    for (const [at, text] of [earlier, later].entries()) {
      const signers = [first, second].with(at, elsewhere[at] ?? first);
      const moved = body.replace(text ?? '', toVerifierText(toVerifier(signers[at] ?? first)));
      expect(parseKeyChange(createSharedNote(signers, moved)).ok).toBe(false);
    }
    expect([body, body.replace('\n100\n', '\n9007199254740991\n'), body.replace('planned', 'compromised')].every(says)).toBe(true);
  });

  it('is linked where the size is the same, as when a key is changed twice at once', () => {
    const again = createKeyChange(second, third, toDraft(100));
    expect(followKeys(toVerifier(first), [changes[0] ?? '', again]).ok).toBe(true);
  });
});
