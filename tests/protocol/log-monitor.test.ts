// A log followed from outside by the real command: an honest one, the one of a running provider, and those that lie.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCheckpoint } from '../../src/domain/ledger/checkpoint.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import { addLines, createCosignature } from '../../src/domain/witnesses/cosignature.ts';
import { alarmCodes } from '../../src/monitor/alarm.ts';
import { findState } from '../../src/monitor/monitor-state.ts';
import { runCommand } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { createGrownLog, getText, publishLog } from '../support/published-log.ts';
import type { PublishedLog } from '../support/published-log.ts';
import { readLog } from '../support/read-log.ts';
import { createEnrolled, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';

const signer = createSigner('log.example/ledger');
const key = toVerifierText(toVerifier(signer));

const said = z.object({ size: z.number(), standing: z.array(z.string()), ended: z.array(z.string()) });
const evidence = z.object({ name: z.string(), proof: z.array(z.string()) });

const toSaid = ({ stdout }: Ended): z.infer<typeof said> => said.parse(JSON.parse(stdout));

describe('a monitor of the log', () => {
  let folder: string;
  let log: PublishedLog;
  const small = createGrownLog(signer, [100, 200]);
  const large = createGrownLog(signer, [100, 200, 400]);
  /** As long, of one key, with the same beginning, and another history after it. */
  const other = (async () => {
    const store = await createGrownLog(signer, [100]);
    const { rows } = await createGrownLog(signer, [100, 200, 401], 'other');
    store.rows.checkpoints.push(...rows.checkpoints.filter(({ size }) => size > 100));
    store.rows.entries = rows.entries;
    rows.tiles.forEach((tile, place) => store.rows.tiles.set(place, tile));
    return store;
  })();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huwiya-monitor-'));
    log = await publishLog({ store: await small });
  });

  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const look = (name: string, ...more: string[]): Promise<Ended> =>
    runCommand(['audit', 'monitor', '--log', log.url, '--key', key, '--state', join(folder, name), '--once', '--json', ...more]);

  const readEvidence = async (name: string): Promise<readonly z.infer<typeof evidence>[]> =>
    (await readFile(join(folder, `${name}.evidence.jsonl`), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => evidence.parse(JSON.parse(line)));

  it('follows an honest log as it grows, and remembers where it was', async () => {
    log.show({ store: await small });
    const first = await look('honest', '--rebuild');
    log.show({ store: await large });
    const second = await look('honest', '--rebuild');
    const lines = [first, second].map(toSaid);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(lines.map(({ size, standing }) => ({ size, standing }))).toEqual([
      { size: 300, standing: [] },
      { size: 700, standing: [] },
    ]);
  });

  it('follows the log of a running provider with nothing but its address and its key', async () => {
    const world = await createWorld();
    const file = join(folder, 'world-key');
    await writeFile(file, await (await fetch(`${world.issuer}/ledger/key`)).text());
    const ask = [
      'audit',
      'monitor',
      '--log',
      `${world.issuer}/ledger`,
      '--key',
      file,
      '--state',
      join(folder, 'world'),
      '--once',
      '--rebuild',
    ];
    await readLog(world);
    const before = await runCommand(ask);
    await obtainTokens(await createEnrolled(world), 'clinic');
    const { length } = await readLog(world);
    const after = await runCommand(ask);
    const again = await runCommand(ask);
    await world.close();
    expect([before.code, after.code, again.code]).toEqual([0, 0, 0]);
    expect(before.stdout).toContain('entries at the first look');
    expect(after.stdout).toContain(`${length} entries, as a continuation of everything seen before`);
    expect(again.stdout).toContain(`${length} entries, as before`);
    const gone = await runCommand(ask);
    expect([gone.code, gone.stdout]).toEqual([0, '']);
    expect(gone.stderr).toContain('nothing was verified: ');
  });

  it('does not call it well where there is no log', async () => {
    const nowhere = ['audit', 'monitor', '--log', `${log.url}/elsewhere`, '--key', key, '--state', join(folder, 'nowhere'), '--once'];
    const looked = await runCommand(nowhere);
    expect([looked.code, looked.stdout]).toEqual([1, '']);
    expect(looked.stderr).toContain('nothing was verified: no log shows a checkpoint at this address');
    expect(JSON.parse((await runCommand([...nowhere, '--json'])).stdout)).toMatchObject({
      size: 0,
      missed: expect.stringContaining('no log'),
    });
  });

  it('proves a fork by two heads of one size, and goes on saying so', async () => {
    log.show({ store: await small });
    await look('fork');
    log.show({ store: await small, checkpoint: createCheckpoint(signer, { size: 300, root: Buffer.alloc(32, 7) }) });
    expect((await look('fork')).code).toBe(alarmCodes.fork);
    const [proven] = await readEvidence('fork');
    expect(proven).toMatchObject({ name: 'fork', proof: [getText(await small), expect.stringContaining('log.example/ledger\n300\n')] });
    log.show({ store: await small });
    expect((await look('fork')).code).toBe(alarmCodes.fork);
    expect(await readEvidence('fork')).toHaveLength(1);
  });

  it('proves a rewrite where the longer log does not go on from the one that was seen', async () => {
    log.show({ store: await small });
    await look('rewrite');
    log.show({ store: await other });
    expect((await look('rewrite')).code).toBe(alarmCodes.rewrite);
    expect((await readEvidence('rewrite'))[0]?.proof).toEqual([getText(await small), getText(await other)]);
    expect(findState(await readFile(join(folder, 'rewrite'), 'utf8'))?.size).toBe(300);
  });

  it('finds by comparison that another monitor was shown another log, and the larger log of a witness', async () => {
    log.show({ store: await other });
    await look('theirs');
    log.show({ store: await large });
    const compared = await look('ours', '--compare', join(folder, 'theirs'));
    expect(compared.code).toBe(0);
    log.show({ store: await createGrownLog(signer, [100, 200, 400, 300]) });
    expect((await look('ours')).code).toBe(alarmCodes.fork);
    await writeFile(join(folder, 'checkpoint'), getText(await large));
    log.show({ store: await small });
    expect((await look('late', '--compare', join(folder, 'checkpoint'), '--patience', '1')).code).toBe(0);
    await expect.poll(async () => (await look('late', '--patience', '1')).code).toBe(alarmCodes.stall);
  });

  it('is not kept from comparing by a log that hides its tiles', async () => {
    log.show({ store: await large });
    expect((await look('hidden')).code).toBe(0);
    await writeFile(join(folder, 'forked'), getText(await other, 300));
    log.show({ store: await createGrownLog(signer, []), checkpoint: getText(await large) });
    expect((await look('hidden', '--compare', join(folder, 'forked'))).code).toBe(alarmCodes.tiles);
    log.show({ store: await large });
    expect((await look('hidden')).code).toBe(alarmCodes.fork);
  });

  it('says when the log is shorter, signed by nobody it knows, or published otherwise than it was signed', async () => {
    log.show({ store: await large });
    await look('odd');
    log.show({ store: await small });
    expect((await look('odd')).code).toBe(alarmCodes.rollback);
    log.show({
      store: await large,
      checkpoint: createCheckpoint(createSigner(signer.name, 'thief'), { size: 700, root: Buffer.alloc(32) }),
    });
    expect((await look('odd')).code).toBe(alarmCodes.signature);
    log.show({ store: await other, checkpoint: getText(await large) });
    expect((await look('new')).code).toBe(alarmCodes.tiles);
    log.show({ store: await large });
    const healed = await look('odd');
    expect([healed.code, toSaid(healed).ended]).toEqual([0, ['signature']]);
  });

  it('finds by rebuilding that an entry was published otherwise, though every tile is right', async () => {
    const store = await createGrownLog(signer, [100, 200]);
    store.rows.entries = store.rows.entries.map((entry) =>
      entry.index === 41 ? { ...entry, commitment: entry.commitment.toLowerCase() } : entry,
    );
    log.show({ store });
    expect((await look('entry')).code).toBe(0);
    expect((await look('entry', '--rebuild')).code).toBe(alarmCodes.tiles);
  });

  it('asks for the witnesses that it is told to trust, and cries out when the log has gone on too long without them', async () => {
    const court = createSigner('court.example', 'court');
    const policy = join(folder, 'policy');
    await writeFile(policy, `witness court ${toVerifierText(toVerifier(court, 'witness'), 'witness')}\nquorum court\n`);
    const ask = (...more: string[]): Promise<Ended> => look('witnessed', '--policy', policy, ...more);
    const cosign = (text: string): string =>
      addLines(text, [createCosignature(court, text.slice(0, text.indexOf('\n\n') + 1), Date.now())]);
    const seen = cosign(getText(await small));
    log.show({ store: await small });
    expect((await ask()).code).toBe(alarmCodes.witnesses);
    log.show({ store: await small, checkpoint: seen });
    const enough = await ask();
    expect([enough.code, toSaid(enough).ended]).toEqual([0, ['witnesses']]);
    // The log has grown, and its witnesses come a little later.
    log.show({ store: await large, witnessed: seen });
    expect((await ask()).code).toBe(0);
    await expect.poll(async () => (await ask('--patience', '1')).code).toBe(alarmCodes.witnesses);
    log.show({ store: await large, witnessed: cosign(getText(await large)) });
    expect((await ask()).code).toBe(0);
    // A head of another history is not what the log has been witnessed with.
    log.show({ store: await large, witnessed: cosign(createCheckpoint(signer, { size: 700, root: Buffer.alloc(32, 7) })) });
    expect((await ask()).code).toBe(alarmCodes.witnesses);
    await writeFile(policy, 'quorum nobody\n');
    const wrong = await ask();
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('line 1')]);
  });

  it('survives an outage without forgetting, and cries out only when it lasts', async () => {
    log.show({ store: await small });
    await look('outage');
    log.show({ store: await small, status: 503 });
    expect((await look('outage')).code).toBe(0);
    await expect.poll(async () => (await look('outage', '--patience', '1')).code).toBe(alarmCodes.unreachable);
    log.show({ store: await large });
    expect((await look('outage')).code).toBe(0);
    expect(findState(await readFile(join(folder, 'outage'), 'utf8'))?.size).toBe(700);
  });

  it('cries out about silence that lasts longer than was said, and begins nothing anew over a damaged state', async () => {
    log.show({ store: await small });
    await look('quiet');
    await expect.poll(async () => (await look('quiet', '--patience', '1')).code).toBe(alarmCodes.silence);
    await writeFile(join(folder, 'quiet'), '{"format":"huwiya-monitor/1"');
    expect((await look('quiet')).code).toBe(2);
  });
});
