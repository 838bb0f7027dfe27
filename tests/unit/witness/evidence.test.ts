// What a witness keeps of a log that contradicts itself, and that a stranger cannot bury it.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import { toRequestBody } from '../../../src/domain/witnesses/submission.ts';
import { addCheckpoint } from '../../../src/witness/answer.ts';
import type { WitnessNeeds } from '../../../src/witness/answer.ts';
import { createState, openState } from '../../../src/witness/state.ts';
import type { WitnessState } from '../../../src/witness/state.ts';
import { growLog } from '../../support/grown-log.ts';
import { createSigner } from '../../support/ledger-samples.ts';

const origin = 'id.example/ledger';
const signer = createSigner(origin);
const log = growLog(signer, 600);
const forged = growLog(signer, 600, 'forged');
const own = { name: 'w.example', key: generateKeyPairSync('ed25519').privateKey };

describe('the evidence of a witness', () => {
  let folder: string;
  let state: WitnessState;
  let alarms: string[];
  let now: number;

  const add = (body: string): number => {
    const needs: WitnessNeeds = {
      clock: { now: () => now },
      signer: own,
      logs: [toVerifier(signer)],
      state,
      alarm: (line) => {
        alarms.push(line);
      },
    };
    return addCheckpoint(needs, body).status;
  };
  /** What anybody can send who has read the public checkpoint of the log. */
  const toBogus = async (size: number): Promise<string> =>
    toRequestBody({ old: 300, proof: [new Uint8Array(32)], checkpoint: await log.checkpoint(size) });
  const listStatuses = (): readonly number[] => state.listContradictions(origin).map(({ status }) => status);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-evidence-'));
    createState(folder, toVerifier(own, 'witness').keyId);
    state = openState(folder);
    alarms = [];
    now = 1_800_000_000_000;
    add(await log.submit(0, 300));
  });
  afterEach(() => {
    state.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds a fork and says so once, however many heads without a proof came before', async () => {
    expect(state.findHead(origin)?.size).toBe(300);
    for (let size = 301; size <= 600; size += 1) {
      expect([add(await toBogus(size)), add(await toBogus(size))]).toEqual([422, 422]);
    }
    expect(alarms).toEqual([expect.stringContaining('does not go on, as far as was shown')]);
    expect([add(await forged.submit(300, 300)), add(await forged.submit(300, 300))]).toEqual([409, 409]);
    expect(alarms).toEqual([expect.anything(), expect.stringContaining('300 entries contradicts what was cosigned')]);
    expect(listStatuses().filter((status) => status === 409)).toEqual([409]);
    const fork = await forged.checkpoint(300);
    expect(state.listContradictions(origin).some(({ request, known }) => request.endsWith(fork) && known.includes(origin))).toBe(true);
  });

  it('drops a head without a proof once the log has proven it, and tells of the next after an hour', async () => {
    expect(add(await toBogus(400))).toBe(422);
    expect(listStatuses()).toEqual([422]);
    expect(add(await log.submit(300, 400))).toBe(200);
    expect(listStatuses()).toEqual([]);
    const rewritten = async (size: number): Promise<number> =>
      add(toRequestBody({ old: 400, proof: [new Uint8Array(32)], checkpoint: await forged.checkpoint(size) }));
    expect([await rewritten(500), await rewritten(501)]).toEqual([422, 422]);
    expect(alarms).toHaveLength(2);
    now += 3_600_001;
    expect(await rewritten(502)).toBe(422);
    expect(alarms).toHaveLength(3);
    expect(listStatuses()).toEqual([422, 422, 422]);
  });
});
