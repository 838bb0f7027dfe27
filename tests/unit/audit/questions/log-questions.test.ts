// The log held against what witnesses signed of it, and an export against what its entry says.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion } from '../../../../src/domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../../src/domain/audit/questions/catalogue.ts';
import type { QuestionName } from '../../../../src/domain/audit/questions/names.ts';
import type { Answer, QuestionPorts, Values } from '../../../../src/domain/audit/questions/question.ts';
import { takeFacts } from '../../../../src/domain/audit/questions/take-facts.ts';
import { systemClock } from '../../../../src/domain/kernel/clock.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import type { StoredCheckpoint } from '../../../../src/domain/ledger/store.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';

const signer = createSigner('questions');

describe('questions about the log itself', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let earlier: StoredCheckpoint;

  const append = async (drafts: readonly Partial<EventDraft>[]): Promise<StoredCheckpoint> => {
    const about = { type: 'data.released', personRef: null, actor: { kind: 'service', ref: 's' } } as const;
    await opened.append(drafts.map((draft) => sealEvent({ clock: systemClock, random: systemRandom }, { ...about, ...draft })));
    const { size } = await sequenceAll({ store: opened.storage.ledger, clock: systemClock, signer });
    const checkpoint = await opened.storage.ledger.findCheckpointOfSize(size);
    if (checkpoint === undefined) {
      throw new Error('no checkpoint');
    }
    return checkpoint;
  };
  const toNeeds = () => ({
    ...opened.storage,
    clock: systemClock,
    random: systemRandom,
    record: async () => undefined,
    assertRoom: async () => undefined,
  });
  const ask = async (name: QuestionName, values: Values, findWitnessed?: QuestionPorts['findWitnessed']): Promise<Answer> => {
    const question = findQuestion(name);
    if (question === undefined) {
      throw new Error(`no question ${name}`);
    }
    const needs = { ...toNeeds(), findWitnessed };
    const asked = { question, values, standing: { inside: null, services: null }, asOf: null, form: 'json' } as const;
    const reply = await askQuestion(needs, { kind: 'operator', ref: null }, { ...asked, page: { after: null, limit: 50 } });
    return getValue(reply).answer;
  };
  const holds = ({ findings }: Answer, name: string): boolean | undefined => findings.find((finding) => finding.name === name)?.holds;
  const figure = ({ figures }: Answer, name: string): number | null | undefined => figures.find((each) => each.name === name)?.value;

  beforeAll(async () => {
    opened = await database.open();
    const released = { service: 'clinic', attributes: ['email'] };
    earlier = await append([released, released, { service: 'other' }]);
    const query = { record: null, service: 'clinic', purpose: null, types: null, attribute: 'email', person: null, from: null, to: null };
    const about = { type: 'export.created', actor: { kind: 'operator', ref: null } } as const;
    await append([
      released,
      { ...about, payload: { what: 'pack', query, rows: 2, size: earlier.size } },
      { ...about, payload: { what: 'pack', query, rows: 1, size: earlier.size } },
      { ...about, payload: { what: 'log' } },
    ]);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  it('say how far witnesses signed, and whether that is this log', async () => {
    const answer = await ask('is-the-log-whole', {}, async () => earlier);
    expect([holds(answer, 'as-witnessed'), figure(answer, 'witnessed-size'), figure(answer, 'unwitnessed')]).toEqual([
      true,
      earlier.size,
      4,
    ]);
  });

  it('say so where witnesses signed another log, or nothing, and nothing where there are none', async () => {
    const other = { size: earlier.size, root: Buffer.alloc(32, 7).toString('base64url') };
    expect(holds(await ask('is-the-log-whole', {}, async () => other), 'as-witnessed')).toBe(false);
    expect(holds(await ask('is-the-log-whole', {}, async () => undefined), 'as-witnessed')).toBe(false);
    expect(holds(await ask('is-the-log-whole', {}), 'as-witnessed')).toBeUndefined();
  });

  it('hand out lines no faster than they are read, and nothing once the reader is gone', async () => {
    await append(Array.from({ length: 1600 }, () => ({ service: 'lines' })));
    const pages: number[] = [];
    const checked: number[] = [];
    const facts: QuestionPorts['facts'] = {
      ...opened.storage.facts,
      readFacts: async (filter, page) => {
        pages.push(page.limit);
        return opened.storage.facts.readFacts(filter, page);
      },
    };
    const asked = { search: { service: 'lines' }, standing: { inside: null, services: null }, asOf: null, form: 'jsonl' } as const;
    const requireStanding = async (): Promise<void> => {
      checked.push(pages.length);
    };
    const take = async (limit: number | null) =>
      getValue(await takeFacts({ ...toNeeds(), facts }, { kind: 'operator', ref: null }, { ...asked, requireStanding, limit }));
    const taken = await take(null);
    expect([taken.count, pages]).toEqual([1600, []]);
    for await (const page of taken.pages) {
      expect(page.length).toBe(pages[0]);
      if (pages.length === 2) {
        break;
      }
    }
    expect([pages.length, checked]).toEqual([2, [0, 1]]);
    const few = await take(3);
    const lines: unknown[] = [];
    for await (const page of few.pages) {
      lines.push(...page);
    }
    expect([few.count, few.isCut, lines.length, taken.isCut]).toEqual([3, true, 3, false]);
  });

  it('count the entries of an export again, by its own conditions and as the log stood then', async () => {
    const first = earlier.size + 1;
    const whole = await ask('export-complete', { entry: first });
    expect([holds(whole, 'rows-match'), figure(whole, 'counted'), figure(whole, 'export-rows')]).toEqual([true, 2, 2]);
    expect(holds(await ask('export-complete', { entry: first + 1 }), 'rows-match')).toBe(false);
    const ofLog = await ask('export-complete', { entry: first + 2 });
    expect([holds(ofLog, 'rows-match'), figure(ofLog, 'counted')]).toEqual([undefined, first + 3]);
    expect(holds(await ask('export-complete', { entry: 0 }), 'is-export')).toBe(false);
  });

  it('find an entry that was deleted and one that was reworded, long after facts were made of them', async () => {
    const judge = async (): Promise<readonly unknown[]> => {
      const answer = await ask('is-the-log-whole', {});
      return [holds(answer, 'no-gap'), holds(answer, 'tail-whole'), figure(answer, 'gaps')];
    };
    expect(await judge()).toEqual([true, true, 0]);
    const bend = (script: string): Promise<void> =>
      opened.engine.atomic(function* () {
        yield { script };
      });
    await bend(
      "DROP TRIGGER entries_update; UPDATE entries SET body = replace(body, 'lines', 'others') WHERE log_index = (SELECT max(log_index) FROM entries)",
    );
    expect(await judge()).toEqual([true, false, 0]);
    await bend(
      'DROP TRIGGER entries_delete; DELETE FROM entry_secrets WHERE entry_id = (SELECT id FROM entries WHERE log_index = 0); DELETE FROM entries WHERE log_index = 0',
    );
    expect(await judge()).toEqual([false, false, 1]);
  });
});
