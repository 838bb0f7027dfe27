// A PostgreSQL primary that dies under load, and a standby in its place: one that holds every commit that was answered, and one that lagged (docs/runbooks/failover.md).

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createNode } from '../../src/app.ts';
import { checkWitnessed } from '../../src/cli/check-witnessed.ts';
import { toLogSigner } from '../../src/cli/sequence-log.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { createWayOut } from '../../src/outbound/way-out.ts';
import { createPostToWitness } from '../../src/outbound/witnesses.ts';
import type { Act } from '../../src/storage/engine.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { isExplained } from '../crash/judge.ts';
import { runCommand } from '../support/command.ts';
import { createMovingAddress } from '../support/moving-address.ts';
import type { MovingAddress } from '../support/moving-address.ts';
import type { Traveller } from '../support/person-journey.ts';
import { describeWithPostgres } from '../support/describe-with-postgres.ts';
import type { Binaries } from '../support/postgres-binaries.ts';
import { askCluster, createCluster } from '../support/postgres-cluster.ts';
import type { Cluster } from '../support/postgres-cluster.ts';
import { readLog } from '../support/read-log.ts';
import { addEntries, createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import { askSilently, createEnrolledPerson, createRequest, exchange, obtainTokens, visit, withdraw } from '../support/visits.ts';
import type { Visit } from '../support/visits.ts';
import { createRealWitness, runOneRound, withWitnesses } from '../support/witness-world.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const silent = createLog('error', { write: () => undefined });

const runbook = readFileSync(new URL('../../docs/runbooks/failover.md', import.meta.url), 'utf8');

/** What operators type there, in the order of the page: look, wait for no other, take it over, promote; then wait for the new standby, take that over. */
const typed = [...runbook.matchAll(/ -c "([^"]+)"/g)].map(([, text = '']) => text);
const [look = '', waitForNone = '', reload = '', promote = '', waitForStandby = ''] = typed;

const told = ['consent.given', 'service.entered', 'consent.withdrawn'] as const;

type Line = { readonly act: (typeof told)[number]; readonly outcome: 'ok' | 'unknown' };

/** `lines`: what one person and the service were told, in order. `code`: one of which nobody knows whether it was used. */
type Person = { readonly traveller: Traveller; readonly id: string; readonly lines: Line[]; code: Visit | undefined };

/** Whether it was answered; whatever went wrong leaves it open. */
async function isAnswered({ lines }: Person, act: Line['act'], work: () => Promise<boolean>): Promise<boolean> {
  const isDone = await work().catch(() => false);
  lines.push({ act, outcome: isDone ? 'ok' : 'unknown' });
  return isDone;
}

/** Gives a consent, uses the code and takes the consent back, for as long as answers come. */
async function keepDeciding(person: Person): Promise<void> {
  const { traveller } = person;
  const steps: readonly (readonly [Line['act'], () => Promise<boolean>])[] = [
    ['consent.given', async () => (person.code = await visit(traveller, 'permit')) !== undefined],
    ['service.entered', async () => person.code !== undefined && (await exchange(person.code, traveller.issuer)).status === 200],
    ['consent.withdrawn', async () => (await withdraw(traveller, 'permit')).status < 400],
  ];
  for (let turn = 0; ; turn += 1) {
    const [act, work] = steps[turn % steps.length] ?? [told[0], async () => false];
    if (!(await isAnswered(person, act, work))) {
      return;
    }
  }
}

/** A service that got no answer shows the code again: served now, it was not used before; refused, it was. */
async function settleCode({ code, lines, traveller }: Person): Promise<void> {
  if (code !== undefined && lines.at(-1)?.act === 'service.entered') {
    await exchange(code, traveller.issuer);
    lines.splice(-1, 1, { act: 'service.entered', outcome: 'ok' });
  }
}

const ownEntries = `SELECT e.type FROM entries e JOIN entry_secrets s ON s.entry_id = e.id
  WHERE s.person_ref = $1 AND e.service = 'mol-work-permit' AND e.type IN ('${told.join("', '")}') ORDER BY e.log_index`;

const checksSchema = z.object({ checks: z.record(z.string(), z.string()) });

async function readChecks(issuer: string): Promise<Readonly<Record<string, string>>> {
  return checksSchema.parse(await (await fetch(`${issuer}/readyz`)).json()).checks;
}

async function waitFor(what: () => Promise<boolean>): Promise<void> {
  await expect.poll(what, { timeout: 20_000, interval: 50 }).toBe(true);
}

const answers = async (url: string): Promise<number> => (await fetch(url)).status;

function describeFailover(binaries: Binaries): void {
  describe('a PostgreSQL primary that dies', () => {
    let primary: Cluster;
    let address: MovingAddress;
    let database: string;
    const closing: (() => Promise<unknown>)[] = [];

    beforeEach(async () => {
      primary = createCluster(binaries);
      await primary.start();
      address = await createMovingAddress(primary.socketFile);
      database = `postgres://huwiya@127.0.0.1:${address.port}/postgres`;
    }, 60_000);

    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) {
        await close();
      }
      await address.close();
      await primary.remove();
    });

    /** With the settings that the primary has by then; it follows when it is started. */
    const addStandby = async (): Promise<Cluster> => {
      const standby = await primary.copyAsStandby();
      closing.push(standby.remove);
      return standby;
    };

    /** As the runbook says: the old one is dead, the standby is promoted, the address moves. */
    const failOver = async (standby: Cluster): Promise<void> => {
      const [seen] = await askCluster(standby.url, look);
      expect(seen).toMatchObject({ pg_is_in_recovery: true });
      for (const text of [waitForNone, reload, promote]) {
        await askCluster(standby.url, text);
      }
      address.leadTo(standby.socketFile);
    };

    /** Another node of the same installation. */
    const startOther = async ({ clock, config, keys }: World): Promise<string> => {
      const listen = { ...config.listen, port: await findFreePort() };
      const storage = openStorage(config.database);
      const node = createNode({ config: { ...config, listen }, keys, storage, clock, log: silent });
      await node.start();
      closing.push(node.stop);
      return `http://127.0.0.1:${listen.port}`;
    };

    test('FT-08 under load loses nothing that was answered where a standby confirmed each commit, does nothing twice, and people go on', async () => {
      await askCluster(primary.url, waitForStandby);
      await askCluster(primary.url, reload);
      const standby = await addStandby();
      await standby.start();
      const world = await createWorld({ database });
      closing.push(world.close);
      const other = await startOther(world);
      const people: Person[] = [];
      const { traveller: bystander } = await createEnrolledPerson(world);
      await obtainTokens(bystander, 'clinic');
      for (let turn = 0; turn < 3; turn += 1) {
        const { person, traveller } = await createEnrolledPerson(world);
        await obtainTokens(traveller, 'clinic');
        people.push({ traveller, id: person.id, lines: [], code: undefined });
      }
      const load = people.map(keepDeciding);
      await waitFor(async () => people.every(({ lines }) => lines.length > 3));
      const kept = join(world.folder, 'kept-checkpoint.txt');
      writeFileSync(kept, await (await fetch(`${world.issuer}/ledger/checkpoint`)).text());
      address.leadTo(undefined);
      await primary.kill();
      await Promise.all(load);
      await waitFor(async () => (await answers(`${world.issuer}/readyz`)) === 503);
      expect(await answers(`${world.issuer}/healthz`)).toBe(200);
      const refused = await fetch(createRequest(world.issuer, 'clinic').url);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
      await failOver(standby);
      await waitFor(async () => (await answers(`${world.issuer}/readyz`)) === 200 && (await answers(`${other}/readyz`)) === 200);
      // Who waited for an answer when it happened may have to sign in again: it may have carried a new session. Nobody else has to.
      await waitFor(async () => (await askSilently(bystander, 'clinic')).has('code'));
      await Promise.all(people.map(settleCode));
      await readLog(world);
      for (const { id, lines, traveller } of people) {
        const seen = (await askCluster(standby.url, ownEntries, [id])).map(({ type }) => String(type));
        expect({ lines, seen, isExplained: isExplained(lines, seen) }).toMatchObject({ isExplained: true });
        const standing = (await world.storage.consents.listConsents(id)).find(({ clientId }) => clientId === 'mol-work-permit');
        expect(standing?.state).toBe(seen.findLast((type) => type.startsWith('consent.'))?.slice('consent.'.length));
        await obtainTokens(traveller, 'permit');
      }
      await readLog(world);
      const verified = await runCommand(['audit', 'verify', '--since', kept, '--config', world.settingsFile], {
        HUWIYA_DATABASE: database,
      });
      expect(verified).toMatchObject({ code: 0 });
    });

    test('FT-08 and whose standby is away answers no commit, whatever time runs out, and nobody reads what was not confirmed', async () => {
      await askCluster(primary.url, 'CREATE TABLE acts (number bigint NOT NULL)');
      await askCluster(primary.url, waitForStandby);
      await askCluster(primary.url, reload);
      const engine = openPostgres(primary.url);
      closing.push(engine.close);
      const act = engine.atomic(function* (): Act<void> {
        yield { text: 'INSERT INTO acts (number) VALUES (?)', values: [1] };
      });
      await expect(act).rejects.toMatchObject({ code: 'store/unavailable' });
      expect(await engine.read({ text: 'SELECT number FROM acts', values: [] })).toEqual([]);
    });

    test('FT-09 that falls silent and closes nothing: not ready, 503 with the time to ask again, and everything as before when it speaks', async () => {
      const world = await createWorld({ database });
      closing.push(world.close);
      const { traveller } = await createEnrolledPerson(world);
      await obtainTokens(traveller, 'permit');
      primary.freeze();
      const began = performance.now();
      const ready = answers(`${world.issuer}/readyz`).then((status) => ({ status, took: performance.now() - began }));
      const refused = await Promise.all(Array.from({ length: 20 }, async () => fetch(createRequest(world.issuer, 'clinic').url)));
      expect(performance.now() - began).toBeLessThan(6000);
      expect(refused.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 503));
      expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
      const { status, took } = await ready;
      expect(status).toBe(503);
      expect(took).toBeLessThan(3500);
      expect(await answers(`${world.issuer}/healthz`)).toBe(200);
      primary.thaw();
      await waitFor(async () => (await answers(`${world.issuer}/readyz`)) === 200);
      await waitFor(async () => (await askSilently(traveller, 'permit')).has('code'));
    });

    test('FT-08 and a standby that lagged: the node that knew more signs nothing, and none starts on a log that is shorter than witnesses saw', async () => {
      const standby = await addStandby();
      await standby.start();
      const place = createUpkeepFolder();
      closing.push(async () => place.remove());
      const issuer = `http://localhost:${await findFreePort()}`;
      const own = await createInstallation({ folder: join(place.path, 'own'), issuer, database });
      appendFileSync(own.settingsFile, `HUWIYA_LISTEN=127.0.0.1:${new URL(issuer).port}\n`);
      await own.grow(5);
      const log = await own.use(async (parts) => toVerifier(toLogSigner(parts)));
      const court = await createRealWitness(join(own.folder, 'court'), 'court', log);
      closing.push(court.close);
      const lines = [court.line, 'quorum court'];
      const check = async () =>
        own.use(async (parts) => checkWitnessed(withWitnesses(parts, own.folder, lines), createPostToWitness(createWayOut(parts.config))));
      const isLevel = async (): Promise<boolean> => {
        const [row] = await askCluster(
          primary.url,
          'SELECT count(*) AS n FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn()',
        );
        return Number(row?.['n']) === 1;
      };
      await waitFor(isLevel);
      await standby.end('SIGINT');
      await own.use(async (parts) => {
        const said: string[] = [];
        const heard = createLog('error', { write: (line) => said.push(line) });
        const node = createNode({ ...parts, storage: openStorage(parts.config.database), log: heard });
        await node.start();
        closing.push(node.stop);
        await addEntries(parts, 3);
        await waitFor(async () => ((await parts.storage.ledger.findCheckpoint())?.size ?? 0) >= 8);
        const { span } = await runOneRound(withWitnesses(parts, own.folder, lines), log);
        expect(span.witnessed?.size).toBeGreaterThanOrEqual(8);
        expect((await check()).faults).toEqual([]);
        address.leadTo(undefined);
        await primary.kill();
        await standby.start();
        await failOver(standby);
        await waitFor(async () => (await readChecks(issuer))['database'] === 'ok');
        const before = (await parts.storage.ledger.findCheckpoint())?.size;
        await addEntries(parts, 2);
        await waitFor(async () => said.filter((line) => line.includes('ledger/broken')).length > 2);
        expect((await parts.storage.ledger.findCheckpoint())?.size).toBe(before);
      });
      expect((await check()).faults.map(({ problem }) => problem)).toEqual([
        expect.stringContaining('does not hold'),
        expect.stringContaining('the witness court cosigned'),
      ]);
      const settings = { HUWIYA_WITNESSES: join(own.folder, 'witnesses.policy') };
      const started = await runCommand(['serve', '--config', own.settingsFile], settings);
      expect([started.code, started.stderr.includes('does not hold'), started.stderr.includes('answers at')]).toEqual([1, true, false]);
    });
  });
}

describeWithPostgres('a primary that dies, and its standby', describeFailover);
