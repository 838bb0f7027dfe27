// A PostgreSQL primary that dies under load, and a standby in its place: one that holds every commit that was answered, and one that lagged (docs/runbooks/failover.md).

import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { createNode } from '../../src/app.ts';
import { checkWitnessed } from '../../src/cli/check-witnessed.ts';
import { toLogSigner } from '../../src/cli/sequence-log.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import type { Entry } from '../../src/domain/ledger/store.ts';
import { createWayOut } from '../../src/outbound/way-out.ts';
import { createPostToWitness } from '../../src/outbound/witnesses.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { runCommand } from '../support/command.ts';
import { createMovingAddress } from '../support/moving-address.ts';
import type { MovingAddress } from '../support/moving-address.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import type { Traveller } from '../support/person-journey.ts';
import { findBinaries } from '../support/postgres-binaries.ts';
import type { Binaries } from '../support/postgres-binaries.ts';
import { askCluster, createCluster } from '../support/postgres-cluster.ts';
import type { Cluster } from '../support/postgres-cluster.ts';
import { readLog } from '../support/read-log.ts';
import { addEntries, createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import { askSilently, createEnrolledPerson, createRequest, obtainTokens, withdraw } from '../support/visits.ts';
import { createRealWitness, runOneRound, withWitnesses } from '../support/witness-world.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const silent = createLog('error', { write: () => undefined });

const waitsForStandby = ['synchronous_standby_names=standby'];

/** Of one person at one service, in order: what was answered, and whether the last try was not. */
type Told = { given: number; withdrawn: number; open: number };

type Person = { readonly traveller: Traveller; readonly id: string; readonly told: Told };

/** Gives a consent and takes it back, for as long as answers come. */
async function keepDeciding({ told, traveller }: Person): Promise<void> {
  for (;;) {
    try {
      await obtainTokens(traveller, 'permit');
      told.given += 1;
      await withdraw(traveller, 'permit');
      told.withdrawn += 1;
    } catch {
      told.open += 1;
      return;
    }
  }
}

/** The newest entry about a record. */
const findLast = (entries: readonly Entry[], record: string): string | undefined =>
  entries.findLast(({ body, type }) => body.includes(record) && /^consent\.(?:given|withdrawn)$/.test(type))?.type;

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
    let standby: Cluster;
    let address: MovingAddress;
    let database: string;
    const closing: (() => Promise<unknown>)[] = [];

    beforeEach(async () => {
      primary = createCluster(binaries);
      standby = primary.copyAsStandby();
      address = await createMovingAddress(primary.socketFile);
      database = `postgres://huwiya@127.0.0.1:${address.port}/postgres`;
    }, 60_000);

    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) {
        await close();
      }
      await address.close();
      await Promise.all([primary.remove(), standby.remove()]);
    });

    /** As the runbook says: the old one is dead, the standby is promoted, the address moves. */
    const failOver = async (): Promise<void> => {
      await askCluster(standby.url, 'SELECT pg_promote()');
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
      await primary.start(waitsForStandby);
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
        people.push({ traveller, id: person.id, told: { given: 0, withdrawn: 0, open: 0 } });
      }
      const load = people.map(keepDeciding);
      await waitFor(async () => people.every(({ told }) => told.withdrawn > 0));
      const kept = join(world.folder, 'kept-checkpoint.txt');
      writeFileSync(kept, await (await fetch(`${world.issuer}/ledger/checkpoint`)).text());
      address.leadTo(undefined);
      await primary.kill();
      await Promise.all(load);
      await waitFor(async () => (await answers(`${world.issuer}/readyz`)) === 503);
      expect(await answers(`${world.issuer}/healthz`)).toBe(200);
      const refused = await fetch(createRequest(world.issuer, 'clinic').url);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
      await failOver();
      await waitFor(async () => (await answers(`${world.issuer}/readyz`)) === 200 && (await answers(`${other}/readyz`)) === 200);
      // Who waited for an answer when it happened may have to sign in again: it may have carried a new session. Nobody else has to.
      await waitFor(async () => (await askSilently(bystander, 'clinic')).has('code'));
      const entries = await readLog(world);
      const inLog = (type: string): number => entries.filter((entry) => entry.type === type && entry.service === 'mol-work-permit').length;
      const sum = (pick: (told: Told) => number): number => people.reduce((all, { told }) => all + pick(told), 0);
      const [given, withdrawn, open] = [sum((told) => told.given), sum((told) => told.withdrawn), sum((told) => told.open)];
      expect(inLog('consent.given')).toBeGreaterThanOrEqual(given);
      expect(inLog('consent.withdrawn')).toBeGreaterThanOrEqual(withdrawn);
      expect(inLog('consent.given') + inLog('consent.withdrawn')).toBeLessThanOrEqual(given + withdrawn + open);
      for (const { id, traveller } of people) {
        const [standing] = (await world.storage.consents.listConsents(id)).filter(({ clientId }) => clientId === 'mol-work-permit');
        expect(`consent.${standing?.state ?? ''}`).toBe(findLast(entries, standing?.id ?? ''));
        await obtainTokens(traveller, 'permit');
      }
      await readLog(world);
      const verified = await runCommand(['audit', 'verify', '--since', kept, '--config', world.settingsFile], {
        HUWIYA_DATABASE: database,
      });
      expect(verified).toMatchObject({ code: 0 });
    });

    test('FT-09 that falls silent and closes nothing: not ready, 503 with the time to ask again, and everything as before when it speaks', async () => {
      await primary.start();
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
      await primary.start();
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
        await failOver();
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

const [found] = findBinaries();
if (found === undefined) {
  reportNotCollected('a primary that dies, and its standby', 'no PostgreSQL server was found');
}

describe('The programs of PostgreSQL', () => {
  it('are there, or their absence was reported', () => {
    expect(found === undefined || found.folder !== '').toBe(true);
  });
});

if (found !== undefined) {
  describeFailover(found);
}
