// What a service may answer, what a person may ask for, and when a day has passed.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestErasure } from '../../../src/domain/consent/request-erasure.ts';
import { answerDuty } from '../../../src/domain/duties/answer-duty.ts';
import type { Answer } from '../../../src/domain/duties/answer-duty.ts';
import { canFollow, dutyStates, isAnswered, isOverdue } from '../../../src/domain/duties/duty.ts';
import { recordOverdue } from '../../../src/domain/duties/record-overdue.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createConsent, createDecision, createEvent, createSampleDuty, createScene, now } from '../../support/store-samples.ts';

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

  it('comes from a request for erasure too, once for a record until it is answered', async () => {
    const scene = await createScene(opened.storage);
    const { service, person, purpose } = scene;
    const consent = createConsent(scene);
    await opened.storage.consents.saveDecision(createDecision(consent, null));
    const receiver = {
      ...service,
      metadata: { ...service.metadata, security_events_uri: 'https://rp.example/events', answer_within: 'P1W' },
    };
    const agency = { id: service.agencyId, registrationNumber: '7000000001', name: service.name, contacts: {} };
    const context = { person, subject: 'pairwise', registered: { agency, service: receiver, purposes: [purpose] } };
    const erasure = { ...needs(), issuer: 'https://id.example' };
    const asked = await requestErasure(erasure, context, consent);
    expect(asked).toMatchObject({
      ok: true,
      value: { kind: 'erasure-requested', attributes: ['given_name'], dueAt: now + 7 * 86_400_000 },
    });
    expect((await types()).slice(-2)).toEqual(['erasure.requested', 'set.queued']);
    expect(await requestErasure(erasure, context, consent)).toMatchObject({ ok: false, code: 'duty/open' });
    const other = { ...context, person: { ...person, id: 'other' } };
    expect(await requestErasure(erasure, other, consent)).toMatchObject({ ok: false, code: 'consent/not-found' });
    const id = asked.ok ? asked.value.id : '';
    await answerDuty(needs(), { clientId: service.clientId }, { id, answer: { state: 'erased' } });
    expect(await requestErasure(erasure, context, consent)).toMatchObject({ ok: true });
    expect(await opened.storage.outbox.measure()).toMatchObject({ waiting: 2 });
  });
});
