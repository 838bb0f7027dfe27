import { describe, expect, it } from 'vitest';
import { findEntryFile } from '../../../src/domain/audit/entry-file.ts';
import { toEntryBody } from '../../../src/domain/audit/entry-body.ts';
import { viewEntry } from '../../../src/domain/audit/view-entry.ts';
import type { EntryView } from '../../../src/domain/audit/view-entry.ts';
import type { Inside } from '../../../src/domain/audit/questions/sight.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { toLeafHash } from '../../../src/domain/ledger/event.ts';
import { isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { createAuditWorld, createMixedEvents, officer } from '../../support/audit-world.ts';
import type { AuditWorld } from '../../support/audit-world.ts';
import { sampleStart } from '../../support/ledger-samples.ts';

const view = async (world: AuditWorld, index: number): Promise<EntryView> =>
  getValue(await viewEntry(world.needs, officer, { index, form: 'page' }));

/** A case over everything. */
const openReach = (remembered: (readonly string[])[]): Inside => ({
  id: 'case-1',
  number: '1448/Q/12',
  services: null,
  personRefs: null,
  covers: { from: null, to: null },
  toPseudonym: (personRef) => `P-${personRef}`,
  findPerson: () => Promise.resolve(undefined),
  remember: (refs) => {
    remembered.push(refs);
    return Promise.resolve();
  },
});

const toBytes = (text: string): Buffer => Buffer.from(text, 'base64url');

function isProven({ signer }: AuditWorld, { entry, proof, checkpoint }: EntryView): boolean {
  const { root } = getValue(parseCheckpoint(checkpoint?.text ?? '', [toVerifier(signer)]));
  const { index, size, path } = proof ?? { index: -1, size: 0, path: [] };
  return isIncluded({ leafHash: toLeafHash(entry), index, size, path: path.map(toBytes), root });
}

describe('viewing one entry', () => {
  it('proves each entry to the signed checkpoint', async () => {
    const world = await createAuditWorld(9);
    for (const index of [0, 4, 8]) {
      expect(isProven(world, await view(world, index))).toBe(true);
    }
  });

  it('proves an entry to a head that witnesses have seen, where one covers it, rather than to a newer one', async () => {
    const world = await createAuditWorld(9);
    const seen = await world.store.findCheckpoint();
    await world.append(createMixedEvents(12).slice(9));
    const witnessing = { findWitnessed: async (least: number) => (least <= 9 ? seen : undefined) };
    const look = async (index: number): Promise<EntryView> =>
      getValue(await viewEntry({ ...world.needs, witnessing }, officer, { index, form: 'page' }));
    const [covered, later] = [await look(8), await look(9)];
    expect(covered.checkpoint).toEqual(seen);
    expect(later.checkpoint?.size).toBeGreaterThan(11);
    expect([isProven(world, covered), isProven(world, later)]).toEqual([true, true]);
  });

  it('names the person by the mask of this entry alone', async () => {
    const world = await createAuditWorld(8);
    const [first, other, nobody] = [await view(world, 0), await view(world, 6), await view(world, 3)];
    expect(world.store.rows.entries[6]?.personRef).toBe(world.store.rows.entries[0]?.personRef);
    expect(first.person).not.toBe(other.person);
    expect(nobody.person).toBeNull();
    expect(JSON.stringify([first, other])).not.toContain('person-');
  });

  it('names the person by the pseudonym of the case, remembered before, and notes the number of the case', async () => {
    const world = await createAuditWorld(8);
    const remembered: (readonly string[])[] = [];
    const look = async (index: number) => viewEntry(world.needs, officer, { index, form: 'page', inside: openReach(remembered) });
    const [first, other, nobody] = [getValue(await look(0)), getValue(await look(6)), getValue(await look(3))];
    expect([first.pseudonym, other.pseudonym, nobody.pseudonym]).toEqual(['P-person-0', 'P-person-0', null]);
    expect(remembered).toEqual([['person-0'], ['person-0']]);
    expect(JSON.parse(world.recorded[0]?.body ?? '')).toMatchObject({ payload: { index: 0, case: '1448/Q/12' } });
    expect((await view(world, 0)).pseudonym).toBeNull();
  });

  it.each([
    ['another agency', { services: ['moh-clinic'] }],
    ['another person', { personRefs: ['person-2'] }],
    ['an earlier time', { covers: { from: null, to: sampleStart } }],
    ['a later time', { covers: { from: sampleStart + 86_400_000, to: null } }],
  ])('opens nothing inside a case about %s, and records no view of it', async (_what, reach) => {
    const world = await createAuditWorld(8);
    const look = async (inside: Inside) => viewEntry(world.needs, officer, { index: 0, form: 'page', inside });
    expect(await look({ ...openReach([]), ...reach })).toMatchObject({ ok: false, code: 'audit/beyond-case' });
    expect(world.recorded).toEqual([]);
    expect((await look(openReach([]))).ok).toBe(true);
  });

  it('leads to the decisions of the same consent record, oldest first', async () => {
    const world = await createAuditWorld(30);
    const { decisions } = await view(world, 10);
    expect(decisions.map(({ index }) => index)).toEqual([0, 5, 10, 15, 25]);
    expect((await view(world, 6)).decisions).toEqual([]);
  });

  it('leaves one entry with the index, before anything is shown', async () => {
    const world = await createAuditWorld(4);
    await view(world, 2);
    expect(world.recorded).toHaveLength(1);
    expect(world.recorded[0]).toMatchObject({ type: 'record.viewed', personRef: null, service: null });
    expect(JSON.parse(world.recorded[0]?.body ?? '')).toMatchObject({ actor: officer, payload: { index: 2, form: 'page' } });
    await expect(viewEntry(world.broken, officer, { index: 2, form: 'page' })).rejects.toMatchObject({ code: 'ledger/unavailable' });
  });

  it('says that there is no such entry, and records no view of it', async () => {
    const world = await createAuditWorld(4);
    expect(await viewEntry(world.needs, officer, { index: 4, form: 'page' })).toMatchObject({ ok: false, code: 'audit/entry-unknown' });
    expect(world.recorded).toEqual([]);
  });

  it('shows an entry of a broken log, without a proof', async () => {
    const world = await createAuditWorld(4);
    world.store.rows.tiles.clear();
    const record = (): Promise<void> => Promise.resolve();
    const shown = getValue(await viewEntry({ ...world.needs, record }, officer, { index: 1, form: 'page' }));
    expect(shown.proof).toBeNull();
    expect(findEntryFile(shown, 'key')).toBeUndefined();
  });

  it('becomes a file that opens this entry and nothing else', async () => {
    const world = await createAuditWorld(4);
    const log = toVerifierText(toVerifier(world.signer));
    const shown = await view(world, 1);
    const file = findEntryFile(shown, log);
    expect(Object.keys(file ?? {})).toEqual(['format', 'entry', 'proof', 'checkpoint', 'log']);
    expect(file).toMatchObject({ format: 'huwiya-entry/1', log, entry: { index: 1, person: shown.person } });
  });
});

describe('the body of an entry', () => {
  it('is read as far as it can be, so that a damaged one is still shown', () => {
    const nothing = { actor: { kind: null, ref: null }, actedBy: null, purposeVersion: null, record: null, reason: null, payload: {} };
    expect(toEntryBody('{')).toEqual({ ...nothing, isReadable: false });
    expect(toEntryBody('[1]')).toEqual({ ...nothing, isReadable: false });
    expect(toEntryBody('{"actor":5,"payload":[],"record":{},"purpose_version":"2"}')).toEqual({ ...nothing, isReadable: true });
    expect(toEntryBody('{"actor":{"kind":"person","ref":null},"record":"r","purpose_version":2}')).toMatchObject({
      actor: { kind: 'person', ref: null },
      record: 'r',
      purposeVersion: 2,
    });
  });
});
