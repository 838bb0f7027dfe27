// A pack that rests on what others cosigned: the log of the pack is the beginning of theirs, or the pack is not valid.

import { beforeAll, describe, expect, it } from 'vitest';
import { findWitnessProof } from '../../../src/domain/audit/exports/pack-keys.ts';
import { wholeLog } from '../../../src/domain/audit/exports/query.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import type { StoredCheckpoint } from '../../../src/domain/ledger/store.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../../src/domain/ledger/signed-note.ts';
import { addLines, createCosignature } from '../../../src/domain/witnesses/cosignature.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import { readPolicy } from '../../../src/verifier/policy.ts';
import { verifyPack } from '../../../src/verifier/verify-pack.ts';
import type { PackReport } from '../../../src/verifier/verify-pack.ts';
import { createSampleEvents, createSigner } from '../../support/ledger-samples.ts';
import { createPackWorld, makePack } from '../../support/pack-world.ts';
import type { PackWorld } from '../../support/pack-world.ts';
import { issuer, logKey, logSigner, receiptSigner, toJwks } from '../../support/receipt-samples.ts';
import { now } from '../../support/store-samples.ts';

const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };
const witness = createSigner('witness.example', 'witness');

const toBody = ({ text }: StoredCheckpoint): string => text.slice(0, text.lastIndexOf('\n\n') + 1);
const cosign = (checkpoint: StoredCheckpoint): StoredCheckpoint => ({
  ...checkpoint,
  text: addLines(checkpoint.text, [createCosignature(witness, toBody(checkpoint), Math.floor(now / 1000))]),
});

describe('a pack that witnesses speak for', () => {
  let world: PackWorld;
  let own: StoredCheckpoint;
  let later: StoredCheckpoint;

  beforeAll(async () => {
    world = await createPackWorld();
    const known = await world.store.findCheckpoint();
    await world.store.append(createSampleEvents(60).slice(30));
    await sequenceAll({ store: world.store, signer: logSigner, clock: { now: () => now } });
    const grown = await world.store.findCheckpoint();
    if (known === undefined || grown === undefined) {
      throw new TypeError('the log has no checkpoint');
    }
    [own, later] = [known, grown];
  });

  const make = async (witnessed: StoredCheckpoint | undefined): Promise<Map<string, Buffer>> => {
    const witnessing = { findWitnessed: async () => witnessed };
    const needs = {
      ...world.needs,
      findHead: async () => own,
      findWitnessProof: (size: number) => findWitnessProof({ ledger: world.store, witnessing }, size),
    };
    return new Map(findZipFiles(await makePack({ ...world, needs }, { query: { ...wholeLog, record: world.record } })));
  };
  const find = (report: PackReport) => report.checks.find(({ name }) => name === 'witnessed');

  it('brings their checkpoint, also a later one, and the path from its own to theirs', async () => {
    for (const each of [own, later]) {
      const files = await make(cosign(each));
      const report = verifyPack(files, trusted);
      expect(report.isValid).toBe(true);
      expect(find(report)).toMatchObject({ result: 'passed' });
      expect(find(report)?.detail).toContain(String(each.size));
      expect(files.get('witnesses/checkpoint.txt')?.toString()).toContain('— witness.example ');
    }
  });

  it('is not valid where their log does not begin with that of the pack', async () => {
    const files = await make(cosign(later));
    const path = files.get('witnesses/consistency.json')?.toString() ?? '';
    const bent = path.replace(/"path":\["(.)/, (_found, first) => `"path":["${first === 'A' ? 'B' : 'A'}`);
    for (const text of [bent, path.replace(/"path":\["[^"]+",/, '"path":['), path.replace(/"second":\d+/, '"second":1')]) {
      expect(text).not.toBe(path);
      const report = verifyPack(new Map(files).set('witnesses/consistency.json', Buffer.from(text)), trusted);
      expect(find(report)).toMatchObject({ result: 'failed' });
    }
    const stranger = cosign({ ...later, text: later.text.replace(/\n— .*\n$/, (line) => line.replace(/.{6}\n$/, 'AAAA==\n')) });
    expect(find(verifyPack(await make(stranger), trusted))).toMatchObject({ result: 'failed' });
    expect(exitCodes.witnessed).toBe(49);
  });

  it('is no pack with one half of their word, and is valid, but says so, without it', async () => {
    const files = await make(cosign(later));
    files.delete('witnesses/consistency.json');
    expect(verifyPack(files, trusted).checks[0]).toMatchObject({ name: 'pack-form', result: 'failed' });
    const bare = verifyPack(await make(undefined), trusted);
    expect([bare.isValid, find(bare)?.result]).toEqual([true, 'not-run']);
  });

  it('meets the policy of whoever checks it by the checkpoint that was cosigned, and not by its word', async () => {
    const line = (signer: NoteSigner): string => `witness w ${toVerifierText(toVerifier(signer, 'witness'), 'witness')}`;
    const [right, other] = [witness, createSigner('witness.example', 'other')].map((signer) => readPolicy(`${line(signer)}\nquorum w\n`));
    const judge = async (witnessed: StoredCheckpoint | undefined, policy: typeof right): Promise<string | undefined> => {
      const report = verifyPack(await make(witnessed), { ...trusted, ...(typeof policy === 'object' ? { policy } : {}) });
      return report.checks.find(({ name }) => name === 'witnesses')?.result;
    };
    expect([await judge(cosign(later), right), await judge(cosign(later), other), await judge(undefined, right)]).toEqual([
      'passed',
      'failed',
      'failed',
    ]);
  });

  it('brings the history of the keys of the log, and cannot do with a broken one', async () => {
    const files = await make(undefined);
    const history = (report: PackReport) => report.checks.find(({ name }) => name === 'key-history')?.result;
    expect(history(verifyPack(files, trusted))).toBe('passed');
    expect(history(verifyPack(new Map(files).set('keys/log-history.json', Buffer.from('{}')), trusted))).toBe('failed');
  });
});
