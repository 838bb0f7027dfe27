import { describe, expect, it } from 'vitest';
import { findEntryFile } from '../../../src/domain/audit/entry-file.ts';
import type { EntryFile } from '../../../src/domain/audit/entry-file.ts';
import { viewEntry } from '../../../src/domain/audit/view-entry.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { isEntryFile, verifyEntry } from '../../../src/verifier/verify-entry.ts';
import type { EntryReport } from '../../../src/verifier/verify-entry.ts';
import { createAuditWorld, officer } from '../../support/audit-world.ts';
import { createSigner } from '../../support/ledger-samples.ts';

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

  it('is held against checkpoints that were kept', () => {
    const checkKept = (text: string): EntryReport => verifyEntry(JSON.stringify(honest), { logKey, kept: [text] });
    expect(checkKept(honest.checkpoint).isValid).toBe(true);
    expect(toFailed(checkKept('no checkpoint'))).toEqual(['kept-checkpoint']);
  });

  it('is told from every other file', () => {
    expect([isEntryFile(JSON.stringify(honest)), isEntryFile('{}'), isEntryFile('no JSON')]).toEqual([true, false, false]);
    expect(verifyEntry('{"format":"huwiya-receipt/1"}')).toMatchObject({ isValid: false });
  });
});
