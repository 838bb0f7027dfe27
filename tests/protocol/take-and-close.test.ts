// Taking everything along, and closing the account: whole and one's own, then gone from every byte of the database, while every proof goes on proving.

import { createHash } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordOverdue } from '../../src/domain/duties/record-overdue.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { toRegistryDigest } from '../../src/domain/people/registry-digest.ts';
import { verifyReceipt } from '../../src/verifier/verify-receipt.ts';
import { findErrorCode } from '../support/case-world.ts';
import { findJoined } from '../support/find-joined.ts';
import { mailEnv } from '../support/mailbox.ts';
import { openWorldDatabase, readDatabaseFiles } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { registerMetadata } from '../support/receiver.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import {
  createEnrolledPerson,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
  places,
  visit,
  withdraw,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const named = z.object({ id: z.string() }).loose();
const takenSchema = z.object({
  format: z.literal('huwiya-take/1'),
  person: z.object({ data: z.array(z.object({ name: z.string(), source: z.string().nullable(), value: z.unknown() })) }),
  consents: z.array(named.extend({ versions: z.array(z.looseObject({ version: z.int() })) })),
  receipts: z.array(z.object({ id: z.string(), change: z.string(), notice: z.string().nullable(), file: z.unknown() })),
  notices: z.array(z.object({ digest: z.string(), language: z.string(), text: z.string() }).loose()),
  subjects: z.array(z.object({ sector: z.string(), subject: z.string() })),
  service_sessions: z.array(z.object({ service: z.string(), state: z.string() }).loose()),
  contact_changes: z.array(z.object({ channel: z.string(), destination: z.string() }).loose()),
  activity: z.array(named.extend({ type: z.string() })),
  sessions: z.array(z.unknown()),
  passkeys: z.array(named),
  signature: z.string(),
});
const owedSchema = z.object({ items: z.array(z.looseObject({ id: z.string(), record: z.string() })) });
type Taken = z.infer<typeof takenSchema>;

describe('a person who takes everything along and closes the account', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;
  let personId = '';
  let otherId = '';
  let text = '';
  let taken: Taken;
  let access: unknown;
  let sub: unknown;
  /** Before the file was given, six minutes after the last passkey. */
  let askedFirst: unknown;
  let secrets: readonly string[] = [];
  /** By service. */
  let records: ReadonlyMap<string, string> = new Map();
  const time = shiftTime();

  beforeAll(async () => {
    world = await createWorld({ env: mailEnv });
    for (const { clientId } of Object.values(places)) {
      await registerMetadata(world, clientId, { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] });
    }
    database = openWorldDatabase(world);
    const enrolled = await createEnrolledPerson(world);
    const other = await createEnrolledPerson(world);
    traveller = enrolled.traveller;
    [personId, otherId] = [enrolled.person.id, other.person.id];
    for (const who of [traveller, other.traveller]) {
      const { body } = await obtainTokens(who, 'permit', { attributes: ['email'] });
      access = body['access_token'];
      await fetchUserInfo(world.issuer, access);
    }
    const { body } = await obtainTokens(traveller, 'permit');
    access = body['access_token'];
    sub = (await fetchUserInfo(world.issuer, access)).body['sub'];
    await visit(traveller, 'clinic');
    await openAccountPage(traveller);
    await withdraw(traveller, 'clinic');
    await visit(traveller, 'clinic');
    await readLog(world);
    const contact = getForm(await traveller.agent.get(`${world.issuer}/account/details/email`), /\/email$/);
    await traveller.agent.post(contact.action, { ...contact.fields, address: 'sara.new@example.test' });
    time.advance(minutes(6));
    const stale = await traveller.agent.get(`${world.issuer}/account/take.json`);
    askedFirst = findStep(stale);
    const file = await goThrough(traveller, stale);
    text = file.body;
    taken = takenSchema.parse(JSON.parse(text));
    records = new Map(taken.consents.map((consent) => [String(consent['clientId']), consent.id]));
  });

  afterAll(async () => {
    time.restore();
    database.close();
    await world.close();
  });

  it('PV-03: the file holds all of the person’s own, and nothing of anybody else', () => {
    const ids = (query: string): readonly unknown[] => database.rows(query, personId).map((row) => row['id']);
    expect(taken.consents.map(({ id }) => id)).toEqual(ids('SELECT id FROM consents WHERE person_id = ? ORDER BY id'));
    expect(taken.receipts.map(({ id }) => id).toSorted()).toEqual(
      ids('SELECT receipt_id AS id FROM consent_versions WHERE person_id = ? ORDER BY receipt_id'),
    );
    expect(taken.consents.flatMap(({ versions }) => versions)).toHaveLength(taken.receipts.length);
    expect(taken.activity.map(({ id }) => id)).toEqual(
      ids('SELECT entry_id AS id FROM entry_secrets WHERE person_ref = ? ORDER BY entry_id DESC'),
    );
    expect(taken.passkeys.map(({ id }) => id)).toEqual(ids('SELECT id FROM passkeys WHERE person_id = ?'));
    expect(taken.sessions.length).toBeGreaterThan(0);
    expect(taken.person.data).toContainEqual({ name: 'email', source: 'self', value: 'sara@example.test' });
    expect(taken.activity.map(({ type }) => type)).toContain('data.released');
    expect(askedFirst).toBe('sign-in');
    expect(taken.subjects.map(({ subject }) => subject)).toContain(sub);
    expect(taken.subjects).toHaveLength(new Set(taken.subjects.map(({ sector }) => sector)).size);
    expect(taken.service_sessions.map(({ service }) => service)).toEqual(
      database.rows('SELECT client_id FROM service_sessions WHERE person_id = ? ORDER BY id', personId).map((row) => row['client_id']),
    );
    expect(taken.contact_changes).toMatchObject([{ channel: 'email', destination: 'sara.new@example.test' }]);
    // The text that was shown for each decision, whole, under the digest that its entry names.
    const digests = new Set(taken.receipts.map(({ notice }) => notice).filter((notice) => notice !== null));
    expect(digests.size).toBeGreaterThan(1);
    expect(new Set(taken.notices.map(({ digest }) => digest))).toEqual(digests);
    for (const notice of taken.notices) {
      expect(createHash('sha256').update(notice.text).digest('base64url')).toBe(notice.digest);
    }
    const foreign = database.rows(
      'SELECT id FROM consents WHERE person_id = ? UNION SELECT entry_id FROM entry_secrets WHERE person_ref = ?',
      otherId,
      otherId,
    );
    expect(foreign.filter((row) => text.includes(String(row['id'])))).toEqual([]);
  });

  it('is signed over every byte before the signature, and each receipt in it verifies by itself', async () => {
    const place = text.lastIndexOf('"signature": ');
    const key = await importJWK(world.keys.receipt.publicJwk);
    const { payload, protectedHeader } = await compactVerify(taken.signature, key);
    expect(protectedHeader['typ']).toBe('huwiya-take+jwt');
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      iss: world.issuer,
      sha256: createHash('sha256').update(text.slice(0, place)).digest('base64url'),
    });
    expect(taken.receipts.map(({ file }) => verifyReceipt(JSON.stringify(file)).isValid)).toEqual(taken.receipts.map(() => true));
    expect(taken.receipts.map(({ change }) => change).toSorted()).toEqual(['given', 'given', 'given', 'withdrawn']);
  });

  it('asks for the passkey again after five minutes, and for one press that cannot be forged', async () => {
    time.advance(minutes(6));
    const asked = await traveller.agent.get(`${world.issuer}/account/close`);
    expect(findStep(asked)).toBe('sign-in');
    const page = await goThrough(traveller, asked);
    expect(page.url).toBe(`${world.issuer}/account/close`);
    const form = getForm(page, /\/account\/close$/);
    expect(findErrorCode(await traveller.agent.post(form.action, { token: 'x' }))).toBe('request/form-outdated');
    const [row] = database.rows('SELECT * FROM people WHERE id = ?', personId);
    const opened = database.rows('SELECT salt, person_ref FROM entry_secrets WHERE person_ref = ?', personId);
    const passkeys = database.rows('SELECT id, public_key FROM passkeys WHERE person_id = ?', personId);
    secrets = [
      row?.['wrapped_key'],
      row?.['ciphertext'],
      row?.['handle'],
      ...opened.map(({ salt }) => salt),
      ...passkeys.flatMap((key) => [key['id'], key['public_key']]),
    ].map(String);
    const closed = await traveller.agent.post(form.action, form.fields);
    expect([closed.status, new URL(closed.url).pathname]).toEqual([200, '/account/closed']);
  });

  it('has everything ended at the next request: page, sessions, tokens, consents', async () => {
    expect(findStep(await traveller.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    expect((await fetchUserInfo(world.issuer, access)).status).toBe(401);
    const states = taken.consents.map(({ id }) =>
      database.rows('SELECT state FROM consent_versions WHERE consent_id = ? ORDER BY version DESC LIMIT 1', id).map((row) => row['state']),
    );
    expect(states).toEqual([['withdrawn'], ['withdrawn']]);
    expect(database.rows('SELECT 1 FROM consents WHERE person_id = ?', personId)).toEqual([]);
    expect(database.rows('SELECT wrapped_key, ciphertext, status FROM people WHERE id = ?', personId)).toEqual([
      { wrapped_key: '', ciphertext: '', status: 'closed' },
    ]);
  });

  it('PV-04: leaves key, data, salts, handle and passkeys in no byte of the database, its log or its free pages', () => {
    const files = readDatabaseFiles(world);
    expect(secrets.length).toBeGreaterThan(10);
    const found = secrets.filter((secret) => files.some(({ bytes }) => bytes.includes(secret)));
    expect(found).toEqual([]);
    expect(database.rows('SELECT 1 FROM entry_secrets WHERE person_ref = ?', personId)).toEqual([]);
    expect(database.rows('SELECT 1 FROM entry_secrets WHERE person_ref = ?', otherId).length).toBeGreaterThan(0);
  });

  it('PV-04: leaves no way from the subject at one agency to the account, or to what another agency was allowed', () => {
    const [permit = '', clinic = ''] = [records.get('mol-work-permit'), records.get('moh-clinic')];
    expect(findJoined(database, otherId)).toContain(database.rows('SELECT id FROM consents WHERE person_id = ?', otherId)[0]?.['id']);
    // While the agency owes an answer it has to know whom it is about: the one record, which it knows itself.
    const joined = findJoined(database, String(sub), ['person_subjects']);
    expect([permit, clinic, personId].map((word) => joined.has(word))).toEqual([true, false, false]);
    const own = findJoined(database, personId);
    expect([permit, clinic, String(sub)].map((word) => own.has(word))).toEqual([false, false, false]);
    expect(database.rows("SELECT 1 FROM consent_versions WHERE consent_id = ? AND (jws <> '' OR person_id <> '')", permit)).toEqual([]);
  });

  it('lets each agency answer weeks later, keeps nothing of that which opens, and then knows nobody', async () => {
    time.advance(40 * 24 * 60 * minutes(1));
    await recordOverdue({ clock: systemClock, random: systemRandom, duties: world.storage.duties });
    for (const place of ['permit', 'clinic'] as const) {
      const token = (await requestTokens(world.issuer, { grant_type: 'client_credentials', scope: 'consents' }, place)).body[
        'access_token'
      ];
      const call = async (path: string, body?: object): Promise<unknown> => {
        const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' };
        const sent = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
        return (await fetch(`${world.issuer}/agency/api/v1/duties${path}`, sent)).json();
      };
      const { items } = owedSchema.parse(await call(''));
      const owed = items.filter(({ record }) => record === records.get(places[place].clientId));
      expect(owed.length).toBeGreaterThan(0);
      for (const { id, ...duty } of owed) {
        expect(duty).toMatchObject({ state: 'open', overdue: true, sub: expect.stringMatching(/^[\w-]{43}$/) });
        expect(await call(`/${id}/answer`, { answer: 'erased' })).toMatchObject({ state: 'erased' });
        expect(await call('?state=all')).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id, sub: null })]) });
      }
    }
    expect(database.rows("SELECT DISTINCT type FROM entries WHERE type IN ('rp.overdue', 'rp.erased')")).toHaveLength(2);
    expect(database.rows('SELECT 1 FROM entry_secrets WHERE person_ref = ?', personId)).toEqual([]);
    const joined = findJoined(database, String(sub));
    expect([...records.values(), personId].filter((word) => joined.has(word))).toEqual([]);
  });

  it('leaves a log that verifies from its first entry, and receipts that verify in the hand of who kept them', async () => {
    const entries = await readLog(world);
    expect(entries.find(({ type }) => type === 'person.erased')).toMatchObject({ personRef: null });
    const verifier = toVerifier(createLogSigner(world.config.issuer, world.keys.checkpoint.privateKey));
    const { faults, erased } = await verifyLog(
      { store: world.storage.ledger, trusted: [verifier], progress: () => undefined },
      { kept: [] },
    );
    expect(faults).toEqual([]);
    expect(erased).toBeGreaterThan(0);
    expect(taken.receipts.every(({ file }) => verifyReceipt(JSON.stringify(file)).isValid)).toBe(true);
  });

  it('is a new start when the registry brings the person again: no past, and the same subject at each agency', async () => {
    const digest = toRegistryDigest(world.keys.data.lookup, '1000000008');
    expect(await world.storage.people.findPersonByRegistry(digest)).toBeUndefined();
    const [old] = database.rows('SELECT registry_digest, handle FROM people WHERE id = ?', personId);
    expect(String(old?.['registry_digest'])).toMatch(/^closed:/);
    const subjects = database.rows('SELECT subject FROM person_subjects WHERE registry_digest = ? AND sector = ?', digest, 'mol');
    expect(subjects).toEqual([{ subject: sub }]);
  });
});
