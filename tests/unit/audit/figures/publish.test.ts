import { compactVerify } from 'jose';
import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresSchema } from '../../../../src/domain/audit/figures/document.ts';
import type { FiguresDocument } from '../../../../src/domain/audit/figures/document.ts';
import { findDueMonth, publishDue } from '../../../../src/domain/audit/figures/publish-due.ts';
import type { DueNeeds } from '../../../../src/domain/audit/figures/publish-due.ts';
import { publishMonth } from '../../../../src/domain/audit/figures/publish-month.ts';
import type { PublishedFigures } from '../../../../src/domain/audit/figures/store.ts';
import { toCanonicalJson } from '../../../../src/domain/kernel/canonical.ts';
import { systemRandom, toDigest } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventType, SealedEvent } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';
import { createScene } from '../../../support/store-samples.ts';

const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
const signer = createSigner('figures');
const kid = 'receipts';

type Deed = {
  readonly day: string;
  readonly type: EventType;
  readonly person: string;
  readonly service: string | null;
  readonly payload?: { readonly in_time: 'yes' | 'no' };
};

function toEvent({ day, type, person, service, payload }: Deed): SealedEvent {
  const draft = { type, personRef: person, actor: { kind: 'person', ref: null }, service, payload: payload ?? {} } as const;
  return sealEvent({ clock: { now: () => at(day) }, random: systemRandom }, draft);
}

/** As many people as the number says, each once. */
const toCrowd = (many: number, deed: Omit<Deed, 'person'>): readonly SealedEvent[] =>
  Array.from({ length: many }, (_, number) => toEvent({ ...deed, person: `p-${number}` }));

describe('the figures of a month', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let first = '';
  let second = '';

  const add = async (events: readonly SealedEvent[]): Promise<void> => {
    await opened.append(events);
    await sequenceAll({ store: opened.storage.ledger, clock: { now: () => at('2026-11-02') }, signer });
  };
  const toNeeds = (day: string): DueNeeds => ({
    clock: { now: () => at(day) },
    random: systemRandom,
    figures: opened.storage.figures,
    ledger: opened.storage.ledger,
    agencies: opened.storage.agencies,
    signer: { issuer: 'https://id.example', key: signer.key, kid },
    actor: { kind: 'system', ref: null },
  });
  const get = async (month: string, edition?: number): Promise<PublishedFigures> => {
    const found = await opened.storage.figures.findFigures(month, edition);
    if (found === undefined) {
      throw new Error(`${month} was not published`);
    }
    return found;
  };
  const read = async (month: string, edition?: number): Promise<FiguresDocument> =>
    figuresSchema.parse(JSON.parse((await get(month, edition)).document));

  beforeAll(async () => {
    opened = await database.open();
    await add([toEvent({ day: '2026-09-01', type: 'session.started', person: 'p-0', service: null })]);
    first = (await createScene(opened.storage)).service.clientId;
    second = (await createScene(opened.storage)).service.clientId;
    await add([
      ...toCrowd(500, { day: '2026-09-10', type: 'consent.given', service: first }),
      ...toCrowd(3000, { day: '2026-10-05', type: 'service.entered', service: first }),
      ...toCrowd(900, { day: '2026-10-06', type: 'consent.given', service: second }),
      ...toCrowd(900, { day: '2026-10-07', type: 'consent.renewed', service: second }),
      ...toCrowd(1500, { day: '2026-10-09', type: 'rp.erased', service: first, payload: { in_time: 'no' } }),
      ...toCrowd(700, { day: '2026-10-10', type: 'rp.kept_by_law', service: first, payload: { in_time: 'yes' } }),
      ...Array.from({ length: 4000 }, () => toEvent({ day: '2026-10-08', type: 'data.released', person: 'p-1', service: first })),
    ]);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  it('are published by themselves from a day after its end, the oldest first, and each once', async () => {
    expect(await findDueMonth(toNeeds('2026-09-30'))).toBeUndefined();
    expect(await publishDue(toNeeds('2026-10-01'))).toBe(0);
    expect(await publishDue(toNeeds('2026-11-02'))).toBe(1);
    expect(await publishDue(toNeeds('2026-11-02'))).toBe(1);
    expect(await publishDue(toNeeds('2026-11-02'))).toBe(0);
    const editions = await opened.storage.figures.listEditions();
    expect(editions.map(({ month, edition }) => [month, edition])).toEqual([
      ['2026-09', 1],
      ['2026-10', 1],
    ]);
  });

  it('count people of an agency and not acts, within the month', async () => {
    const { agencies } = await read('2026-10');
    const shown = agencies.map(({ figures }) => figures);
    const find = (name: 'signedIn' | 'agreed' | 'released' | 'answered' | 'answeredInTime'): number =>
      Math.max(...shown.map((figures) => (typeof figures[name] === 'number' ? figures[name] : 0)));
    expect(Math.abs(find('signedIn') - 3000)).toBeLessThan(250);
    expect(Math.abs(find('agreed') - 900)).toBeLessThan(250);
    expect(Math.abs(find('answered') - 1500)).toBeLessThan(250);
    expect(Math.abs(find('answeredInTime') - 700)).toBeLessThan(250);
    // One person, four thousand times.
    expect(find('released')).toBe(0);
  });

  it('name the checkpoint they were counted at and every month before, and are signed as they stand', async () => {
    const published = await get('2026-10');
    const document = await read('2026-10');
    const earlier = await get('2026-09');
    const checkpoint = await opened.storage.ledger.findCheckpointOfSize(document.checkpoint.size);
    expect(checkpoint).toMatchObject({ root: document.checkpoint.root });
    expect(document.earlier).toEqual([{ month: '2026-09', edition: 1, digest: earlier.digest }]);
    expect(toCanonicalJson(document)).toBe(published.document);
    expect(toDigest(published.document)).toBe(published.digest);
    const { payload, protectedHeader } = await compactVerify(published.signature, createPublicKey(signer.key));
    expect(Buffer.from(payload).toString()).toBe(published.document);
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid, typ: 'huwiya-figures+jwt' });
  });

  it('leave one entry each, with the digest of what was signed', async () => {
    const rows = await opened.engine.read({ text: "SELECT body FROM entries WHERE type = 'figures.published' ORDER BY rowid", values: [] });
    const editions = await opened.storage.figures.listEditions();
    expect(rows).toHaveLength(editions.length);
    rows.forEach(({ body }, place) => expect(body).toContain(`"digest":"${editions[place]?.digest}"`));
  });

  it('are never counted again: what comes later changes nothing', async () => {
    const before = await opened.storage.figures.findFigures('2026-10');
    await add(toCrowd(5000, { day: '2026-10-20', type: 'consent.refused', service: first }));
    const again = await publishMonth(toNeeds('2026-11-03'), '2026-10');
    expect(again.ok ? '' : again.code).toBe('figures/published');
    expect(await publishDue(toNeeds('2026-11-03'))).toBe(0);
    expect(await opened.storage.figures.findFigures('2026-10')).toEqual(before);
  });

  it('are corrected in the open, by a second edition that says why and names the first', async () => {
    const reason = { ar: 'وصلت قيود متأخرة.', en: 'Entries came late.' };
    const corrected = await publishMonth(toNeeds('2026-11-03'), '2026-10', { reason });
    expect(corrected.ok && corrected.value.edition).toBe(2);
    const document = await read('2026-10');
    expect(document.reason).toEqual(reason);
    expect(document.earlier.map(({ month, edition }) => [month, edition])).toEqual([
      ['2026-09', 1],
      ['2026-10', 1],
    ]);
    expect((await read('2026-10', 1)).reason).toBeNull();
    const again = await publishMonth(toNeeds('2026-11-04'), '2026-10', { reason });
    expect([again.ok ? '' : again.code, (await read('2026-10')).edition]).toEqual(['figures/corrected', 2]);
    const early = await publishMonth(toNeeds('2026-11-03'), '2026-08', { reason });
    expect(early.ok ? '' : early.code).toBe('figures/not-published');
  });

  it('are refused while the month goes on, and of what is no month', async () => {
    const open = await publishMonth(toNeeds('2026-11-03'), '2026-11');
    expect(open.ok ? '' : open.code).toBe('figures/month-open');
    const none = await publishMonth(toNeeds('2026-11-03'), '2026-13');
    expect(none.ok ? '' : none.code).toBe('figures/month-unknown');
  });

  it('are published by one of two nodes that begin at the same moment', async () => {
    const outcomes = await Promise.all([1, 2].map(async () => publishMonth(toNeeds('2026-11-03'), '2026-07')));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
