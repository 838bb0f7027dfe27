// What `huwiya doctor` says of an installation that is sound, and of one part after another that is not.

import { chmodSync, copyFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createNode } from '../../../src/app.ts';
import { examine } from '../../../src/cli/doctor.ts';
import type { Finding } from '../../../src/cli/doctor/finding.ts';
import { loadParts } from '../../../src/cli/load-parts.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';
import type { Decision } from '../../../src/domain/consent/store.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../src/domain/ledger/event.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createCertificate, createSelfSigned } from '../../support/certificate.ts';
import { damageDatabase } from '../../support/damage-database.ts';
import { createEvent, createGrant, createNextDecision, createOutboxMessage } from '../../support/store-samples.ts';
import { findFreePort } from '../../support/world.ts';

const day = 86_400_000;

describe('doctor', () => {
  let folder: string;
  let port: number;
  const settings = (): string => join(folder, 'own', 'huwiya.env');
  const databaseFile = (): string => join(folder, 'own', 'huwiya.db');
  const keyFile = (name: string, of = 'own'): string => join(folder, of, 'keys', name);

  const look = async (env: Readonly<Record<string, string>> = {}, depth: 'quick' | 'full' = 'quick'): Promise<readonly Finding[]> =>
    examine({ file: settings(), env, depth, progress: () => undefined });

  /** `check result` of everything that is not ok. */
  const complain = async (env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    (await look(env)).filter(({ result }) => result !== 'ok').map(({ check, result, detail }) => `${result} ${check}: ${detail}`);

  async function load(): Promise<Extract<Awaited<ReturnType<typeof loadParts>>, { ok: true }>['value']> {
    const parts = await loadParts({ file: settings(), allowsPending: false, env: {} });
    if (!parts.ok) {
      throw new Error(JSON.stringify(parts.faults));
    }
    return parts.value;
  }

  async function record(at: number): Promise<void> {
    const { storage } = await load();
    const clock = { now: () => at };
    const draft = { type: 'export.created', personRef: null, actor: { kind: 'operator', ref: null } } as const;
    const event = sealEvent({ clock, random: systemRandom }, draft);
    await storage.engine.commit([{ kind: 'append-event', event }], at);
    await storage.close();
  }

  async function startNode(): Promise<{ readonly stop: () => Promise<void> }> {
    const node = createNode({ ...(await load()), log: createLog('error', { write: () => undefined }) });
    await node.start();
    return node;
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-doctor-'));
    port = await findFreePort();
    for (const name of ['own', 'other']) {
      writeSetup({ issuer: `http://localhost:${port}`, folder: join(folder, name) });
    }
    const parts = await loadParts({ file: settings(), allowsPending: true, env: {} });
    if (parts.ok) {
      await parts.value.storage.migrate(systemClock);
      await parts.value.storage.close();
    }
    await (await load()).storage.close();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds a sound installation sound, one line for each check', async () => {
    const findings = await look({}, 'full');
    expect(findings.map(({ check, result }) => `${check} ${result}`)).toEqual(
      [
        'configuration',
        'keys',
        'clock',
        'database',
        'disk',
        'certificate',
        'listener',
        'log',
        'services',
        'outbox',
        'mail',
        'metadata',
        'staff',
      ].map((name) => `${name} ok`),
    );
    expect(findings.find(({ check }) => check === 'listener')?.detail).toContain('free');
  });

  it('says of a database that was not migrated that one thing, and which command', async () => {
    for (const end of ['', '-wal', '-shm']) {
      rmSync(`${databaseFile()}${end}`, { force: true });
    }
    // As an interrupted command leaves it: there, and empty.
    writeFileSync(databaseFile(), '');
    const failures = (await look()).filter(({ result }) => result === 'failed');
    expect(failures.map(({ check, detail }) => `${check} ${detail}`)).toEqual([expect.stringMatching(/^database .*needs \d+ migration/)]);
    expect(failures[0]?.fix).toContain('huwiya migrate');
  });

  it('looks at an installation while its node runs, and tells that node from another program', async () => {
    const node = await startNode();
    expect(await complain()).toEqual([]);
    expect((await look()).find(({ check }) => check === 'listener')?.detail).toContain('is ready');
    await node.stop();
    const other = createServer((socket) => socket.resume().end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
    await new Promise<void>((resolve) => {
      other.listen(port, '127.0.0.1', resolve);
    });
    expect(await complain()).toEqual([`failed listener: 127.0.0.1:${port} is answered by something else`]);
    await new Promise((resolve) => {
      other.close(resolve);
    });
  });

  it('goes on looking where the configuration cannot be used', async () => {
    const findings = await look({ HUWIYA_ISSUER: 'http://id.example' });
    const resultOf = (name: string): string | undefined => findings.find(({ check }) => check === name)?.result;
    expect(['configuration', 'keys', 'database', 'disk', 'log'].map(resultOf)).toEqual(['failed', 'ok', 'ok', 'ok', 'warning']);
    expect(
      (await examine({ file: join(folder, 'absent.env'), env: {}, depth: 'quick', progress: () => undefined })).length,
    ).toBeGreaterThan(3);
  });

  it('names keys that others can read, that are missing, old, or of another installation', async () => {
    chmodSync(keyFile('cookies.json'), 0o640);
    rmSync(keyFile('dpop-nonce.json'));
    const both = await complain();
    expect(both.join()).toContain('cookies.json can be read');
    expect(both.join()).toContain('dpop-nonce.json is missing');
    for (const name of ['cookies.json', 'dpop-nonce.json', 'data.json', 'checkpoint-ed25519.json']) {
      rmSync(keyFile(name), { force: true });
      copyFileSync(keyFile(name, 'other'), keyFile(name));
    }
    const foreign = await complain();
    expect(foreign.filter((text) => text.includes('data.json holds another'))).toHaveLength(2);
    expect(foreign.join()).toContain('checkpoint-ed25519.json is not the key that signs');
    const longAgo = new Date(Date.now() - 800 * day);
    utimesSync(keyFile('receipt-ed25519.json'), longAgo, longAgo);
    expect((await complain()).join()).toContain('warning keys: receipt-ed25519.json was written 800 days ago');
  });

  it('creates no database where there is none', async () => {
    expect(await complain({ HUWIYA_DATABASE: 'sqlite:absent.db' })).toContain(
      'failed database: HUWIYA_DATABASE names a file that is not there',
    );
    expect(await complain({ HUWIYA_DATABASE: 'sqlite:absent.db' })).toContain(
      'failed database: HUWIYA_DATABASE names a file that is not there',
    );
    expect((await complain({ HUWIYA_DATABASE: 'postgres://nobody@localhost:1/none' })).join()).toContain('failed database');
  });

  test('FT-06: finds damage in the database, and a log whose end was changed', async () => {
    await record(Date.now());
    const node = await startNode();
    await node.stop();
    expect(await complain()).toEqual([]);
    damageDatabase(databaseFile(), "UPDATE entries SET type = 'session.ended'", ['entries_update']);
    expect((await complain()).join()).toContain('failed log: column-mismatch at entry 0');
    damageDatabase(databaseFile(), "UPDATE ledger_tiles SET hashes = replace(hashes, substr(hashes, 1, 4), 'AAAA')", [
      'ledger_tiles_update',
    ]);
    expect((await complain()).join()).toContain('failed log: root-mismatch');
    writeFileSync(databaseFile(), 'this is no database, and long enough to be looked at as one');
    rmSync(`${databaseFile()}-wal`, { force: true });
    expect((await complain()).join()).toContain('failed database');
  });

  test('RX-11: warns of a write-ahead log that somebody keeps from being carried over', async () => {
    const reader = new Database(databaseFile()).exec('BEGIN; SELECT count(*) FROM entries');
    truncateSync(`${databaseFile()}-wal`, 300 * 1024 * 1024);
    expect((await complain()).join()).toContain('warning database: its write-ahead log has 300 MiB');
    reader.close();
  });

  it('says when an entry waits for its number, and when the clock is behind what was written', async () => {
    await record(Date.now() - 60_000);
    expect((await complain()).join()).toContain('warning log: an entry has waited 60 s');
    damageDatabase(databaseFile(), `INSERT INTO checkpoints VALUES (0, 'x', 'x', ${Date.now() + 3 * day})`, []);
    expect((await complain()).join()).toContain('failed clock: is 259200 s behind');
  });

  it('names a service whose retirement is not finished, until a node has run', async () => {
    const { storage } = await load();
    const { service } = await createGrant(storage);
    await storage.agencies.saveServiceStatus(service.clientId, 'retired', createEvent('service.status_changed'));
    await storage.close();
    const left = `warning services: ${service.clientId} is retired, and records with it are not yet revoked`;
    expect(await complain()).toContain(left);
    const node = await startNode();
    await expect.poll(async () => complain()).not.toContain(left);
    await node.stop();
  });

  it('says how much waits to leave and since when: a warning after an hour, a fault after a day', async () => {
    const { storage } = await load();
    const grant = await createGrant(storage);
    const send = async (decision: Decision, createdAt: number) =>
      storage.consents.saveDecision({ ...decision, outbox: [createOutboxMessage({ createdAt, recipient: grant.service.clientId })] });
    const paused = createNextDecision(grant.consent, { state: 'paused' });
    await send(paused, Date.now() - 61 * 60_000);
    // The person's own notice of the first consent waits too.
    expect((await complain()).join()).toContain('warning outbox: 2 waiting, the oldest for 61 min; 0 given up');
    await send(createNextDecision(paused.consent, { state: 'withdrawn' }), Date.now() - 25 * 3_600_000);
    expect((await complain()).join()).toContain('failed outbox: 3 waiting, the oldest for 25 h; 0 given up; more than a day is too long');
    await storage.close();
  });

  it.each([
    ['names the issuer and holds', { host: 'id.example', from: -day, until: 90 * day }, 'ok certificate: names the issuer'],
    ['ends soon', { host: 'id.example', from: -day, until: 10 * day }, 'warning certificate: HUWIYA_TLS_CERT ends in'],
    ['ends in three days', { host: 'id.example', from: -day, until: 3.5 * day }, 'failed certificate: HUWIYA_TLS_CERT ends in 3 days'],
    [
      'has ended',
      { host: 'id.example', from: -9 * day, until: -day },
      'failed certificate: HUWIYA_TLS_CERT holds a certificate that has ended',
    ],
    [
      'is not valid yet',
      { host: 'id.example', from: day, until: 9 * day },
      'failed certificate: HUWIYA_TLS_CERT holds a certificate that is not valid yet',
    ],
    [
      'names another host',
      { host: 'elsewhere.example', from: -day, until: 90 * day },
      'failed certificate: HUWIYA_TLS_CERT does not name id.example',
    ],
  ])('looks at a certificate that %s', async (_title, { host, from, until }, expected) => {
    const made = createCertificate({ host, from: new Date(Date.now() + from), until: new Date(Date.now() + until) });
    const files = { HUWIYA_TLS_CERT: join(folder, 'certificate.pem'), HUWIYA_TLS_KEY: join(folder, 'key.pem') };
    writeFileSync(files.HUWIYA_TLS_CERT, made.certificate);
    writeFileSync(files.HUWIYA_TLS_KEY, made.key);
    const env = { HUWIYA_ISSUER: 'https://id.example', ...files };
    const said = (await look(env)).map(({ check, result, detail }) => `${result} ${check}: ${detail}`);
    expect(said.join('\n')).toContain(expected);
    writeFileSync(files.HUWIYA_TLS_KEY, createCertificate({ host, from: new Date(), until: new Date() }).key);
    expect((await complain(env)).join()).toContain('failed certificate: HUWIYA_TLS_KEY does not belong to the certificate');
    writeFileSync(files.HUWIYA_TLS_CERT, `${made.certificate}${made.certificate.slice(0, 200)}`);
    expect((await complain(env)).join()).toContain('failed certificate: HUWIYA_TLS_CERT names a file that is not a certificate');
    rmSync(files.HUWIYA_TLS_CERT);
    expect((await complain(env)).join()).toContain('failed certificate: HUWIYA_TLS_CERT names a file that cannot be read');
  });

  it('looks at the certificate of the listener for services as well', async () => {
    const write = (host: string): Readonly<Record<string, string>> => {
      const made = createCertificate({ host, from: new Date(Date.now() - day), until: new Date(Date.now() + 90 * day) });
      const files = { HUWIYA_MTLS_CERT: join(folder, 'mtls.pem'), HUWIYA_MTLS_KEY: join(folder, 'mtls.key') };
      writeFileSync(files.HUWIYA_MTLS_CERT, made.certificate);
      writeFileSync(files.HUWIYA_MTLS_KEY, made.key);
      return { ...files, HUWIYA_MTLS_LISTEN: '127.0.0.1:9443', HUWIYA_MTLS_URL: 'https://mtls.example' };
    };
    const say = async (env: Readonly<Record<string, string>>): Promise<string> =>
      (await look(env)).map(({ check, result, detail }) => `${result} ${check}: ${detail}`).join('\n');
    expect(await say(write('mtls.example'))).toContain('ok certificate: names the listener for services');
    expect(await say(write('id.example'))).toContain('failed certificate: HUWIYA_MTLS_CERT does not name mtls.example');
    const authorities = { ...write('mtls.example'), HUWIYA_MTLS_CA: join(folder, 'authorities.pem') };
    expect(await say(authorities)).toContain('failed certificate: HUWIYA_MTLS_CA names a file that cannot be read');
    const [far, near, over] = [200, 9, -2].map((until) => createSelfSigned({ subject: { O: 'A' }, isAuthority: true, from: -20, until }));
    writeFileSync(authorities.HUWIYA_MTLS_CA, [far, near, over].map((made) => made?.certificate).join(''));
    const said = await say(authorities);
    expect(said).not.toContain('HUWIYA_MTLS_CA number 1');
    expect(said).toContain('warning certificate: HUWIYA_MTLS_CA number 2 ends in 8 days');
    expect(said).toContain('failed certificate: HUWIYA_MTLS_CA number 3 has ended');
    expect(await say({ HUWIYA_EXTRA_CA: join(folder, 'no.pem') })).toContain('failed certificate: HUWIYA_EXTRA_CA names a file');
  });

  it('says where anybody who reaches a port may say which certificate they have, and where that port is taken', async () => {
    const taken = createServer();
    const doorPort = await findFreePort();
    const door = (host: string): Readonly<Record<string, string>> => ({
      HUWIYA_MTLS_LISTEN: `${host}:${doorPort}`,
      HUWIYA_MTLS_URL: 'https://mtls.example',
      HUWIYA_MTLS_HEADER: 'X-Client-Cert',
      HUWIYA_TRUSTED_HOPS: '1',
    });
    const everywhere = `warning listener: HUWIYA_MTLS_LISTEN takes connections at every address of this machine`;
    for (const host of ['0.0.0.0', '[::]']) {
      expect((await complain(door(host))).join()).toContain(everywhere);
    }
    expect((await complain(door('127.0.0.1'))).join()).not.toContain('listener');
    await new Promise<void>((resolve) => {
      taken.listen({ host: '127.0.0.1', port: doorPort }, resolve);
    });
    expect((await complain(door('127.0.0.1'))).join()).toContain(`failed listener: 127.0.0.1:${doorPort} cannot be had (EADDRINUSE)`);
    taken.close();
  });
});
