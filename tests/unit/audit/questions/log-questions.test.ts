// The log held against what witnesses signed of it, and an export against what its entry says.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion } from '../../../../src/domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../../src/domain/audit/questions/catalogue.ts';
import type { QuestionName } from '../../../../src/domain/audit/questions/names.ts';
import type { Answer, QuestionPorts, Row, Values } from '../../../../src/domain/audit/questions/question.ts';
import type { Inside, Standing } from '../../../../src/domain/audit/questions/sight.ts';
import { takeFacts } from '../../../../src/domain/audit/questions/take-facts.ts';
import type { Json } from '../../../../src/domain/kernel/canonical.ts';
import { dayMs, systemClock } from '../../../../src/domain/kernel/clock.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../../../src/domain/ledger/event.ts';
import { isConsistent } from '../../../../src/domain/ledger/merkle-verify.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import type { StoredCheckpoint } from '../../../../src/domain/ledger/store.ts';
import { toRowJson } from '../../../../src/web/audit/questions/answer-lines.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';

const signer = createSigner('questions');

const readRows = ({ tables: [first] }: Answer): readonly Row[] => first?.rows ?? [];
const readCells = ({ tables }: Answer, named: string): readonly string[] =>
  (tables.find(({ name }) => name === named)?.rows ?? []).map(({ cells }) => String(cells[1]));
const toHash = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const toHead = ({ root, size }: StoredCheckpoint): { readonly size: number; readonly root: Uint8Array } => ({ size, root: toHash(root) });
const noConditions = { record: null, service: null, purpose: null, types: null, attribute: null, person: null, from: null, to: null };

type More = Partial<Standing> & Pick<QuestionPorts, 'findWitnessed'> & { readonly after?: number | null };

/** A case that knows one person. */
const inside: Inside = {
  id: 'one',
  number: 'C-1',
  services: null,
  personRefs: null,
  covers: { from: null, to: null },
  toPseudonym: () => 'P-1',
  findPerson: async (pseudonym) => (pseudonym === 'P-1' ? 'somebody' : undefined),
  remember: async () => undefined,
};

describe('questions about the log itself', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let earlier: StoredCheckpoint;

  const append = async (drafts: readonly (Partial<EventDraft> & { readonly at?: number })[]): Promise<StoredCheckpoint> => {
    const about = { type: 'data.released', personRef: null, actor: { kind: 'service', ref: 's' } } as const;
    const seal = ({ at = systemClock.now(), ...draft }: (typeof drafts)[number]) =>
      sealEvent({ clock: { now: () => at }, random: systemRandom }, { ...about, ...draft });
    await opened.append(drafts.map(seal));
    const { size } = await sequenceAll({ store: opened.storage.ledger, clock: systemClock, signer });
    const checkpoint = await opened.storage.ledger.findCheckpointOfSize(size);
    if (checkpoint === undefined) {
      throw new Error('no checkpoint');
    }
    return checkpoint;
  };
  const toNeeds = () => ({
    ...opened.storage,
    homeCountry: 'SA',
    clock: systemClock,
    random: systemRandom,
    record: async () => undefined,
    assertRoom: async () => undefined,
  });
  const ask = async (name: QuestionName, values: Values, { after = null, findWitnessed, ...standing }: More = {}): Promise<Answer> => {
    const question = findQuestion(name);
    if (question === undefined) {
      throw new Error(`no question ${name}`);
    }
    const needs = { ...toNeeds(), findWitnessed };
    const asked = { question, values, standing: { inside: null, services: null, ...standing }, asOf: null, form: 'json' } as const;
    const reply = await askQuestion(needs, { kind: 'operator', ref: null }, { ...asked, page: { after, limit: 50 } });
    return getValue(reply).answer;
  };
  const holds = ({ findings }: Answer, name: string): boolean | undefined => findings.find((finding) => finding.name === name)?.holds;
  const figure = ({ figures }: Answer, name: string): number | null | undefined => figures.find((each) => each.name === name)?.value;

  beforeAll(async () => {
    opened = await database.open();
    const released = { service: 'clinic', attributes: ['email'] };
    earlier = await append([released, released, { service: 'other' }]);
    const query = { ...noConditions, service: 'clinic', attribute: 'email' };
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
    const answer = await ask('is-the-log-whole', {}, { findWitnessed: async () => earlier });
    expect([holds(answer, 'as-witnessed'), figure(answer, 'witnessed-size'), figure(answer, 'unwitnessed')]).toEqual([
      true,
      earlier.size,
      4,
    ]);
  });

  it('give the proof that the log only grew, and the lines of who signed', async () => {
    const answer = await ask('is-the-log-whole', { size: earlier.size }, { findWitnessed: async () => earlier });
    const newest = (await opened.storage.ledger.findCheckpoint()) ?? earlier;
    const heads = { first: toHead(earlier), second: toHead(newest) };
    const path = readCells(answer, 'consistency').map(toHash);
    expect(newest.size).toBeGreaterThan(earlier.size);
    expect([isConsistent({ ...heads, path }), isConsistent({ ...heads, path: path.slice(1) })]).toEqual([true, false]);
    expect(readCells(answer, 'signatures')).toEqual(earlier.text.split('\n').filter((line) => line.startsWith('— questions ')));
  });

  it('say so where witnesses signed another log, or nothing, and nothing where there are none', async () => {
    const other = { ...earlier, root: Buffer.alloc(32, 7).toString('base64url') };
    expect(holds(await ask('is-the-log-whole', {}, { findWitnessed: async () => other }), 'as-witnessed')).toBe(false);
    expect(holds(await ask('is-the-log-whole', {}, { findWitnessed: async () => undefined }), 'as-witnessed')).toBe(false);
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
    // What came on its last day after it would be among the entries of that day.
    expect(readRows(whole).map(({ entries }) => entries)).toEqual([null]);
    expect(holds(await ask('export-complete', { entry: first + 1 }), 'rows-match')).toBe(false);
    const ofLog = await ask('export-complete', { entry: first + 2 });
    expect([holds(ofLog, 'rows-match'), figure(ofLog, 'counted')]).toEqual([undefined, first + 3]);
    expect((await ask('export-complete', { entry: 0 })).findings).toEqual([{ name: 'is-export', holds: false }]);
  });

  it('count an export day by day beside all that the log holds of each day, however many days there are', async () => {
    const noon = Date.parse('2020-01-01T12:00:00+03:00');
    const older = Array.from({ length: 60 }, (_, day) => ({ at: noon + day * dayMs, service: day % 2 === 0 ? 'old' : 'other' }));
    const query = { ...noConditions, service: 'old', from: noon - dayMs, to: noon + 365 * dayMs };
    const { size } = await append(older);
    const told = { what: 'csv', case: 'C-1', query, rows: 30, size };
    await append([{ type: 'export.created', payload: told }]);
    const answer = await ask('export-complete', { entry: size });
    expect([holds(answer, 'days-add-up'), holds(answer, 'rows-match'), answer.next]).toEqual([true, true, 50]);
    const shown = readRows(answer);
    const oldest = noon - dayMs / 2;
    expect(shown[49]?.entries).toEqual({ service: 'old', from: oldest + 10 * dayMs, to: oldest + 11 * dayMs });
    expect([shown.length, shown[0]?.cells]).toEqual([50, [noon + 59 * dayMs - dayMs / 2, 1, 0]]);
    // A day of the country, as it is asked for; not the moment at which it begins elsewhere.
    expect(answer.tables.flatMap((table) => table.rows.slice(0, 1).map((row) => toRowJson(table, row)))).toEqual([
      { day: '2020-02-29', 'in-log': 1, 'by-conditions': 0 },
    ]);
    const rest = await ask('export-complete', { entry: size }, { after: 50 });
    expect([rest.next, readRows(rest).length, readRows(rest).at(-1)?.cells]).toEqual([null, 10, [oldest, 1, 1]]);
  });

  it('say so where an export cannot be counted: its conditions are beyond what is in sight, name a person of another case, or are not told', async () => {
    const toExport = (query: Json | null) =>
      ({ type: 'export.created', payload: { what: 'csv', rows: 1, ...(query === null ? {} : { query }) } }) as const;
    await append([{ personRef: 'somebody' }]);
    const { size } = await append([
      toExport({ ...noConditions, service: 'clinic' }),
      toExport({ ...noConditions, person: 'P-1' }),
      toExport(null),
      toExport(noConditions),
      { personRef: 'somebody' },
    ]);
    const judge = async (entry: number, more: More = {}): Promise<readonly unknown[]> => {
      const answer = await ask('export-complete', { entry }, more);
      return [holds(answer, 'conditions-in-sight'), figure(answer, 'counted'), answer.tables.length];
    };
    const beyond = [false, undefined, 0];
    const clinic = [undefined, 3, 1];
    const [ofClinic, ofPerson, untold, ofAll] = [size - 5, size - 4, size - 3, size - 2];
    expect(await judge(ofClinic, { services: ['clinic'] })).toEqual(clinic);
    expect(await judge(ofClinic, { services: ['other'] })).toEqual(beyond);
    expect([await judge(ofPerson), await judge(untold), await judge(ofAll, { services: ['clinic'] })]).toEqual([beyond, beyond, beyond]);
    expect(await judge(ofPerson, { inside })).toEqual([undefined, 1, 1]);
    expect(await judge(ofPerson, { inside: { ...inside, personRefs: ['another'] } })).toEqual(beyond);
  });

  it('say when nodes verified the whole log, and how the last time ended', async () => {
    const { verifications } = opened.storage;
    const night = async (day: string, at: number, faults: number): Promise<void> => {
      await verifications.beginNight(day, at);
      const firstFault = faults === 0 ? null : 'leaf-mismatch';
      await verifications.endNight({
        night: day,
        begunAt: at,
        endedAt: at + 5000,
        size: earlier.size,
        root: earlier.root,
        faults,
        firstFault,
      });
    };
    expect(holds(await ask('is-the-log-whole', {}), 'verified-whole')).toBeUndefined();
    await night('2026-05-01', 1_000_000, 0);
    expect(holds(await ask('is-the-log-whole', {}), 'verified-whole')).toBe(true);
    await night('2026-05-02', 2_000_000, 3);
    const answer = await ask('is-the-log-whole', {});
    expect(holds(answer, 'verified-whole')).toBe(false);
    expect(answer.tables.find(({ name }) => name === 'verified')?.rows.map(({ cells }) => cells)).toEqual([
      [2_005_000, 5000, earlier.size, 'leaf-mismatch'],
      [1_005_000, 5000, earlier.size, null],
    ]);
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
      `DROP TRIGGER entries_update; UPDATE entries SET body = replace(body, '"ref":"s"', '"ref":"t"') WHERE log_index = (SELECT max(log_index) FROM entries)`,
    );
    expect(await judge()).toEqual([true, false, 0]);
    await bend(
      'DROP TRIGGER entries_delete; DELETE FROM entry_secrets WHERE entry_id = (SELECT id FROM entries WHERE log_index = 0); DELETE FROM entries WHERE log_index = 0',
    );
    expect(await judge()).toEqual([false, false, 1]);
  });
});
