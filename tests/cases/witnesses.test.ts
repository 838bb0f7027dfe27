// The log against those who hold the database, the chain code and the key of the log: what witnesses catch (security.md 2.9), with a positive control each.

import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Parts } from '../../src/app.ts';
import { checkWitnessed } from '../../src/cli/check-witnessed.ts';
import { checkLedger } from '../../src/cli/doctor/check-ledger.ts';
import { sequenceLog, toLogSigner } from '../../src/cli/sequence-log.ts';
import { startNode } from '../../src/cli/serve.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../../src/domain/ledger/signed-note.ts';
import { findUnwitnessedSpan } from '../../src/domain/witnesses/unwitnessed-span.ts';
import { createWayOut } from '../../src/outbound/way-out.ts';
import { createPostToWitness } from '../../src/outbound/witnesses.ts';
import { addEntries, createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import { runCommand } from '../support/command.ts';
import type { Installation } from '../support/upkeep-world.ts';
import { createRealWitness, runOneRound, withWitnesses } from '../support/witness-world.ts';
import type { RealWitness, Round } from '../support/witness-world.ts';
import { findFreePort } from '../support/world.ts';

describe('a log that is watched by two witnesses', () => {
  const place = createUpkeepFolder();
  let issuer: string;
  let own: Installation;
  let log: NoteVerifier;
  let court: RealWitness;
  let authority: RealWitness;
  let count = 0;
  let lines: readonly string[];

  const use = async <T>(act: (parts: Parts) => Promise<T>): Promise<T> =>
    own.use(async (parts) => act(withWitnesses(parts, own.folder, lines)));

  const round = async (later = 0): Promise<Round> => use(async (parts) => runOneRound(parts, log, later));

  const check = async () => use(async (parts) => checkWitnessed(parts, createPostToWitness(createWayOut(parts.config))));

  const file = (name: string): string => join(own.folder, name);

  beforeEach(async () => {
    count += 1;
    issuer = `http://localhost:${await findFreePort()}`;
    own = await createInstallation({ folder: join(place.path, `own-${count}`), issuer });
    await own.grow(5);
    log = await own.use(async (parts) => toVerifier(toLogSigner(parts)));
    court = await createRealWitness(file('court'), 'court', log);
    authority = await createRealWitness(file('authority'), 'authority', log);
    lines = [court.line, authority.line, 'group both all court authority', 'quorum both'];
  });
  afterEach(async () => {
    await court.close();
    await authority.close();
  });

  test('AL-03 a tail that was cut off keeps the node from starting: by the file, by the witnesses, and by each alone', async () => {
    copyFileSync(own.databaseFile, file('yesterday.db'));
    await own.grow(3);
    expect((await round()).span).toMatchObject({ witnessed: { size: 8 }, entries: 0, since: null });
    expect((await check()).faults).toEqual([]);
    copyFileSync(file('yesterday.db'), own.databaseFile);
    const problems = (await check()).faults.map(({ problem }) => problem);
    expect(problems).toEqual([
      expect.stringContaining('does not hold the 8 entries'),
      'the witness court cosigned 8 entries, more than there are',
      'the witness authority cosigned 8 entries, more than there are',
    ]);
    await Promise.all([court.close(), authority.close()]);
    const alone = await check();
    expect([alone.faults.length, alone.warnings.length]).toEqual([1, 2]);
  });

  test('AL-24 over the copy of yesterday the command does not start; over the whole log it does, and hands out heads with the lines of their witnesses', async () => {
    copyFileSync(own.databaseFile, file('yesterday.db'));
    await own.grow(3);
    await round();
    appendFileSync(own.settingsFile, `HUWIYA_WITNESSES=${file('witnesses.policy')}\n`);
    const heads = await use(async (parts) => {
      const node = await startNode(parts);
      const fetchHead = async (name: string): Promise<string> => (await fetch(`${issuer}/ledger/${name}`)).text();
      const texts = [await fetchHead('checkpoint'), await fetchHead('witnessed-checkpoint')];
      await node?.stop();
      return texts;
    });
    const read = (text = '') => ({
      size: Number(/^\d+$/m.exec(text)?.[0]),
      signers: [...text.matchAll(/^— (\S+) /gm)].map(([, name = '']) => name).toSorted(),
    });
    const [newest, witnessed] = heads.map(read);
    const all = ['authority.example', 'court.example', log.name];
    expect(witnessed).toEqual({ size: 8, signers: all });
    // A node that starts may add to the log before its first round: then the newest has only the line of the log yet.
    expect([all, [log.name]]).toContainEqual(newest?.signers);
    expect(newest?.size).toBeGreaterThanOrEqual(8);
    copyFileSync(file('yesterday.db'), own.databaseFile);
    const refused = await runCommand(['serve', '--config', own.settingsFile]);
    expect([refused.code, refused.stderr.includes('does not hold the 8 entries'), refused.stderr.includes('answers at')]).toEqual([
      1,
      true,
      false,
    ]);
  });

  test('AL-03 a tail that was cut off together with the file that knew of it: no start passes while too few witnesses answer', async () => {
    await round();
    copyFileSync(own.databaseFile, file('yesterday.db'));
    await own.grow(3);
    await round();
    copyFileSync(file('yesterday.db'), own.databaseFile);
    rmSync(file('witnesses.policy.head'));
    expect((await check()).faults).toHaveLength(2);
    await authority.close();
    expect((await check()).faults.map(({ problem }) => problem)).toEqual([
      'the witness court cosigned 8 entries, more than there are',
      expect.stringContaining('HUWIYA_WITNESSED_HEAD is not there'),
    ]);
    await court.close();
    expect((await check()).faults).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('HUWIYA_WITNESSED_HEAD is not there') }),
    ]);
  });

  test('AL-03 a file that is gone keeps nobody from starting whom enough witnesses answer, and nobody who was never witnessed', async () => {
    await Promise.all([court.close(), authority.close()]);
    expect((await check()).faults).toEqual([]);
    [court, authority] = [
      await createRealWitness(file('court-2'), 'court', log),
      await createRealWitness(file('authority-2'), 'authority', log),
    ];
    lines = [court.line, authority.line, 'group both all court authority', 'quorum both'];
    await round();
    rmSync(file('witnesses.policy.head'));
    expect((await check()).faults).toEqual([]);
  });

  test('AL-03 a command, which asks no witness, signs nothing while the file that knew of the log is gone; a node that witnesses answer brings it back', async () => {
    await round();
    rmSync(file('witnesses.policy.head'));
    const sign = async (): Promise<readonly [size: number | undefined, blocked: string | undefined]> =>
      use(async (parts) => {
        await addEntries(parts, 1);
        const blocked = await sequenceLog(parts);
        return [(await parts.storage.ledger.findCheckpoint())?.size, blocked?.detail];
      });
    expect(await sign()).toEqual([5, expect.stringContaining('HUWIYA_WITNESSED_HEAD is not there')]);
    expect((await check()).faults).toEqual([]);
    await round();
    expect(await sign()).toEqual([7, undefined]);
  });

  test('AL-05 an insider who holds the database and the key of the log rewrites it: no witness cosigns, both raise the alarm, and no start passes', async () => {
    copyFileSync(own.databaseFile, file('yesterday.db'));
    await own.grow(3);
    expect((await round()).span.witnessed?.size).toBe(8);
    copyFileSync(file('yesterday.db'), own.databaseFile);
    // Other entries in the place of the three, signed with the right key.
    await own.grow(4);
    const forged = await round();
    expect(forged.reports.map(({ state }) => state)).toEqual(['contradicted', 'contradicted']);
    expect(forged.span.witnessed).toBeUndefined();
    expect([court.alarms.length, authority.alarms.length]).toEqual([1, 1]);
    expect((await check()).faults).toHaveLength(3);
  });

  test('AL-05 a node whose log witnesses contradict says so to whoever watches it, stays in service, and counts what nobody outside has seen', async () => {
    const metricsListen = { host: '127.0.0.1', port: await findFreePort() };
    const ask = async (url: string): Promise<string> => (await fetch(url)).text();
    const read = async (): Promise<string> => ask(`http://127.0.0.1:${metricsListen.port}/metrics`);
    const watch = async (sign: RegExp): Promise<readonly [numbers: string, readiness: string]> =>
      own.use(async (parts) => {
        const watched = withWitnesses(parts, own.folder, lines);
        const node = await startNode({ ...watched, config: { ...watched.config, metricsListen, verifyHour: null } });
        try {
          await vi.waitFor(async () => expect(await read()).toMatch(sign), { timeout: 5000, interval: 100 });
          return [await read(), await ask(`${issuer}/readyz`)];
        } finally {
          await node?.stop();
        }
      });
    copyFileSync(own.databaseFile, file('yesterday.db'));
    const [calm, ready] = await watch(/contradicts\{witness="authority"\} 0/);
    expect([/^huwiya_log_entries \d+$/m.test(calm), JSON.parse(ready)]).toMatchObject([true, { status: 'ok' }]);
    expect(ready).not.toContain('notes');
    await own.grow(3);
    await round();
    rmSync(file('witnesses.policy.head'));
    copyFileSync(file('yesterday.db'), own.databaseFile);
    const [numbers, said] = await watch(/contradicts\{witness="court"\} 1/);
    expect(numbers).toMatch(/^huwiya_log_unwitnessed_seconds \d/m);
    expect(JSON.parse(said)).toMatchObject({ status: 'ok', notes: { witnesses: 'contradicted' } });
  });

  test('AL-06 of two heads that are shown to two auditors at most one is ever witnessed: the quorum of the other is missing', async () => {
    copyFileSync(own.databaseFile, file('other.db'));
    await own.grow(1);
    // One witness sees the one view, the other is shown the second.
    await authority.close();
    const first = await round();
    expect(first.span.witnessed).toBeUndefined();
    copyFileSync(own.databaseFile, file('first.db'));
    copyFileSync(file('other.db'), own.databaseFile);
    await own.grow(1);
    await court.close();
    await authority.listen();
    const second = await round();
    expect(second.reports.map(({ state }) => state)).toEqual(['unreachable', 'cosigned']);
    expect(second.span.witnessed).toBeUndefined();
    await court.listen();
    await own.grow(1);
    const both = await round();
    expect(both.reports.map(({ state }) => state)).toEqual(['contradicted', 'cosigned']);
    expect(both.span.witnessed).toBeUndefined();
  });

  test('AL-23 while a witness is away for a day the log goes on, says what is not witnessed, alarms after ten minutes, and catches up without a gap', async () => {
    expect((await round()).span.witnessed?.size).toBe(5);
    await authority.close();
    await own.grow(300);
    const soon = await round();
    expect(soon.span).toMatchObject({ witnessed: { size: 5 }, entries: 300, isAlarming: false });
    // Moments of the log itself: how long the test took until here must not count.
    const judge = async (after: number) =>
      use(async ({ storage: { ledger } }) =>
        findUnwitnessedSpan({ witnessing: { findWitnessed: async () => soon.span.witnessed }, ledger }, (soon.span.since ?? 0) + after),
      );
    expect([(await judge(599_999)).isAlarming, (await judge(600_000)).isAlarming]).toEqual([false, true]);
    const late = await round(86_400_000);
    expect(late.span).toMatchObject({ witnessed: { size: 5 }, entries: 300, isAlarming: true });
    expect((await check()).faults).toEqual([]);
    await authority.listen();
    await own.grow(1);
    const back = await round();
    expect(back.reports.map(({ state }) => state)).toEqual(['cosigned', 'cosigned']);
    expect(back.span).toMatchObject({ witnessed: { size: 306 }, entries: 0, since: null, isAlarming: false });
  });

  test('AL-24 a database of yesterday does not start; restored with the loss in the log it does, and the witnesses still say no', async () => {
    const backup = file('good.backup');
    await own.backup(backup);
    copyFileSync(own.databaseFile, file('yesterday.db'));
    await own.grow(3);
    const { witnessed } = (await round()).span;
    expect(readFileSync(file('witnesses.policy.head'), 'utf8')).toBe(witnessed?.text);
    copyFileSync(file('yesterday.db'), own.databaseFile);
    expect((await check()).faults).toHaveLength(3);
    const options = { kept: [file('witnesses.policy.head')], acceptedLoss: 'the disk broke', mode: 'replace' } as const;
    expect(await own.restore(backup, options)).toMatchObject({ code: 0 });
    const passed = await check();
    expect(passed.faults).toEqual([]);
    expect(passed.warnings).toHaveLength(3);
    expect((await round()).reports.map(({ state }) => state)).toEqual(['contradicted', 'contradicted']);
    expect((await round()).span.witnessed).toBeUndefined();
  });

  test('AL-24 a recorded loss excuses what was lost then and nothing else: a rewritten entry from before the backup keeps the node from starting', async () => {
    const backup = file('good.backup');
    const early = readFileSync(await own.grow(1), 'utf8');
    await own.backup(backup);
    await own.grow(3);
    await round();
    const options = { kept: [file('witnesses.policy.head')], acceptedLoss: 'the disk broke', mode: 'replace' } as const;
    expect(await own.restore(backup, options)).toMatchObject({ code: 0 });
    expect((await check()).faults).toEqual([]);
    const [origin, size, , ...rest] = early.split('\n');
    const rewritten = [origin, size, Buffer.alloc(32).toString('base64'), ...rest].join('\n');
    writeFileSync(file('witnesses.policy.head'), rewritten);
    expect((await check()).faults.map(({ problem }) => problem)).toEqual([
      `the log does not hold the ${size} entries that HUWIYA_WITNESSED_HEAD knows to be witnessed`,
    ]);
    writeFileSync(file('witnesses.policy.head'), early);
    expect((await check()).faults).toEqual([]);
  });

  test('AL-24 no command signs over a database of yesterday: there never are two heads of one size', async () => {
    const addAndNumber = async (parts: Parts) => {
      await addEntries(parts, 1);
      return { fault: await sequenceLog(parts), size: (await parts.storage.ledger.findCheckpoint())?.size };
    };
    copyFileSync(own.databaseFile, file('yesterday.db'));
    expect(await use(addAndNumber)).toEqual({ fault: undefined, size: 6 });
    expect((await round()).span.witnessed?.size).toBe(6);
    copyFileSync(file('yesterday.db'), own.databaseFile);
    const judge = async (parts: Parts): Promise<readonly string[]> => {
      const { config, keys, storage } = parts;
      const ground = {
        config: { ok: true, value: config },
        keys: { ok: true, value: keys },
        storage,
        depth: 'quick',
        progress: () => undefined,
      } as const;
      return (await checkLedger(ground, 'answered')).filter(({ result }) => result === 'failed').map(({ detail }) => detail);
    };
    const { fault, size } = await use(addAndNumber);
    expect(await use(judge)).toEqual([expect.stringContaining('does not hold the 6 entries')]);
    expect(fault?.message).toContain('does not hold the 6 entries');
    expect(size).toBe(5);
  });
});
