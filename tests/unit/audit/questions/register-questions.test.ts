// What agencies may ask for, asked again as the log stood: a purpose that was changed, brought home or ended since answers as it was then.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Purpose } from '../../../../src/domain/agencies/agency.ts';
import { askQuestion } from '../../../../src/domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../../src/domain/audit/questions/catalogue.ts';
import type { Answer, Cell, Values } from '../../../../src/domain/audit/questions/question.ts';
import { dayMs } from '../../../../src/domain/kernel/clock.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';
import { createAgency, createPurpose, createService, noChanges } from '../../../support/store-samples.ts';

const begin = Date.parse('2026-03-02T09:00:00+03:00');
const signer = createSigner('register');
const agency = createAgency({ id: 'mol' });
const service = createService(agency.id, { clientId: 'permits' });
const where = { ar: 'مركز البيانات', en: 'A data centre' };
const why = { ar: 'للتصريح', en: 'For the permit' };
const asked = { necessity: 'required', why } as const;
const [name, email] = [
  { ...asked, name: 'given_name' },
  { ...asked, name: 'email' },
];

const abroad = createPurpose(service.clientId, {
  attributes: [name, email],
  storage: { location: where, jurisdiction: 'CH', transfers: [{ country: 'SA', why }] },
  dpiaRef: 'DPIA-1',
});
const atHome = createPurpose(service.clientId, {
  version: 2,
  attributes: [name],
  storage: { location: where, jurisdiction: 'SA', transfers: [{ country: 'DE', why }] },
  dpiaRef: 'DPIA-2',
});
const brief = createPurpose(service.clientId, { id: 'brief', isDefault: false, storage: null });

describe('questions about what agencies may ask for', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  /** Sizes of the log: with the first version, with the second, and once all was over. */
  const sizes: number[] = [];

  const draft = (at: number, more: Partial<EventDraft> & Pick<EventDraft, 'type'>) =>
    sealEvent(
      { clock: { now: () => at }, random: systemRandom },
      { personRef: null, actor: { kind: 'operator', ref: null }, service: service.clientId, ...more },
    );
  const change = (at: number, purposes: readonly Purpose[]) =>
    opened.storage.agencies.saveChanges({
      ...noChanges,
      purposes,
      events: purposes.map(({ id, version }) => draft(at, { type: 'purpose.changed', purpose: id, purposeVersion: version })),
    });
  const release = (at: number, purposeVersion: number, attributes: readonly string[]) =>
    draft(at, { type: 'data.released', personRef: 'somebody', record: 'r', purpose: abroad.id, purposeVersion, attributes });
  const close = async (at: number): Promise<void> => {
    await sequenceAll({ store: opened.storage.ledger, clock: { now: () => at }, signer });
    sizes.push((await opened.storage.ledger.findCheckpoint())?.size ?? 0);
  };

  const ask = async (question: string, asOf: number | null, { home = 'SA', ...values }: Values & { readonly home?: string } = {}) => {
    const found = findQuestion(question);
    if (found === undefined) {
      throw new Error('no such question');
    }
    const looks = { random: systemRandom, record: async () => undefined, assertRoom: async () => undefined };
    const needs = { ...opened.storage, ...looks, clock: { now: () => begin + 200 * dayMs }, homeCountry: home };
    const standing = { inside: null, services: null } as const;
    const page = { after: null, limit: 50 } as const;
    const reply = await askQuestion(
      needs,
      { kind: 'operator', ref: null },
      { question: found, values, standing, asOf, page, form: 'json' },
    );
    return getValue(reply).answer;
  };
  const rows = ({ tables }: Answer, table: string): readonly (readonly Cell[])[] =>
    tables.find((each) => each.name === table)?.rows.map(({ cells }) => cells) ?? [];
  const listAbroad = async (asOf: number | null, values?: Values & { readonly home?: string }) =>
    rows(await ask('stored-abroad', asOf, values), 'abroad').map(([, purpose, version, , until, ...place]) => [
      purpose,
      version,
      until,
      ...place,
    ]);

  beforeAll(async () => {
    opened = await database.open();
    const { agencies } = opened.storage;
    await agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service] });
    await change(begin, [abroad, brief]);
    await opened.append([1, 2].map((day) => release(begin + day * dayMs, 1, ['given_name'])));
    await close(begin + 3 * dayMs);
    await change(begin + 10 * dayMs, [atHome]);
    await opened.append([release(begin + 11 * dayMs, 1, ['given_name', 'email']), release(begin + 12 * dayMs, 2, ['given_name'])]);
    await close(begin + 100 * dayMs);
    const ended = { clientId: service.clientId, id: brief.id };
    const at = begin + 101 * dayMs;
    await agencies.saveChanges({
      ...noChanges,
      endedPurposes: [ended],
      events: [draft(at, { type: 'purpose.retired', purpose: brief.id })],
    });
    const payload = { agency: agency.id, from: 'active', to: 'suspended' };
    await agencies.saveServiceStatus(service.clientId, 'suspended', draft(at, { type: 'service.status_changed', payload }));
    await close(begin + 102 * dayMs);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  const until = begin + 10 * dayMs;

  it('name what was kept abroad then, with what left under that very version, also where it was brought home since', async () => {
    const [first = 0, second = 0] = sizes;
    const unsaid = ['permits brief', 1, null, 'unsaid', null, 0];
    expect(await listAbroad(first)).toEqual([['permits renewal', 1, null, 'kept', 'CH', 2], unsaid]);
    const sent = ['permits renewal', 2, null, 'sent', 'DE', 1];
    expect(await listAbroad(second)).toEqual([['permits renewal', 1, until, 'kept', 'CH', 3], unsaid, sent]);
    expect(await listAbroad(null)).toEqual([['permits renewal', 1, until, 'kept', 'CH', 3], sent]);
  });

  it('name of a time what stood in it or left in it', async () => {
    const kept = ['permits renewal', 1, until, 'kept', 'CH'];
    expect(await listAbroad(null, { from: begin + 3 * dayMs, to: begin + 4 * dayMs })).toEqual([
      [...kept, 0],
      ['permits brief', 1, begin + 101 * dayMs, 'unsaid', null, 0],
    ]);
    const after = await listAbroad(null, { from: begin + 10.5 * dayMs, to: begin + 11.5 * dayMs });
    expect(after.map(([purpose, version, , , , releases]) => [purpose, version, releases])).toEqual([
      ['permits renewal', 1, 1],
      ['permits brief', 1, 0],
      ['permits renewal', 2, 0],
    ]);
    expect((await listAbroad(null, { from: begin + 20 * dayMs })).filter(([, version]) => version === 1)).toHaveLength(1);
    expect(await listAbroad(null, { to: begin })).toEqual([]);
  });

  it('hide no purpose of which the log says nothing, and say that there is one', async () => {
    const silent = createPurpose(service.clientId, { id: 'silent', isDefault: false, storage: null });
    await opened.storage.agencies.saveChanges({ ...noChanges, purposes: [silent] });
    const answer = await ask('stored-abroad', sizes[0] ?? 0);
    const said = [answer, await ask('who-approved', null, { service: 'permits' })].map(({ findings }) => findings);
    expect(said).toEqual([[{ name: 'register-in-log', holds: false }], [{ name: 'register-in-log', holds: false }]]);
    const [found] = rows(answer, 'abroad').filter(([, purpose]) => purpose === 'permits silent');
    expect(found?.slice(1)).toEqual(['permits silent', 1, null, null, 'unsaid', null, 0]);
    await opened.storage.agencies.saveChanges({ ...noChanges, endedPurposes: [{ clientId: service.clientId, id: silent.id }] });
    expect(await listAbroad(null)).toHaveLength(2);
    expect((await ask('stored-abroad', null)).findings).toEqual([{ name: 'register-in-log', holds: true }]);
  });

  it('go by the country that the operator named', async () => {
    const [first = 0, second = 0] = sizes;
    expect((await listAbroad(first, { home: 'CH' })).map(([, , , ...place]) => place)).toEqual([
      ['sent', 'SA', 2],
      ['unsaid', null, 0],
    ]);
    expect((await listAbroad(second, { home: 'DE' })).filter(([, version]) => version === 2).map(([, , , ...place]) => place)).toEqual([
      ['kept', 'SA', 1],
    ]);
  });

  it('name what was approved and never used of the purposes of then', async () => {
    const unused = async (asOf: number | null) => rows(await ask('approved-never-used', asOf), 'never-used').map(([, ...cells]) => cells);
    const briefly = ['permits brief', 'given_name', 'required'];
    expect(await unused(sizes[0] ?? 0)).toEqual([['permits renewal', 'email', 'required'], briefly]);
    expect(await unused(sizes[1] ?? 0)).toEqual([briefly]);
    expect(await unused(null)).toEqual([]);
  });

  it('find what nobody used for ninety days while its service was there', async () => {
    const found = async (asOf: number | null) => rows(await ask('approved-never-used', asOf), 'found').map(([, , purpose]) => purpose);
    expect([await found(sizes[0] ?? 0), await found(sizes[1] ?? 0), await found(null)]).toEqual([[], ['permits brief'], []]);
  });

  it('show the evidence of the purposes of then, and the changes until then', async () => {
    const evidence = async (asOf: number | null) =>
      rows(await ask('who-approved', asOf, { service: 'permits' }), 'evidence').map(([purpose, version, , , dpia]) => [
        purpose,
        version,
        dpia,
      ]);
    expect(await evidence(sizes[0] ?? 0)).toEqual([
      ['permits renewal', 1, 'DPIA-1'],
      ['permits brief', 1, null],
    ]);
    expect(await evidence(null)).toEqual([['permits renewal', 2, 'DPIA-2']]);
    const changes = async (asOf: number | null) =>
      rows(await ask('changed-without-notice', asOf), 'changes').map(([, , purpose, version, , , left]) => [purpose, version, left]);
    expect([await changes(sizes[0] ?? 0), await changes(null)]).toEqual([[], [['permits renewal', 2, 1]]]);
  });

  it('hold agencies beside each other in what they asked or received beyond their purposes', async () => {
    const beyond = { type: 'data.over_ask', purpose: abroad.id, purposeVersion: 2, attributes: ['email'] } as const;
    await opened.append([draft(begin + 103 * dayMs, beyond), draft(begin + 104 * dayMs, beyond)]);
    await close(begin + 105 * dayMs);
    const answer = await ask('beyond-purpose', null);
    const flawed = answer.figures.map(({ name: figure, value }) => [figure, value]);
    expect(flawed).toContainEqual(['over-asks', 2]);
    const [row, ...others] = rows(answer, 'agencies');
    expect([others, row?.[0], row?.slice(1)]).toEqual([[], agency.id, flawed.map(([, value]) => value)]);
    expect(rows(await ask('beyond-purpose', sizes[0] ?? 0), 'agencies')).toEqual([]);
  });
});
