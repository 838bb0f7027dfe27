// The made-up country that auditors, benchmarks and demos work on: the same from the same seed, whole for the product and for the verifier alone, and with an answer
// key that is true. What the key names is found here by reading the whole log plainly, and nothing else of its kind is found.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeCountry } from '../../bench/seed/make-country.ts';
import type { Made } from '../../bench/seed/make-country.ts';
import { writeOwnSetup } from '../../bench/seed/own-keys.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { findAnomalies } from '../../src/domain/audit/anomalies/find-anomalies.ts';
import { findUnsought, scoreSweep } from '../../src/domain/audit/anomalies/score.ts';
import type { Flaw } from '../../src/domain/audit/facts.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { runVerifier } from '../../src/verifier/main.ts';
import { runCommand } from '../support/command.ts';
import { createFinder } from '../support/find-planted.ts';
import type { Finder } from '../support/find-planted.ts';

const people = 170;
/** A country takes some seconds, and on a busy machine minutes. */
const patience = 600_000;
/** Of this country, as long as nobody changes what the product writes: whoever changes it on purpose writes the new one here. */
const knownRoot = '0_Y-v0dAl_R7I26wozVvDzC0KLkqRk9pbj1V_VpKEag';

const plantingSchema = z.object({ kind: z.string(), isLawful: z.boolean(), entries: z.array(z.int()) });
const keySchema = z.object({ root: z.string(), entries: z.int(), plantings: z.array(plantingSchema) });

describe('the made-up country', () => {
  let folder: string;
  let made: Made;
  let finder: Finder;
  let storage: Storage;
  let key: z.infer<typeof keySchema>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-seed-'));
    made = await makeCountry({ seed: 'test', people, years: 1, lastYear: 2025, folder: join(folder, 'one'), threads: 2 });
    key = keySchema.parse(JSON.parse(readFileSync(join(folder, 'one', 'anomalies.json'), 'utf8')));
    storage = openStorage({ kind: 'sqlite', path: join(folder, 'one', 'huwiya.db') });
    finder = await createFinder(storage);
  }, patience);

  afterAll(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const findFlawed = async (flaw: Flaw): Promise<readonly number[]> => {
    const filter = { marks: [{ kind: 'flaw', term: flaw }], below: made.entries } as const;
    const { facts } = await storage.facts.readFacts(filter, { order: 'oldest-first', after: null, limit: 500 });
    return facts.map(({ index }) => index);
  };

  const entriesOf = (kind: string): readonly number[] =>
    (key.plantings.find((planting) => planting.kind === kind && !planting.isLawful)?.entries ?? []).toSorted((a, b) => a - b);

  it(
    'comes out the same from the same seed, however many threads made it',
    async () => {
      const again = await makeCountry({ seed: 'test', people, years: 1, lastYear: 2025, folder: join(folder, 'again'), threads: 1 });
      expect({ root: again.root, entries: again.entries }).toEqual({ root: made.root, entries: made.entries });
      expect(again.plantings).toEqual(made.plantings);
      expect(made.root).toBe(knownRoot);
    },
    patience,
  );

  it('is whole for the command, record by record', async () => {
    const verified = await runCommand(['audit', 'verify', '--config', made.settingsFile, '--json']);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      valid: true,
      size: made.entries,
      root: made.root,
      faults: [],
      records: { faults: [] },
    });
    expect(verified.code).toBe(0);
  });

  it('is whole for the verifier, which shares no code', async () => {
    const file = join(folder, 'log.json');
    const exported = await runCommand(['audit', 'export', file, '--config', made.settingsFile]);
    expect(exported.code).toBe(0);
    expect(await runVerifier([file], () => undefined)).toBe(0);
  });

  it('holds every kind that the key promises, lawful ones beside it', () => {
    expect(key).toMatchObject({ root: made.root, entries: made.entries });
    expect(key.plantings.filter(({ entries }) => entries.length === 0)).toEqual([]);
    expect(key.plantings.filter(({ isLawful }) => isLawful).length).toBeGreaterThan(9);
  });

  it.each(['hasty', 'below-level', 'outside-purpose', 'after-withdrawal', 'after-expiry', 'no-record', 'clock-back', 'overdue-answers'])(
    'has in its log what the key calls %s, and no other',
    (kind) => {
      expect(finder.find(kind)).toEqual(entriesOf(kind));
    },
  );

  it.each([
    ['hasty', 'hasty'],
    ['below-level', 'below-level'],
    ['beyond-purpose', 'outside-purpose'],
    ['after-withdrawal', 'after-withdrawal'],
    ['after-expiry', 'after-expiry'],
    ['no-record', 'no-record'],
    ['after-death', 'after-death'],
    ['beyond-consent', 'beyond-consent'],
    ['clock-back', 'clock-back'],
  ] as const)('is marked %s by the product itself where the key says so, and nowhere else', async (flaw, kind) => {
    expect(await findFlawed(flaw)).toEqual(entriesOf(kind));
  });

  it('has in it what the rules find: all that was planted, under its own name, and nothing that is lawful', async () => {
    const swept = await findAnomalies(storage, { from: 0, to: Date.parse('2026-06-01'), services: null, most: 10_000 });
    const scores = scoreSweep(swept, key.plantings);
    expect(findUnsought(key.plantings)).toEqual([]);
    expect(scores.filter(({ planted, recall, precision }) => planted > 0 && (recall !== 1 || precision !== 1))).toEqual([]);
    expect(scores.filter(({ planted, found }) => planted === 0 && found > 0)).toEqual([]);
  });

  it('tells what people live by: working days, no crowds at night, all four kinds, and every answer', () => {
    expect(finder.types()).toEqual(
      expect.arrayContaining([
        'consent.given',
        'consent.notified',
        'consent.refused',
        'consent.deferred',
        'consent.renewed',
        'consent.withdrawn',
        'consent.expired',
      ]),
    );
    const { friday, night, sunday, noon } = finder.rhythm();
    expect(sunday).toBeGreaterThan(friday);
    expect(noon).toBeGreaterThan(4 * night);
  });

  it.each([
    ['ar', 'رقم الجوال'],
    ['en', 'Mobile number'],
  ] as const)('names each detail in its notices as the product does, in %s', async (language, label) => {
    const version = { clientId: 'mol-permits', purposeId: 'permit-renewal', purposeVersion: 1 };
    const notice = await storage.consents.findNoticeIn(version, language);
    expect(notice?.text).toContain(`${label}: `);
    expect(notice?.text).not.toMatch(/[a-z]+_[a-z]+/);
  });

  it.each(['http://localhost:4310', 'http://other.localhost:4310'])('stands at %s where that is asked for', (issuer) => {
    const asked = { folder: join(folder, new URL(issuer).hostname), seed: 'test', issuer };
    const config = readConfig({ file: writeOwnSetup(asked), env: {} });
    expect(config).toMatchObject({ ok: true, value: { issuer, listen: { host: '127.0.0.1', port: 4310 }, logLevel: 'error' } });
  });

  it.each(['https://id.example.gov', 'http://id.example.gov:4310', 'http://localhost', 'http://localhost:4310/', 'localhost:4310', ''])(
    'stands on this machine alone, since everybody knows its keys: not at "%s"',
    (issuer) => {
      const elsewhere = join(folder, 'elsewhere');
      expect(() => writeOwnSetup({ folder: elsewhere, seed: 'test', issuer })).toThrow('--issuer takes an address on this machine');
      expect(existsSync(elsewhere)).toBe(false);
    },
  );

  it('is never put on top of anything', async () => {
    const onTop = { seed: 'test', people, years: 1, lastYear: 2025, folder: join(folder, 'one'), threads: 1 };
    await expect(makeCountry(onTop)).rejects.toThrow('is not empty');
    const used = { ...onTop, folder: join(folder, 'beside'), database: `sqlite:${join(folder, 'one', 'huwiya.db')}` };
    await expect(makeCountry(used)).rejects.toThrow('the database is not empty');
    await expect(makeCountry({ ...onTop, folder: join(folder, 'few'), people: 10 })).rejects.toThrow('--people takes at least');
  });
});
