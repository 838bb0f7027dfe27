// `npm run bench -- audit [entries]`: how long auditors wait for pages and sums over a long log, on SQLite, one question after the other.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactFilter, FactStore, GroupAsked } from '../../src/domain/audit/facts.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { placeMigratedFile } from '../../tests/support/migrated-file.ts';
import { fillLog, startAt, yearMs } from './fill-log.ts';
import { measureProjection } from './project-log.ts';

const services = 300;
const turns = 100;

type Ask = (facts: FactStore, turn: number) => Promise<unknown>;

const monthMs = 30 * 86_400_000;
const toMonth = (turn: number): { readonly from: number; readonly to: number } => {
  const from = startAt + (turn % 11) * monthMs;
  return { from, to: from + monthMs };
};

/** Half of the log lies after what was asked as it stood. */
const toFilters = (entries: number): ReadonlyMap<string, (turn: number) => FactFilter> => {
  const below = entries;
  const person = (turn: number): readonly string[] => [`person-${(turn * 37) % Math.floor(entries / 50)}`];
  const service = (turn: number): readonly string[] => [`service-${(turn * 17) % services}`];
  const attribute = (turn: number) => [{ kind: 'attribute', term: `attribute_${turn % 20}` }] as const;
  const hour = (turn: number) => ({ from: startAt + (turn * yearMs) / 101, to: startAt + (turn * yearMs) / 101 + 3_600_000 });
  return new Map<string, (turn: number) => FactFilter>([
    ['person', (turn) => ({ personRefs: person(turn), below })],
    ['person, type', (turn) => ({ personRefs: person(turn), types: ['data.released'], below })],
    ['person, attribute', (turn) => ({ personRefs: person(turn), marks: attribute(turn), below })],
    ['record', (turn) => ({ record: `record-${turn * 11}`, below })],
    ['service', (turn) => ({ services: service(turn), below })],
    ['service, types', (turn) => ({ services: service(turn), types: ['data.released', 'consent.given'], below })],
    ['service, month', (turn) => ({ services: service(turn), ...toMonth(turn), below })],
    ['service, attribute', (turn) => ({ services: service(turn), marks: attribute(turn), below })],
    ['service, attribute, month', (turn) => ({ services: service(turn), marks: attribute(turn), ...toMonth(turn), below })],
    ['attribute', (turn) => ({ marks: attribute(turn), below })],
    ['two attributes', (turn) => ({ marks: [...attribute(turn), ...attribute(turn + 3)], below })],
    ['rare attribute', () => ({ marks: [{ kind: 'attribute', term: 'rare' }], below })],
    ['rare and common attribute', () => ({ marks: [...attribute(1), { kind: 'attribute', term: 'rare' }], below })],
    ['hour', (turn) => ({ ...hour(turn), below })],
    ['hour, type', (turn) => ({ ...hour(turn), types: ['data.released'], below })],
    ['as it stood at half', (turn) => ({ services: service(turn), below: Math.floor(entries / 2) })],
    ['quick decisions', () => ({ types: ['consent.given'], elapsedBelow: 2100, below })],
    ['quick decisions of a service', (turn) => ({ services: service(turn), types: ['consent.given'], elapsedBelow: 2100, below })],
  ]);
};

const sums = (below: number): ReadonlyMap<string, readonly [(turn: number) => FactFilter, Omit<GroupAsked, 'limit'>]> =>
  new Map<string, readonly [(turn: number) => FactFilter, Omit<GroupAsked, 'limit'>]>([
    ['month by service and type', [(turn) => ({ ...toMonth(turn), below }), { by: ['service', 'type'] }]],
    ['month by attribute', [(turn) => ({ ...toMonth(turn), below }), { by: [{ mark: 'attribute' }] }]],
    ['month by service, as it stood', [(turn) => ({ ...toMonth(turn), below: Math.floor(below / 2) }), { by: ['service'] }]],
    ['month by hour', [(turn) => ({ ...toMonth(turn), below }), { by: ['hour'] }]],
    ['month by service, people', [(turn) => ({ ...toMonth(turn), below }), { by: ['service'], people: true }]],
    ['month of decisions, times', [(turn) => ({ ...toMonth(turn), types: ['consent.given'], below }), { by: ['service'], elapsed: true }]],
    ['year by month and type', [() => ({ below }), { by: ['month', 'type'] }]],
  ]);

async function measure(facts: FactStore, ask: Ask, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = performance.now();
    await ask(facts, turn);
    times.push(performance.now() - before);
  }
  return times.toSorted((a, b) => a - b);
}

const rank = (times: readonly number[], share: number): string => (times[Math.ceil(share * times.length) - 1] ?? 0).toFixed(1);

function printTimes(name: string, times: readonly number[]): void {
  console.log(`${name.padEnd(34)} median ${rank(times, 0.5).padStart(8)} ms   p99 ${rank(times, 0.99).padStart(8)} ms`);
}

async function askAll(facts: FactStore, entries: number): Promise<void> {
  for (const [name, toFilter] of toFilters(entries)) {
    const page = { order: 'newest-first', after: null, limit: 50 } as const;
    printTimes(name, await measure(facts, async (each, turn) => each.readFacts(toFilter(turn), page), turns));
  }
  for (const [name, [toFilter, asked]] of sums(entries)) {
    printTimes(name, await measure(facts, async (each, turn) => each.groupFacts(toFilter(turn), { ...asked, limit: 1000 }), 5));
  }
}

export async function measureAudit(entries: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-audit-'));
  const file = join(folder, 'log.db');
  try {
    const projected = join(folder, 'projected.db');
    await placeMigratedFile(projected);
    await measureProjection(projected);
    await placeMigratedFile(file);
    const before = performance.now();
    fillLog(file, { entries, services });
    const seconds = ((performance.now() - before) / 1000).toFixed(0);
    console.log(
      `${entries} entries in ${seconds} s, ${(statSync(file).size / 1e6).toFixed(0)} MB; ${turns} pages of 50 each, 5 sums each\n`,
    );
    const storage = openStorage({ kind: 'sqlite', path: file });
    await askAll(storage.facts, entries);
    await storage.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
