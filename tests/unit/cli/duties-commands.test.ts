import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDutiesAnswer } from '../../../src/cli/duties-answer.ts';
import { runDutiesList } from '../../../src/cli/duties-list.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { createEvent, createSampleDuty, createScene } from '../../support/store-samples.ts';

const letter = { article: { ar: '', en: '' }, reference: 'Letter 44/1448', json: true } as const;

describe('what an agency owes, at the command line', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let captured: CapturedContext;

  beforeAll(async () => {
    opened = await database.open();
    captured = createCapturedContext(opened.storage);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  const owe = async () => {
    const { service } = await createScene(opened.storage);
    const duty = createSampleDuty({ clientId: service.clientId });
    await opened.storage.duties.saveRequest({ duty, outbox: [], events: [createEvent('erasure.requested')] });
    return { duty, service };
  };

  const list = async (service: string): Promise<string> => {
    expect(await runDutiesList(captured.context, { service, limit: 10, json: true })).toBe(0);
    return captured.takeOut();
  };

  test('is listed without the person, and answered by a letter, also for a service that was retired', async () => {
    const { duty, service } = await owe();
    await opened.storage.agencies.saveServiceStatus(service.clientId, 'retired', createEvent('agency.changed'));
    const listed = await list(service.clientId);
    expect(JSON.parse(listed)).toMatchObject({ duties: [{ id: duty.id, kind: duty.kind, state: 'open' }] });
    expect(listed).not.toContain(duty.subject);
    expect(await runDutiesAnswer(captured.context, { ...letter, duty: duty.id, state: 'erased' })).toBe(0);
    expect(JSON.parse(captured.takeOut())).toMatchObject({ id: duty.id, state: 'erased' });
    expect(JSON.parse(await list(service.clientId))).toMatchObject({ duties: [] });
    const [entry] = await opened.engine.read({ text: "SELECT body FROM entries WHERE type = 'rp.erased'", values: [] });
    expect(JSON.parse(String(entry?.['body']))).toMatchObject({
      actor: { kind: 'operator' },
      acted_by: 'authority',
      payload: { duty: duty.id, reference: 'Letter 44/1448' },
    });
  });

  test('is not answered without a reference, without the article of what is kept, twice, or where nothing is owed', async () => {
    const { duty } = await owe();
    const answer = async (changes: Partial<Parameters<typeof runDutiesAnswer>[1]>) =>
      runDutiesAnswer(captured.context, { ...letter, duty: duty.id, state: 'kept', ...changes });
    expect(await answer({ reference: ' ' })).toBe(2);
    expect(await answer({})).toBe(2);
    expect(captured.takeErr()).toContain('--article-ar');
    expect(await answer({ duty: 'none', state: 'erased' })).toBe(1);
    expect(captured.takeErr()).toContain('duty/unknown');
    expect(await answer({ article: { ar: 'المادة 12', en: 'Article 12' } })).toBe(0);
    expect(await answer({ state: 'erased' })).toBe(1);
    expect(captured.takeErr()).toContain('duty/answered');
    expect(await runDutiesList(captured.context, { service: 'nobody', limit: 10, json: false })).toBe(1);
    expect(captured.takeErr()).toContain('service/unknown');
  });
});
