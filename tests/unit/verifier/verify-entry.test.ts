import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findEntryFile } from '../../../src/domain/audit/entry-file.ts';
import type { EntryFile } from '../../../src/domain/audit/entry-file.ts';
import { viewEntry } from '../../../src/domain/audit/view-entry.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { sealEvent, toPersonMask } from '../../../src/domain/ledger/event.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { TrustedLog } from '../../../src/verifier/check-proof.ts';
import { isOpening } from '../../../src/verifier/opening.ts';
import { readPolicy } from '../../../src/verifier/policy.ts';
import type { Policy } from '../../../src/verifier/policy.ts';
import { isEntryFile, verifyEntry } from '../../../src/verifier/verify-entry.ts';
import type { EntryReport } from '../../../src/verifier/verify-entry.ts';
import { createAuditWorld, officer } from '../../support/audit-world.ts';
import { createSeededRandom, createSigner, sampleEvent, sampleStart } from '../../support/ledger-samples.ts';

const world = await createAuditWorld(23);
const logKey = toVerifierText(toVerifier(world.signer));
const found = findEntryFile(getValue(await viewEntry(world.needs, officer, { index: 9, form: 'page' })), logKey);
if (found === undefined) {
  throw new Error('the sample has no proof');
}
const honest: EntryFile = found;

const check = (file: unknown, given: string = logKey): EntryReport => verifyEntry(JSON.stringify(file), { logKey: given });
const toFailed = (report: EntryReport): readonly string[] =>
  report.checks.filter(({ result }) => result === 'failed').map(({ name }) => name);

const stranger = createSigner('ledger.example/ledger', 'stranger');
const toSentences = (report: EntryReport): readonly string[] =>
  report.checks.map(({ name, result, detail }) => `${result} ${name}: ${detail}`);
function toPolicy(text: string): Policy {
  const policy = readPolicy(text);
  if (typeof policy === 'number') {
    throw new TypeError('the sample is no policy');
  }
  return policy;
}

const flip = (text: string, at: number): string => {
  const bytes = Buffer.from(text);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString();
};

const findUnnoticed = (text: string, toFile: (changed: string) => unknown): readonly number[] =>
  Array.from(Buffer.from(text).keys()).filter((at) => check(toFile(flip(text, at))).isValid);

describe('an entry with its proof', () => {
  it('passes every check, and says whose key it was checked with', () => {
    expect(check(honest).checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
      'form passed',
      'entry-canonical passed',
      'commitment passed',
      'inclusion passed',
      'checkpoint-signature passed',
    ]);
    expect(check(honest)).toMatchObject({ isValid: true, trust: { log: 'given' } });
    expect(verifyEntry(JSON.stringify(honest, null, 2))).toMatchObject({ isValid: true, trust: { log: 'from-file' } });
  });

  it('is not valid with one byte changed, wherever it is', () => {
    const { entry } = honest;
    expect(findUnnoticed(entry.body, (body) => ({ ...honest, entry: { ...entry, body } }))).toEqual([]);
    expect(findUnnoticed(entry.salt, (salt) => ({ ...honest, entry: { ...entry, salt } }))).toEqual([]);
    expect(findUnnoticed(entry.person ?? '', (person) => ({ ...honest, entry: { ...entry, person } }))).toEqual([]);
    expect(findUnnoticed(entry.id, (id) => ({ ...honest, entry: { ...entry, id } }))).toEqual([]);
    expect(findUnnoticed(entry.commitment, (commitment) => ({ ...honest, entry: { ...entry, commitment } }))).toEqual([]);
    expect(findUnnoticed(honest.checkpoint, (checkpoint) => ({ ...honest, checkpoint }))).toEqual([]);
    const [first = '', ...rest] = honest.proof.path;
    expect(findUnnoticed(first, (hash) => ({ ...honest, proof: { ...honest.proof, path: [hash, ...rest] } }))).toEqual([]);
  });

  it('names what failed', () => {
    const { entry, proof } = honest;
    expect(toFailed(check({ ...honest, entry: { ...entry, index: 8 } }))).toEqual(['inclusion']);
    expect(toFailed(check({ ...honest, proof: { ...proof, index: 8 }, entry: { ...entry, index: 8 } }))).toEqual(['inclusion']);
    expect(toFailed(check({ ...honest, entry: { ...entry, person: null } }))).toEqual(['commitment']);
    expect(toFailed(check(honest, toVerifierText(toVerifier(createSigner('ledger.example/ledger', 'stranger')))))).toEqual([
      'checkpoint-signature',
    ]);
    expect(toFailed(check({ ...honest, entry: { ...entry, salt: null } }))).toEqual(['form']);
  });

  it('says in a sentence what was looked at, and what could not be', () => {
    const [canonical, commitment, signed] = [
      'the entry is in its one canonical form',
      'the entry is the one that was committed to',
      'the checkpoint is signed by the key of the log',
    ];
    expect(toSentences(check(honest))).toEqual([
      'passed form: the file has the form of an entry',
      `passed entry-canonical: ${canonical}`,
      `passed commitment: ${commitment}`,
      `passed inclusion: entry 9 is in the log of ${honest.proof.size} entries`,
      `passed checkpoint-signature: ${signed}`,
    ]);
    expect(toSentences(check(honest, toVerifierText(toVerifier(stranger)))).slice(3)).toEqual([
      'not-run inclusion: there is no signed checkpoint to be included in',
      `failed checkpoint-signature: ${signed}`,
    ]);
    expect(toSentences(check({}))).toEqual([
      'failed form: the file does not have the form of an entry',
      ...['entry-canonical', 'commitment', 'inclusion', 'checkpoint-signature'].map((name) => `not-run ${name}: the file is no entry`),
    ]);
  });

  it.each([
    ['a hash of 31 bytes in its path', { path: [Buffer.alloc(31).toString('base64url')] }],
    ['a hash in another spelling', { path: [`${honest.proof.path[0]}=`, ...honest.proof.path.slice(1)] }],
    ['one hash more', { path: [...honest.proof.path, Buffer.alloc(32).toString('base64url')] }],
    ['a hash that is none beside those that are', { path: [...honest.proof.path, 'AAAA'] }],
    ['another size', { size: honest.proof.size - 1 }],
    ['the place of another', { index: 10 }],
  ])('is in no log by a proof with %s', (_, bent) => {
    expect(toFailed(check({ ...honest, proof: { ...honest.proof, ...bent } }))).toEqual(['inclusion']);
  });

  it('is canonical only under the id that its body names', () => {
    const id = `${honest.entry.id.slice(0, -1)}${honest.entry.id.endsWith('0') ? '1' : '0'}`;
    expect(toFailed(check({ ...honest, entry: { ...honest.entry, id } }))).toEqual(['entry-canonical', 'inclusion']);
    expect(toFailed(check({ ...honest, entry: { ...honest.entry, body: 'none' } }))).toEqual(['entry-canonical', 'commitment']);
  });

  const { size } = honest.proof;
  const sign = (length: number): string => createCheckpoint(world.signer, { size: length, root: Buffer.alloc(32, 1) });
  const same = { result: 'passed', detail: 'the kept checkpoint of this size has the same root' };
  const unsigned = { result: 'failed', detail: 'a kept checkpoint is malformed or not signed by the key of the log' };
  const foreign = createCheckpoint(stranger, { size: 5, root: Buffer.alloc(32, 1) });

  it.each([
    ['the very one', [honest.checkpoint], same],
    ['the very one and a smaller one', [sign(5), honest.checkpoint], same],
    ['a smaller one', [sign(5)], { result: 'not-run', detail: 'no kept checkpoint has the size of the one in the file' }],
    ['one of its size with another root', [sign(size)], { ...same, result: 'failed' }],
    ['two of its size', [honest.checkpoint, sign(size)], { ...same, result: 'failed' }],
    ['none that is one', ['no checkpoint'], unsigned],
    ['that of another key', [honest.checkpoint, foreign], unsigned],
  ])('is held against a checkpoint that was kept: %s', (_, kept, found) => {
    const report = verifyEntry(JSON.stringify(honest), { logKey, kept });
    expect(report.checks.slice(5)).toEqual([{ name: 'kept-checkpoint', ...found }]);
    expect(report.isValid).toBe(found.result !== 'failed');
  });

  it('agrees with no kept checkpoint where its own is not signed', () => {
    const report = verifyEntry(JSON.stringify(honest), { logKey: toVerifierText(toVerifier(stranger)), kept: [foreign] });
    expect(toFailed(report)).toEqual(['checkpoint-signature', 'kept-checkpoint']);
    expect(toFailed(verifyEntry(JSON.stringify(honest), { logKey: 'no key', kept: [honest.checkpoint] }))).toEqual([
      'checkpoint-signature',
      'kept-checkpoint',
    ]);
  });

  it('is checked with the keys that a policy names for its log, and asks its witnesses', () => {
    const other = toVerifierText(toVerifier(createSigner('other.example/ledger', 'other')));
    const ask = (...logs: readonly string[]): EntryReport => {
      const lines = [...logs.map((log) => `log ${log}`), 'quorum none', ''];
      return verifyEntry(JSON.stringify(honest), { policy: toPolicy(lines.join('\n')) });
    };
    expect(ask()).toMatchObject({ isValid: true, trust: { log: 'from-file' } });
    expect(ask(other, logKey)).toMatchObject({ isValid: true, trust: { log: 'given' } });
    expect(toFailed(ask(other))).toEqual(['checkpoint-signature']);
    expect(ask(other).checks.at(-1)).toEqual({
      name: 'witnesses',
      result: 'not-run',
      detail: 'there is no signed checkpoint to be cosigned',
    });
    expect(toFailed(ask(toVerifierText(toVerifier(stranger)), logKey))).toEqual([]);
    const chosen: TrustedLog = { logKey, policy: toPolicy(`log ${other}\nquorum none\n`) };
    expect(toSentences(verifyEntry(JSON.stringify(honest), chosen)).at(-1)).toBe(
      'failed witnesses: the policy names other logs, not this one',
    );
  });

  it('follows the history of the keys that it is given, and says so', () => {
    const next = createSigner(world.signer.name, 'next');
    const change = createKeyChange(world.signer, next, {
      last: { size: 100, root: Buffer.alloc(32) },
      at: sampleStart,
      reason: 'planned',
    });
    const ask = (changes: readonly string[]): readonly string[] => {
      const keyHistory = JSON.stringify({ format: 'huwiya-log-keys/1', changes });
      return toSentences(verifyEntry(JSON.stringify(honest), { logKey: toVerifierText(toVerifier(next)), keyHistory }));
    };
    const sentence = 'the history of the keys leads on from the key that is trusted';
    expect(ask([change])[1]).toBe(`passed key-history: ${sentence}`);
    expect(ask([`${change}x`])[1]).toBe(`failed key-history: ${sentence}`);
  });

  it('is told from every other file', () => {
    expect([isEntryFile(JSON.stringify(honest)), isEntryFile('{}'), isEntryFile('no JSON')]).toEqual([true, false, false]);
    expect(verifyEntry('{"format":"huwiya-receipt/1"}')).toMatchObject({ isValid: false });
  });
});

describe('the opening of an entry', () => {
  const seal = (note: string) => {
    const random = createSeededRandom(note.slice(0, 8));
    const sealed = sealEvent({ clock: { now: () => sampleStart }, random }, { ...sampleEvent, payload: { note } });
    return { ...sealed, person: toPersonMask(sealed) };
  };

  it.each([1, 1000, 1300, 1400, 4000, 5000, 100_000])('holds for a body of %d Arabic letters, and for no other', (length) => {
    const sealed = seal('ي'.repeat(length));
    expect(isOpening(sealed)).toBe(true);
    expect(isOpening({ ...sealed, body: sealed.body.replace('ي', 'ى') })).toBe(false);
    expect(isOpening(seal('short again'))).toBe(true);
  });

  it('needs a salt of 32 bytes in its one spelling', () => {
    const { body, person, salt } = seal('note');
    const open = (bytes: Buffer, spelled: string): boolean => {
      const digest = createHash('sha256')
        .update(bytes)
        .update(`{"body":${body},"person":${JSON.stringify(person)}}`);
      return isOpening({ body, person, salt: spelled, commitment: digest.digest('base64url') });
    };
    const bytes = Buffer.from(salt, 'base64url');
    expect(open(bytes, salt)).toBe(true);
    for (const other of [bytes.subarray(1), Buffer.concat([bytes, bytes]), Buffer.alloc(0)]) {
      expect(open(other, other.toString('base64url'))).toBe(false);
    }
    expect(open(bytes, `${salt}=`)).toBe(false);
  });
});
