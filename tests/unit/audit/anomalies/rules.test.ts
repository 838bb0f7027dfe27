import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAnomalies } from '../../../../src/domain/audit/anomalies/find-anomalies.ts';
import type { Sweep } from '../../../../src/domain/audit/anomalies/find-anomalies.ts';
import type { Anomaly, RuleName } from '../../../../src/domain/audit/anomalies/rule.ts';
import { scoreSweep } from '../../../../src/domain/audit/anomalies/score.ts';
import type { Planting } from '../../../../src/domain/audit/anomalies/score.ts';
import { dayMs } from '../../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';
import { createScene } from '../../../support/store-samples.ts';
import type { Scene } from '../../../support/store-samples.ts';

const begin = Date.parse('2027-02-01T06:00:00Z');
const minute = 60_000;
const signer = createSigner('anomalies');
const longNotice = 'the long one';

type Draft = Partial<EventDraft> & Pick<EventDraft, 'type'>;
type Step = readonly [at: number, draft: Draft, kind?: string | undefined];

/** A year of a small country in which each thing happened once that a rule looks for, and once something lawful that looks alike. */
function createSteps({ service, purpose }: Scene): readonly Step[] {
  const about = { service: service.clientId, purpose: purpose.id, purposeVersion: 1 } as const;
  const officer = (ref: string) => ({ kind: 'officer', ref }) as const;
  const decide = ([at, draft, kind]: Step, person: string): readonly Step[] => [
    [at - (kind === 'hasty' ? 400 : 20_000), { ...about, type: 'consent.requested', personRef: person }],
    [at, { ...about, personRef: person, ...draft }, kind],
  ];
  const give = (at: number, person: string, kind?: string): readonly Step[] =>
    decide([at, { type: 'consent.given', record: `r-${person}` }, kind], person);
  const release = (at: number, person: string, kind?: string): Step => [
    at,
    {
      ...about,
      type: 'data.released',
      personRef: person,
      record: `r-${person}`,
      attributes: kind === 'outside-purpose' ? ['given_name', 'national_id'] : ['given_name'],
    },
    kind,
  ];
  const lawful = { ...about, type: 'data.released', personRef: 'lawful', record: 'r-lawful', attributes: ['given_name'] } as const;
  const end = (at: number, person: string, type: 'consent.withdrawn' | 'consent.expired'): Step => [
    at,
    { ...about, type, personRef: person, record: `r-${person}` },
  ];
  const counter = (at: number, person: string, ref: string): Step => [
    at,
    { type: 'person.proofed', personRef: person, actor: officer(ref) },
    ref === 'fast' ? 'counter-burst' : undefined,
  ];
  const answers = (from: number, version: number, refusals: number): readonly Step[] =>
    Array.from({ length: 60 }, (_, number) => {
      const isRefusal = number < refusals;
      const kind = isRefusal && version === 3 ? 'refusals-after-text' : undefined;
      const type = isRefusal ? 'consent.refused' : 'consent.given';
      const draft = { type, purposeVersion: version, record: `v-${version}-${number}` } as const;
      return decide([from + number * minute, draft, kind], `v-${number}`);
    }).flat();
  const spread = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);
  const copied = ['copied-1', 'copied-2', 'copied-3'];
  return [
    [begin, { ...about, type: 'purpose.changed', attributes: ['given_name'] }],
    ...give(begin + dayMs, 'lawful'),
    release(begin + dayMs + minute, 'lawful'),
    ...give(begin + 2 * dayMs, 'hasty', 'hasty'),
    // Three seconds for a page of two thousand letters, and a refusal, for which nobody has to read.
    [begin + 2.5 * dayMs - 3000, { ...about, type: 'consent.requested', personRef: 'skimmed' }],
    [begin + 2.5 * dayMs, { ...about, type: 'consent.given', personRef: 'skimmed', payload: { notice_sha256: longNotice } }, 'hasty'],
    [begin + 2.6 * dayMs - 500, { ...about, type: 'consent.requested', personRef: 'declined' }],
    [begin + 2.6 * dayMs, { ...about, type: 'consent.refused', personRef: 'declined', payload: { notice_sha256: longNotice } }],
    ...give(begin + 3 * dayMs, 'withdrew'),
    release(begin + 3 * dayMs + minute, 'withdrew'),
    end(begin + 4 * dayMs, 'withdrew', 'consent.withdrawn'),
    release(begin + 5 * dayMs, 'withdrew', 'after-withdrawal'),
    ...give(begin + 6 * dayMs, 'expired'),
    end(begin + 7 * dayMs, 'expired', 'consent.expired'),
    release(begin + 8 * dayMs, 'expired', 'after-expiry'),
    release(begin + 9 * dayMs, 'unknown', 'no-record'),
    // Under a record that stands, but of somebody else, of another service, for another purpose.
    [begin + 9.1 * dayMs, { ...lawful, personRef: 'unknown' }, 'no-record'],
    [begin + 9.2 * dayMs, { ...lawful, service: 'foreign' }, 'no-record'],
    [begin + 9.3 * dayMs, { ...lawful, purpose: 'another' }, 'no-record'],
    // Under a version that was never registered.
    [begin + 9.4 * dayMs, { ...lawful, purposeVersion: 9 }, 'outside-purpose'],
    ...give(begin + 9.5 * dayMs, 'narrow'),
    ...spread(13).map((number): Step => [
      begin + 9.5 * dayMs + (number + 1) * minute,
      { ...about, type: 'consent.narrowed', personRef: 'narrow', record: 'r-narrow', attributes: ['given_name'] },
    ]),
    release(begin + 60 * dayMs, 'narrow'),
    ...give(begin + 10 * dayMs, 'wide'),
    release(begin + 10 * dayMs + minute, 'wide', 'outside-purpose'),
    // Asked again, the person took something out and agreed to the rest anew: what they agreed to has a new end.
    ...decide([begin + 16 * dayMs, { type: 'consent.given', record: 'r-again', payload: { expires_at: begin + 17 * dayMs } }], 'again'),
    ...decide(
      [begin + 16.5 * dayMs, { type: 'consent.narrowed', record: 'r-again', payload: { expires_at: begin + 60 * dayMs } }],
      'again',
    ),
    release(begin + 18 * dayMs, 'again'),
    [begin + 11 * dayMs, { ...about, type: 'rp.overdue', personRef: 'withdrew', record: 'r-withdrew' }, 'overdue-answers'],
    ...spread(14).map((number) => counter(begin + 12 * dayMs + number * minute, `burst-${number}`, 'fast')),
    ...spread(14).map((number) => counter(begin + 13 * dayMs + number * 20 * minute, `calm-${number}`, 'calm')),
    [begin + 14 * dayMs + 17 * 60 * minute, { type: 'purpose.approved', actor: officer('owl') }, 'night-approval'],
    [begin + 15 * dayMs + 9 * 60 * minute, { type: 'purpose.approved', actor: officer('lark') }],
    ...copied.flatMap((person, number): readonly Step[] => [
      [
        begin + 17 * dayMs + number * minute,
        { ...about, type: 'session.started', personRef: person, payload: { passkey: 'nonce.digest' } },
        'device-burst',
      ],
      ...decide([begin + 17 * dayMs + number * minute + 30_000, { type: 'consent.given', record: `r-${person}` }, 'device-burst'], person),
    ]),
    [begin + 17.5 * dayMs, { ...about, type: 'session.started', personRef: 'own', payload: { passkey: 'other.digest' } }],
    [begin + 18.1 * dayMs, { ...about, type: 'purpose.approved', purposeVersion: 6, actor: officer('lark') }],
    [begin + 18.1 * dayMs, { ...about, type: 'purpose.changed', purposeVersion: 6, attributes: ['given_name', 'email'] }],
    [
      begin + 18.3 * dayMs,
      { ...about, type: 'purpose.changed', purposeVersion: 7, attributes: ['given_name', 'email', 'birthdate'] },
      'widened-unannounced',
    ],
    [
      begin + 18.8 * dayMs,
      {
        ...about,
        type: 'data.released',
        purposeVersion: 7,
        personRef: 'lawful',
        record: 'r-lawful',
        attributes: ['given_name', 'birthdate'],
      },
      'widened-unannounced',
    ],
    [begin + 18.9 * dayMs, { type: 'session.started', personRef: 'on-time' }],
    [begin + 18.9 * dayMs, { type: 'session.started', personRef: 'late' }, 'clock-back'],
    ...answers(begin + 20 * dayMs, 1, 6),
    ...answers(begin + 30 * dayMs, 2, 8),
    ...answers(begin + 40 * dayMs, 3, 30),
  ];
}

describe('the rules of anomalies', () => {
  const database = createSqliteDatabase();
  const planted = new Map<string, number[]>();
  let opened: OpenedDatabase;
  let scene: Scene;
  let now = begin;

  const append = async (given: readonly Step[]): Promise<void> => {
    const steps = given.toSorted(([one], [other]) => one - other);
    const before = (await opened.storage.ledger.findCheckpoint())?.size ?? 0;
    const pending = before === 0 ? 1 : 0;
    await opened.append(
      steps.map(([at, draft, kind]) =>
        sealEvent(
          { clock: { now: () => (kind === 'clock-back' ? at - 6 * minute : at) }, random: systemRandom },
          { personRef: null, actor: { kind: 'person', ref: null }, ...draft },
        ),
      ),
    );
    now = Math.max(now, ...steps.map(([at]) => at));
    await sequenceAll({ store: opened.storage.ledger, clock: { now: () => now }, signer });
    steps.forEach(([, , kind], place) => {
      if (kind !== undefined) {
        planted.set(kind, [...(planted.get(kind) ?? []), before + pending + place]);
      }
    });
  };
  const sweep = async (from = begin, to = begin + 365 * dayMs): Promise<Sweep> => {
    return findAnomalies(opened.storage, { from, to, services: null, most: 10_000 });
  };
  const find = ({ findings }: Sweep, name: RuleName): readonly Anomaly[] =>
    findings.find(({ rule }) => rule.name === name)?.anomalies ?? [];

  beforeAll(async () => {
    opened = await database.open();
    scene = await createScene(opened.storage);
    const { clientId, id, version } = scene.purpose;
    await opened.engine.atomic(function* () {
      yield {
        text: 'INSERT INTO notices (digest, language, client_id, purpose_id, purpose_version, text) VALUES (?, ?, ?, ?, ?, ?)',
        values: [longNotice, 'en', clientId, id, version, 'a'.repeat(2000)],
      };
    });
    await append(createSteps(scene));
    const looked = planted.get('hasty')?.[0] ?? 0;
    const looks = Array.from({ length: 25 }, (_, number): Step => {
      const actor = { kind: 'officer', ref: 'curious' } as const;
      return [begin + 100 * dayMs + number * minute, { type: 'record.viewed', actor, payload: { index: looked } }, 'curious-auditor'];
    });
    const fair = Array.from({ length: 25 }, (_, number): Step => {
      const actor = { kind: 'officer', ref: 'fair' } as const;
      return [begin + 101 * dayMs + number * minute, { type: 'record.viewed', actor, payload: { index: 3 + 7 * number } }];
    });
    const patient = Array.from({ length: 24 }, (_, number): Step => {
      const actor = { kind: 'officer', ref: 'patient' } as const;
      const at = begin + (number < 12 ? 89 : 91) * dayMs + number * minute;
      return [at, { type: 'record.viewed', actor, payload: { index: looked } }, 'curious-auditor'];
    });
    const ask = (number: number, officer: string, person: string): Draft => {
      const about = number % 2 === 0 ? { query: 'shared-about-person', parameters: { person } } : { filter: { person } };
      return { type: 'record.searched', actor: { kind: 'officer', ref: officer }, payload: { ...about, case: 'Q-1' } };
    };
    const asking = Array.from({ length: 20 }, (_, number): readonly Step[] => [
      [begin + 98 * dayMs + number * minute, ask(number, 'asking', 'P-000000000001'), 'curious-auditor'],
      [begin + 99 * dayMs + number * minute, ask(number, 'thorough', `P-${String(number).padStart(12, '0')}`)],
    ]);
    await append([...looks, ...fair, ...patient, ...asking.flat()]);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  it.each([
    'no-record',
    'after-withdrawal',
    'after-expiry',
    'outside-purpose',
    'hasty',
    'refusals-after-text',
    'overdue-answers',
    'counter-burst',
    'night-approval',
    'curious-auditor',
    'widened-unannounced',
    'repeated-ceremony',
    'clock-back',
  ] as const)('find what was planted as %s, and nothing else', async (name) => {
    const plantings: readonly Planting[] = [...planted].map(([kind, entries]) => ({ kind, isLawful: false, entries }));
    const score = scoreSweep(await sweep(), plantings).find(({ rule }) => rule === name);
    expect(score).toMatchObject({ recall: 1, precision: 1 });
    expect(score?.planted).toBeGreaterThan(0);
  });

  it('say the numbers that they went by', async () => {
    const swept = await sweep();
    expect(find(swept, 'counter-burst')[0]).toMatchObject({ officer: 'fast', numbers: { people: 14 } });
    expect(find(swept, 'refusals-after-text')[0]).toMatchObject({
      service: scene.service.clientId,
      numbers: { version: 3, answers: 60, percent: 50, percentBefore: 13 },
    });
    expect(find(swept, 'after-withdrawal')[0]?.numbers).toEqual({ count: 1 });
  });

  it('count all, however few of the entries they read', async () => {
    const { facts } = opened.storage;
    const short: typeof facts = { ...facts, readFacts: async (filter, page) => facts.readFacts(filter, { ...page, limit: 1 }) };
    const asked = { from: begin, to: begin + 365 * dayMs, services: null, most: 10_000 } as const;
    const found = find(await findAnomalies({ ...opened.storage, facts: short }, asked), 'no-record');
    const counts = new Map(found.map(({ service, numbers }) => [service, numbers['count']]));
    expect(counts).toEqual(
      new Map([
        ['foreign', 1],
        [scene.service.clientId, 3],
      ]),
    );
  });

  it('find nothing of another period, nor of services that the mandate does not cover', async () => {
    const later = await sweep(begin + 200 * dayMs);
    const found = later.findings.filter(({ rule }) => rule.name !== 'unused-approval').flatMap(({ anomalies }) => anomalies);
    expect(found).toEqual([]);
    const narrow = await findAnomalies(opened.storage, { from: begin, to: begin + 365 * dayMs, services: ['another'], most: 20 });
    expect(narrow.findings.flatMap(({ rule, anomalies }) => (rule.mustBeZero ? anomalies : []))).toEqual([]);
  });

  it('name what was approved ninety days ago and never used, and not what was used once', async () => {
    const idle = await createScene(opened.storage);
    await append([
      [begin + 102 * dayMs, { type: 'purpose.changed', purposeVersion: 1, service: idle.service.clientId, purpose: idle.purpose.id }],
    ]);
    const found = find(await sweep(begin, begin + 300 * dayMs), 'unused-approval');
    expect(found).toMatchObject([{ service: idle.service.clientId, purpose: idle.purpose.id, numbers: { unused: 1, approved: 1 } }]);
    expect(find(await sweep(begin, begin + 150 * dayMs), 'unused-approval')).toEqual([]);
  });

  it('never hold a person', async () => {
    const text = JSON.stringify(await sweep());
    for (const name of ['hasty-person', 'withdrew', 'burst-1', 'r-wide']) {
      expect(text).not.toContain(`"${name}"`);
    }
  });
});
