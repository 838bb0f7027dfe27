// The drill of the bad day (FT-19): a node under load, a backup meanwhile, the machine dies, another one goes on from the backup.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { verifyReceipt } from '../../src/verifier/verify-receipt.ts';
import { runCommand } from '../support/command.ts';
import type { Ended, Environment, Running } from '../support/command.ts';
import { startOnlyNode, toEnvironment } from '../support/only-node.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { askSilently, createEnrolled, createOtherBrowser, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const getText = async (url: string): Promise<string> => (await fetch(url)).text();

const toSize = (checkpoint: string): number => Number(checkpoint.split('\n')[1]);

/** Signs in to a service again and again until the node is gone; how often it came back with tokens. */
async function keepBusy(traveller: Traveller, done: { count: number }): Promise<void> {
  try {
    for (;;) {
      await obtainTokens(traveller, 'permit');
      done.count += 1;
    }
  } catch {
    // The node was killed under it.
  }
}

async function downloadReceipt(traveller: Traveller): Promise<string> {
  await openAccountPage(traveller);
  const page = await traveller.agent.get(`${traveller.issuer}/account/services/mol-work-permit`);
  const [, path] = /href="(\/account\/receipts\/[^"]+\.json)"/.exec(page.body) ?? [];
  const answer = await traveller.agent.get(`${traveller.issuer}${path ?? '/none'}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('a node that died after a backup', () => {
  let world: World;
  let node: Running;
  let traveller: Traveller;
  let receipt: string;
  let before: { readonly checkpoint: string; readonly accessToken: unknown; readonly subject: unknown; readonly visits: number };
  let fresh: Environment;
  let made: Ended;
  let restored: Ended;
  let refused: Ended;

  const fileOf = (name: string): string => join(world.folder, name);

  beforeAll(async () => {
    world = await createWorld();
    traveller = await createEnrolled(world);
    const second = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await obtainTokens(second, 'permit', { attributes: ['email'] });
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    receipt = await downloadReceipt(traveller);
    await world.node.stop();
    node = await startOnlyNode(world);
    const done = { count: 0 };
    const load = [keepBusy(traveller, done), keepBusy(second, done)];
    while (done.count < 4) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    const checkpoint = await getText(`${world.issuer}/ledger/checkpoint`);
    before = { checkpoint, accessToken: tokens.body['access_token'], subject: released.body['sub'], visits: done.count };
    writeFileSync(fileOf('kept.txt'), checkpoint);
    made = await runCommand(['backup', fileOf('huwiya.backup')], toEnvironment(world));
    const afterwards = done.count;
    while (done.count < afterwards + 2) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    writeFileSync(fileOf('newest.txt'), await getText(`${world.issuer}/ledger/checkpoint`));
    node.process.kill('SIGKILL');
    await Promise.all(load);
    mkdirSync(fileOf('fresh'));
    fresh = { ...toEnvironment(world), HUWIYA_DATABASE: `sqlite:${fileOf('fresh/huwiya.db')}` };
    refused = await runCommand(['restore', fileOf('huwiya.backup'), '--kept', fileOf('newest.txt')], fresh);
    restored = await runCommand(['restore', fileOf('huwiya.backup'), '--kept', fileOf('kept.txt')], fresh);
    node = await startOnlyNode(world, fresh);
  }, 300_000);

  afterAll(async () => {
    await node.stop();
    rmSync(world.folder, { recursive: true, force: true });
  });

  it('refused the backup against the newest checkpoint, and took it against an older one', () => {
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('would be lost') });
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(toSize(readFileSync(fileOf('newest.txt'), 'utf8'))).toBeGreaterThan(toSize(before.checkpoint));
  });

  test('FT-19: has everything that was answered before the backup, and a log that goes on from the checkpoint that was kept', async () => {
    const verified = await runCommand(['audit', 'verify', '--since', fileOf('kept.txt')], fresh);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = await runCommand(['audit', 'query', '--format', 'jsonl'], fresh);
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => String(JSON.parse(line).type));
    expect(types.filter((type) => type === 'service.entered').length).toBeGreaterThanOrEqual(before.visits);
    expect(types.filter((type) => type === 'log.restored')).toHaveLength(1);
    expect((await runCommand(['doctor', '--full'], fresh)).code).toBe(0);
  });

  test('TK-17: knows nobody as signed in, and no token from before', async () => {
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    expect((await fetchUserInfo(world.issuer, before.accessToken)).status).toBe(401);
  });

  it('lets a person sign in with the passkey they have, as the same person for the service', async () => {
    const tokens = await obtainTokens(createOtherBrowser(traveller), 'permit');
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect([released.status, released.body['sub']]).toEqual([200, before.subject]);
  });

  it('still stands behind the receipts that were given out', async () => {
    const trusted = {
      logKey: (await getText(`${world.issuer}/ledger/key`)).trim(),
      keys: await getText(`${world.issuer}/ledger/receipt-keys`),
      issuer: world.issuer,
      kept: [await getText(`${world.issuer}/ledger/checkpoint`)].slice(1),
    };
    expect(verifyReceipt(receipt, trusted)).toMatchObject({ isValid: true, trust: { keys: 'given', log: 'given' } });
    expect(await downloadReceipt(createOtherBrowser(traveller))).toContain('"proof"');
  });
});
