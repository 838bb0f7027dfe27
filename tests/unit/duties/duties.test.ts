// What a service may answer, what a person may ask for, and when a day has passed.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Consent } from '../../../src/domain/consent/consent.ts';
import { requestErasure } from '../../../src/domain/consent/request-erasure.ts';
import { answerDuty } from '../../../src/domain/duties/answer-duty.ts';
import type { Answer } from '../../../src/domain/duties/answer-duty.ts';
import { canFollow, dutyStates, isAnswered, isOverdue } from '../../../src/domain/duties/duty.ts';
import { recordOverdue } from '../../../src/domain/duties/record-overdue.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createNextDecision,
  createSampleDuty,
  createScene,
  now,
} from '../../support/store-samples.ts';

const article = { ar: 'المادة 12', en: 'Article 12' };

describe('a duty', () => {
  let opened: OpenedDatabase;
  let time = now;
  const clock = { now: () => time };
  const needs = () => ({ clock, random: systemRandom, duties: opened.storage.duties });
  const types = async (): Promise<readonly string[]> =>
    (await opened.engine.read({ text: 'SELECT type FROM entries ORDER BY rowid', values: [] })).map((row) => String(row['type']));

  beforeAll(async () => {
    opened = await createSqliteDatabase().open();
  });

  afterAll(async () => opened.close());

  const owe = async (changes: Parameters<typeof createSampleDuty>[0] = {}) => {
    const duty = createSampleDuty(changes);
    await opened.storage.duties.saveRequest({ duty, outbox: [], events: [createEvent('erasure.requested')] });
    return duty;
  };

  it('is acknowledged, then answered, and no answer changes the one that stands', async () => {
    const { id, clientId } = await owe();
    const answer = async (given: Answer) => answerDuty(needs(), { clientId }, { id, answer: given });
    expect(await answer({ state: 'acknowledged' })).toMatchObject({ ok: true, value: { state: 'acknowledged' } });
    expect(await answer({ state: 'acknowledged' })).toMatchObject({ ok: true });
    expect(await answer({ state: 'kept', article })).toMatchObject({ ok: true, value: { state: 'kept', article } });
    const before = await types();
    expect(await answer({ state: 'kept', article })).toMatchObject({ ok: true });
    expect(await answer({ state: 'kept', article: { ...article, en: 'Article 13' } })).toMatchObject({ ok: false, code: 'duty/answered' });
    expect(await answer({ state: 'erased' })).toMatchObject({ ok: false, code: 'duty/answered' });
    expect(await types()).toEqual(before);
    expect(before.slice(-2)).toEqual(['rp.acknowledged', 'rp.kept_by_law']);
  });

  it('is answered in time or not, and the entry says which', async () => {
    const early = await owe();
    const late = await owe();
    await answerDuty(needs(), early, { id: early.id, answer: { state: 'erased' } });
    time = late.dueAt;
    await answerDuty(needs(), late, { id: late.id, answer: { state: 'kept', article } });
    time = now;
    const answered = await opened.engine.read({ text: 'SELECT body FROM entries ORDER BY rowid DESC LIMIT 2', values: [] });
    const bodies = answered.map((row): unknown => JSON.parse(String(row['body'])));
    expect(bodies).toMatchObject([
      { type: 'rp.kept_by_law', payload: { in_time: 'no' } },
      { type: 'rp.erased', payload: { in_time: 'yes' } },
    ]);
  });

  it('is nobody else’s to answer, and the words of the law stay out of the ledger', async () => {
    const { id, clientId } = await owe();
    const answer = { state: 'kept', article: { ar: 'سارة القحطاني', en: 'Sara' } } as const;
    expect(await answerDuty(needs(), { clientId: 'another' }, { id, answer })).toMatchObject({ ok: false, code: 'duty/unknown' });
    expect(await answerDuty(needs(), { clientId }, { id: 'none', answer })).toMatchObject({ ok: false, code: 'duty/unknown' });
    expect(await answerDuty(needs(), { clientId }, { id, answer })).toMatchObject({ ok: true });
    const bodies = await opened.engine.read({ text: 'SELECT body FROM entries', values: [] });
    expect(bodies.map((row) => String(row['body'])).join('')).not.toContain('Sara');
  });

  it('is overdue from its day on until it is answered; an acknowledgement is no answer', () => {
    const state = fc.constantFrom(...dutyStates);
    const rule = fc.property(state, fc.integer(), fc.integer(), (given, dueAt, at) => {
      expect(isOverdue({ state: given, dueAt }, at)).toBe((given === 'open' || given === 'acknowledged') && dueAt <= at);
    });
    fc.assert(rule);
    const answers = fc.property(state, state, (from, to) => {
      expect(canFollow(from, to)).toBe(to !== 'open' && !isAnswered({ state: from }) && from !== to);
    });
    fc.assert(answers);
  });

  it('is told to the log once when its day has passed', async () => {
    await owe({ dueAt: now + 5 });
    const count = async (): Promise<number> => (await types()).filter((type) => type === 'rp.overdue').length;
    await recordOverdue(needs());
    expect(await count()).toBe(0);
    time = now + 5;
    expect(await recordOverdue(needs())).toBe(1);
    expect(await recordOverdue(needs())).toBe(0);
    expect(await count()).toBe(1);
    time = now;
  });

  describe('by a request for erasure', () => {
    const receiving = { security_events_uri: 'https://rp.example/events', answer_within: 'P1W' };

    /** A record with email by choice; `use` is a release under it at that moment. */
    const createRecord = async () => {
      const scene = await createScene(opened.storage);
      const { service, person, purpose } = scene;
      const email = { name: 'email', necessity: 'optional', decision: 'granted' } as const;
      const first = createConsent(scene);
      const consent = { ...first, attributes: [...first.attributes, email] };
      await opened.storage.consents.saveDecision(createDecision(consent, null));
      const agency = { id: service.agencyId, registrationNumber: '7000000001', name: service.name, contacts: {} };
      const registered = {
        agency,
        service: { ...service, metadata: { ...service.metadata, ...receiving } },
        version: 1,
        purposes: [purpose],
      };
      const context = { person, subject: 'pairwise', registered };
      const erasure = { ...needs(), issuer: 'https://id.example', readVersions: opened.storage.home.readVersions };
      const ask = async (lastUsedAt: number | null, by: typeof person = person) => {
        const found = await opened.storage.consents.findConsent(consent.id);
        return requestErasure(erasure, { ...context, person: by }, { ...(found ?? first), uses: 0, lastUsedAt });
      };
      const change = async (version: number, changes: Partial<Consent>) =>
        opened.storage.consents.saveDecision(createNextDecision({ ...consent, version }, changes));
      const answer = async (id: string) => answerDuty(needs(), { clientId: service.clientId }, { id, answer: { state: 'erased' } });
      return { consent, person, ask, change, answer };
    };

    it('is opened once for what was shared, and again only for what may have been sent again', async () => {
      const { ask, answer, person } = await createRecord();
      expect(await ask(null)).toMatchObject({ ok: false, code: 'consent/not-found' });
      const asked = await ask(now);
      const value = { kind: 'erasure-requested', attributes: ['given_name', 'email'], dueAt: now + 7 * 86_400_000 };
      expect(asked).toMatchObject({ ok: true, value });
      expect((await types()).slice(-2)).toEqual(['erasure.requested', 'set.queued']);
      expect(await ask(now)).toMatchObject({ ok: false, code: 'duty/open' });
      expect(await ask(now, { ...person, id: 'other' })).toMatchObject({ ok: false, code: 'consent/not-found' });
      await answer(asked.ok ? asked.value.id : '');
      expect(await ask(now)).toMatchObject({ ok: false, code: 'duty/open' });
      expect(await ask(now + 1)).toMatchObject({ ok: true, value: { attributes: ['given_name', 'email'] } });
    });

    it('leaves out what is owed already and holds back nothing else', async () => {
      const { consent, person, ask } = await createRecord();
      await owe({ recordId: consent.id, personId: person.id, attributes: ['email'], kind: 'narrowed' });
      expect(await ask(now)).toMatchObject({ ok: true, value: { attributes: ['given_name'] } });
      expect(await ask(now)).toMatchObject({ ok: false, code: 'duty/open' });
    });

    it('finds what was shared in earlier versions, whatever was refused or renewed since', async () => {
      const { consent, ask, change } = await createRecord();
      const declined = consent.attributes.map((attribute) => ({ ...attribute, decision: 'declined' }) as const);
      await change(1, { state: 'refused', attributes: declined, decidedAt: now + 5 });
      expect(await ask(now + 2)).toMatchObject({ ok: true, value: { attributes: ['given_name', 'email'], version: 2 } });
    });

    it('is one of many presses at once', async () => {
      const { ask, person } = await createRecord();
      const all = await Promise.all(Array.from({ length: 8 }, async () => ask(now)));
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await opened.storage.duties.listDuties(person.id)).toHaveLength(1);
    });
  });
});
