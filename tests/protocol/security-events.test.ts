// A withdrawal reaches the service: as a signed token that a real receiver checks, through every way in which receivers fail, and across a restart of the node.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createNode } from '../../src/app.ts';
import type { Node } from '../../src/app.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { accept, registerMetadata, startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';

const clientId = 'mol-work-permit';
const nothing = { payload: {}, type: '', jti: '' };
const waiting = { timeout: 15_000, interval: 50 };

describe('the receiver of a service', () => {
  let world: World;
  let receiver: Receiver;
  let database: OpenDatabase;
  const others: { close: () => Promise<void> }[] = [];

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  beforeEach(async () => {
    receiver = await startReceiver(world.issuer, clientId);
    await registerMetadata(world, clientId, { security_events_uri: receiver.url, answer_within: 'P10D' });
  });

  afterEach(async () => {
    await receiver.close();
    await Promise.all(others.splice(0).map(async ({ close }) => close()));
  });

  const withdrawOne = async (): Promise<void> => {
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit');
    expect((await withdraw(traveller, 'permit')).status).toBe(200);
  };
  const state = (jti: string) => database.rows(`SELECT state, attempts, failure, body FROM outbox WHERE id = '${jti}'`)[0];
  const newest = (): string => String(database.rows('SELECT id FROM outbox ORDER BY id DESC LIMIT 1')[0]?.['id']);
  const entries = (type: string): number => database.rows(`SELECT id FROM entries WHERE type = '${type}'`).length;
  /** What waits is due now, whatever pause it was given. */
  const hurry = async (id: string): Promise<void> => {
    const now = world.clock.now();
    await world.storage.outbox.retry({ id, now, giveUpAt: now + 1_000_000 });
  };

  /** What lies behind the newest duty. */
  const findFacts = () => {
    const find = (text: string): Readonly<Record<string, unknown>> => database.rows(text)[0] ?? {};
    const duty = find('SELECT * FROM duties ORDER BY id DESC LIMIT 1');
    const consent = find(`SELECT * FROM consents WHERE id = '${String(duty['record_id'])}'`);
    const subject = find(
      `SELECT subject FROM person_subjects s JOIN people p ON p.registry_digest = s.registry_digest
        WHERE p.id = '${String(consent['person_id'])}' AND sector = 'mol'`,
    );
    const receipt = find(
      `SELECT receipt_id FROM consent_versions WHERE consent_id = '${String(consent['id'])}' ORDER BY version DESC LIMIT 1`,
    );
    return { duty, consent, subject, receipt };
  };

  it('is told of a withdrawal by a token that it can check, and that names the person by its own subject only', async () => {
    const before = entries('set.queued');
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit');
    const page = await withdraw(traveller, 'permit');
    await expect.poll(() => receiver.taken.length, waiting).toBe(1);
    const [{ payload, type, jti } = nothing] = receiver.taken;
    expect(type).toBe('application/secevent+jwt');
    const { duty, consent, subject, receipt } = findFacts();
    expect(payload).toEqual({
      iss: world.issuer,
      aud: clientId,
      iat: expect.any(Number),
      jti,
      txn: receipt['receipt_id'],
      sub_id: { format: 'iss_sub', iss: world.issuer, sub: subject['subject'] },
      events: {
        'urn:huwiya:event:consent-withdrawn': {
          occurred_at: new Date(Number(consent['decided_at'])).toISOString(),
          record: consent['id'],
          version: consent['version'],
          purpose: 'permit-renewal',
          attributes: expect.arrayContaining(['given_name']),
          standing: [],
          duty: duty['id'],
          answer_by: new Date(Number(duty['due_at'])).toISOString(),
          answer_endpoint: `${world.issuer}/agency/api/v1/duties/${String(duty['id'])}/answer`,
        },
      },
    });
    expect(Number(duty['due_at']) - Number(duty['created_at'])).toBe(10 * 86_400_000);
    expect(page.body).toContain('data-duty="open"');
    await expect.poll(() => state(jti), waiting).toMatchObject({ state: 'sent', attempts: 1, body: '' });
    expect(entries('set.queued')).toBe(before + 1);
    expect(entries('set.delivered')).toBeGreaterThan(0);
    expect((await traveller.agent.get(`${world.issuer}/account/services/${clientId}`)).body).toContain('data-duty="open"');
  });

  it.each([
    ['answers 503', (how: Receiver) => how.answer((response) => void response.writeHead(503).end()), 'status-503'],
    ['asks to wait', (how: Receiver) => how.answer((response) => void response.writeHead(429, { 'retry-after': '1' }).end()), 'status-429'],
    ['says 200, which is no yes', (how: Receiver) => how.answer((response) => void response.writeHead(200).end('{}')), 'status-200'],
    [
      'sends us elsewhere',
      (how: Receiver) => how.answer((response) => void response.writeHead(307, { location: '/x' }).end()),
      'redirected',
    ],
    ['hangs up', (how: Receiver) => how.answer((response) => void response.destroy()), 'unreachable'],
    [
      'pours out an answer',
      (how: Receiver) => how.answer((response) => void response.writeHead(202).end('x'.repeat(200_000))),
      'too-large',
    ],
    ['answers 400 without saying why', (how: Receiver) => how.answer((response) => void response.writeHead(400).end('no')), 'status-400'],
  ] as const)('that %s is asked again with the same id, until it takes the message', async (_, misbehave, failure) => {
    const delivered = entries('set.delivered');
    misbehave(receiver);
    await withdrawOne();
    const jti = newest();
    await expect.poll(() => state(jti), waiting).toMatchObject({ state: 'waiting', failure });
    receiver.answer(accept);
    await hurry(jti);
    await expect.poll(() => state(jti), waiting).toMatchObject({ state: 'sent', failure: null });
    expect(new Set(receiver.taken.map((taken) => taken.jti))).toEqual(new Set([jti]));
    expect(entries('set.delivered')).toBe(delivered + 1);
  });

  it('that refuses the token for good is not asked again, and the log and the operator know', async () => {
    const failed = entries('set.failed');
    receiver.answer((response) => void response.writeHead(400).end('{"err":"invalid_audience","description":"سارة"}'));
    await withdrawOne();
    const jti = newest();
    await expect.poll(() => state(jti), waiting).toMatchObject({ state: 'dead', failure: 'receiver:invalid_audience' });
    expect(entries('set.failed')).toBe(failed + 1);
    expect(world.logLines.filter((line) => line.includes('receiver:invalid_audience'))).toHaveLength(1);
    expect(world.logLines.join('')).not.toContain('سارة');
    await new Promise((resolve) => {
      setTimeout(resolve, 1200);
    });
    expect(receiver.attempts()).toBe(1);
  });

  it('is told by another node what the first one could not deliver before it stopped', async () => {
    receiver.answer((response) => void response.writeHead(503).end());
    const own = await createWorld();
    others.push(own);
    const away = await startReceiver(own.issuer, clientId);
    others.push(away);
    away.answer((response) => void response.writeHead(503).end());
    await registerMetadata(own, clientId, { security_events_uri: away.url });
    const traveller = await createEnrolled(own);
    await obtainTokens(traveller, 'permit');
    await withdraw(traveller, 'permit');
    await expect.poll(() => away.attempts(), waiting).toBe(1);
    await own.node.stop();
    const storage = openStorage(own.config.database);
    away.answer(accept);
    own.clock.advance(60_000);
    const node: Node = createNode({
      config: own.config,
      keys: own.keys,
      storage,
      clock: own.clock,
      log: createLog('error', { write: () => undefined }),
    });
    await node.start();
    await expect.poll(() => away.taken.length, waiting).toBe(2);
    expect(new Set(away.taken.map(({ jti }) => jti)).size).toBe(1);
    await expect.poll(async () => (await storage.outbox.measure()).waiting, waiting).toBe(0);
    await node.stop();
    others.splice(0, 1);
  });

  it('that does not exist is told nothing; the service owes its answer, and the person reads that it learns later', async () => {
    const queued = entries('set.queued');
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'clinic');
    const page = await withdraw(traveller, 'clinic');
    expect(page.body).toContain('data-duty="open"');
    expect(page.body).toContain('فتعلم عند طلبها التالي');
    expect(entries('set.queued')).toBe(queued);
    expect(database.rows("SELECT message_id FROM duties WHERE client_id = 'moh-clinic'")).toEqual([{ message_id: null }]);
  });
});
