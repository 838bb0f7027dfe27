import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAgenciesStatus } from '../../../src/cli/agencies-status.ts';
import { runConsentsEnd, toAuthorityNeeds } from '../../../src/cli/consents-end.ts';
import { finishRetirements } from '../../../src/domain/consent/finish-retirement.ts';
import { Fault } from '../../../src/domain/kernel/errors.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createGrant,
  createNextDecision,
  createPerson,
  createToken,
  now,
  saveArtefact,
} from '../../support/store-samples.ts';
import { createStatusSaid } from '../../support/status-said.ts';

const order = { reason: 'The permit was obtained by fraud.', reference: 'Case 12/1448', json: true } as const;

describe('an end that is not the person’s', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let captured: CapturedContext;

  beforeAll(async () => {
    opened = await database.open();
    const { context, ...rest } = createCapturedContext(opened.storage);
    captured = { ...rest, context: { ...context, clock: { now: () => now } } };
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  const bodyOf = async (record: string) => {
    const rows = await opened.engine.read({
      text: 'SELECT body FROM entries WHERE body LIKE ? ORDER BY rowid DESC LIMIT 1',
      values: [`%${record}%consent.%`],
    });
    return String(rows[0]?.['body']);
  };

  test.each(['revoke', 'invalidate'] as const)(
    'by "consents %s" ends the record and its tokens, with reason and reference, also of a person who is not active',
    async (end) => {
      const { storage } = opened;
      const grant = await createGrant(storage);
      const token = createToken(grant);
      await storage.engine.commit([saveArtefact(token)], now);
      await storage.people.saveStatus(grant.person.id, 'frozen', createStatusSaid());
      expect(await runConsentsEnd(captured.context, { ...order, record: grant.consent.id, end })).toBe(0);
      const state = `${end === 'revoke' ? 'revoke' : 'invalidate'}d`;
      expect(JSON.parse(captured.takeOut())).toMatchObject({ record: grant.consent.id, version: 2, state });
      expect(await storage.consents.findConsent(grant.consent.id)).toMatchObject({ state, change: state, actedBy: 'authority' });
      expect(await storage.engine.findArtefact('AccessToken', token.key, now)).toBeUndefined();
      const receipt = (await storage.consents.listReceipts(grant.person.id)).find(({ version }) => version === 2);
      const said = Buffer.from(receipt?.jws.split('.')[1] ?? '', 'base64url').toString();
      expect(said).toContain('"authority_act":{"reason":"The permit was obtained by fraud.","reference":"Case 12/1448"}');
      expect(said).not.toContain('"expression"');
      expect(await bodyOf(grant.consent.id)).toContain('"reason":"The permit was obtained by fraud."');
    },
  );

  test('is refused for a record that is not there, one that ended, and without a reason or a reference', async () => {
    const { storage } = opened;
    const grant = await createGrant(storage);
    await storage.consents.saveDecision(createNextDecision(grant.consent, { state: 'withdrawn' }));
    expect(await runConsentsEnd(captured.context, { ...order, record: grant.consent.id, end: 'revoke' })).toBe(1);
    expect(captured.takeErr()).toContain('consent/wrong-state');
    expect(await runConsentsEnd(captured.context, { ...order, record: 'nothing', end: 'revoke' })).toBe(1);
    expect(captured.takeErr()).toContain('consent/not-found');
    expect(await runConsentsEnd(captured.context, { ...order, reason: ' ', record: grant.consent.id, end: 'revoke' })).toBe(2);
    expect(await runConsentsEnd(captured.context, { ...order, reference: 'x'.repeat(501), record: grant.consent.id, end: 'revoke' })).toBe(
      2,
    );
    captured.takeErr();
  });

  test('comes to everything that stands with a service that is retired, once', async () => {
    const { storage } = opened;
    const { consent, service, ...scene } = await createGrant(storage);
    const people = Array.from({ length: 104 }, () => createPerson());
    await storage.people.savePeople(
      people,
      people.map(({ id }) => createEvent('person.imported', { personRef: id })),
    );
    const others = people.map((person) => createConsent({ ...scene, service, person }));
    for (const other of others) {
      await storage.consents.saveDecision(createDecision(other, null));
    }
    const [paused, withdrawn] = others;
    if (paused === undefined || withdrawn === undefined) {
      throw new Error('no records');
    }
    await storage.consents.saveDecision(createNextDecision(paused, { state: 'paused' }));
    await storage.consents.saveDecision(createNextDecision(withdrawn, { state: 'withdrawn' }));
    const options = { clientId: service.clientId, status: 'retired', json: true };
    expect(await runAgenciesStatus(captured.context, options)).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ to: 'retired', revoked: 104 });
    expect(await storage.consents.findConsent(consent.id)).toMatchObject({ state: 'revoked' });
    expect(await storage.consents.findConsent(paused.id)).toMatchObject({ state: 'revoked' });
    expect(await storage.consents.findConsent(withdrawn.id)).toMatchObject({ state: 'withdrawn' });
    expect(await runAgenciesStatus(captured.context, options)).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ from: 'retired', revoked: 0 });
  });

  test('that broke off between two records releases nothing meanwhile, and goes on with the same command, each record once', async () => {
    const { storage } = opened;
    const grant = await createGrant(storage);
    const token = createToken(grant);
    await storage.engine.commit([saveArtefact(token)], now);
    const people = Array.from({ length: 4 }, () => createPerson());
    await storage.people.savePeople(
      people,
      people.map(({ id }) => createEvent('person.imported', { personRef: id })),
    );
    const records = [grant.consent, ...people.map((person) => createConsent({ ...grant, person }))];
    for (const record of records.slice(1)) {
      await storage.consents.saveDecision(createDecision(record, null));
    }
    const { consents } = storage;
    const states = async () => (await Promise.all(records.map(async ({ id }) => consents.findConsent(id)))).map((found) => found?.state);
    const countOf = async (state: string) => (await states()).filter((found) => found === state).length;
    let left = 2;
    const breaking: typeof consents = {
      ...consents,
      saveDecision: async (decision) => {
        left -= 1;
        if (left < 0) {
          throw new Fault('store/unavailable', 'the power went');
        }
        return consents.saveDecision(decision);
      },
    };
    const options = { clientId: grant.service.clientId, status: 'retired', json: true };
    const dying = { ...captured.context, storage: { ...storage, consents: breaking } };
    await expect(runAgenciesStatus(dying, options)).rejects.toThrow('store/unavailable');
    captured.takeOut();
    expect((await storage.agencies.findService(grant.service.clientId))?.service.status).toBe('retired');
    expect([await countOf('revoked'), await countOf('given')]).toEqual([2, 3]);
    expect(await storage.engine.findArtefact('AccessToken', token.key, now)).toBeUndefined();
    expect(await runAgenciesStatus(captured.context, options)).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ from: 'retired', to: 'retired', revoked: 3 });
    expect(await states()).toEqual(records.map(() => 'revoked'));
    for (const { id } of records) {
      expect((await consents.listDecisions(id)).map(({ change }) => change)).toEqual(['given', 'revoked']);
    }
    expect(await runAgenciesStatus(captured.context, options)).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ revoked: 0 });
  });

  test('is finished by any node that runs, a hundred at a time, also when the command never came back', async () => {
    const { storage } = opened;
    const grant = await createGrant(storage);
    const people = Array.from({ length: 101 }, () => createPerson());
    await storage.people.savePeople(
      people,
      people.map(({ id }) => createEvent('person.imported', { personRef: id })),
    );
    for (const person of people) {
      await storage.consents.saveDecision(createDecision(createConsent({ ...grant, person }), null));
    }
    const { clientId } = grant.service;
    const needs = { ...toAuthorityNeeds(captured.context), actor: { kind: 'system', ref: null }, agencies: storage.agencies } as const;
    expect(await finishRetirements(needs)).toBe(0);
    await storage.agencies.saveServiceStatus(clientId, 'retired', createEvent('service.status_changed', { service: clientId }));
    expect([await finishRetirements(needs), await finishRetirements(needs), await finishRetirements(needs)]).toEqual([100, 2, 0]);
    expect(await storage.consents.listStandingOf(clientId, '')).toEqual([]);
    expect(await bodyOf(grant.consent.id)).toContain('"actor":{"kind":"system"');
  });

  test('is whole before the service comes back: nothing that was to end stands again', async () => {
    const { storage } = opened;
    const { consent, service } = await createGrant(storage);
    const { clientId } = service;
    await storage.agencies.saveServiceStatus(clientId, 'retired', createEvent('service.status_changed', { service: clientId }));
    expect(await runAgenciesStatus(captured.context, { clientId, status: 'active', json: true })).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ from: 'retired', to: 'active', revoked: 1 });
    expect(await storage.consents.findConsent(consent.id)).toMatchObject({ state: 'revoked' });
  });
});
