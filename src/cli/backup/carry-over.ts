// Everything from one database into another that is not seen yet, and then the proof that it is the same: each table's rows added up on both sides, and the whole
// log verified as a stranger would.

import { systemClock } from '../../domain/kernel/clock.ts';
import { systemRandom } from '../../domain/kernel/ids.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { createRowCount } from '../../storage/count-rows.ts';
import type { RowCount } from '../../storage/count-rows.ts';
import type { Engine } from '../../storage/engine.ts';
import { loadMovedRows } from '../../storage/load-rows.ts';
import { migrate } from '../../storage/migrate.ts';
import { createStorage } from '../../storage/open-storage.ts';
import { readAllTables, readHead } from '../../storage/read-tables.ts';
import type { Snapshot, TableRows } from '../../storage/read-tables.ts';
import { readFacts, toInstallationFacts } from '../check-installation.ts';
import type { Settings } from '../load-settings.ts';
import { findRestoredFaults } from './fill.ts';
import type { Draw } from './fill.ts';
import { refuseStep } from './step.ts';
import type { Step } from './step.ts';

export type Moved = { readonly rows: number; readonly entries: number };

export type Carried = {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  /** Of an empty database, in which nobody sees anything before it is kept. */
  readonly engine: Engine;
};

type Report = (table: string, rows: number) => void;

async function countRows({ groups, name }: TableRows, report: Report, pass?: (rows: Rows) => Promise<void>): Promise<RowCount> {
  const count = createRowCount();
  for await (const rows of groups) {
    rows.forEach(count.add);
    await pass?.(rows);
    report(name, count.rows());
  }
  return count;
}

type Rows = TableRows['groups'] extends AsyncIterable<infer Group> ? Group : never;

type Counts = ReadonlyMap<string, RowCount>;

async function fill({ engine, snapshot }: Carried, report: Report): Promise<Counts> {
  const counts = new Map<string, RowCount>();
  for (const table of readAllTables(snapshot)) {
    const { columns, name } = table;
    counts.set(name, await countRows(table, report, async (rows) => loadMovedRows(engine, { name, columns, rows })));
  }
  return counts;
}

/** Names of tables that do not hold on one side what they hold on the other. */
async function findDifferences({ engine }: Carried, counts: Counts, report: Report): Promise<readonly string[]> {
  const different: string[] = [];
  for (const table of readAllTables(engine)) {
    const [there, here] = [await countRows(table, report), counts.get(table.name)];
    if (there.rows() !== here?.rows() || there.sum() !== here.sum()) {
      different.push(table.name);
    }
  }
  return different;
}

export async function carryOver(carried: Carried, draw: Draw): Promise<Step<Moved>> {
  const { engine, settings, snapshot } = carried;
  const { checkpoint, size } = await readHead(snapshot);
  const reportAs =
    (word: string): Report =>
    (table, done) =>
      draw({ label: `${word} ${table}`, done, total: null });
  await migrate(engine, systemClock);
  const counts = await fill(carried, reportAs('moving'));
  const different = await findDifferences(carried, counts, reportAs('comparing'));
  const storage = createStorage(engine);
  const facts = { ...toInstallationFacts(settings), ...(await readFacts(storage)) };
  const faults = await findRestoredFaults({ storage, manifest: { checkpoint, facts }, trusted: settings, kept: [] }, draw);
  if (different.length > 0 || faults.length > 0) {
    return refuseStep(...different.map((name) => `${name}: not the same at the other end`), ...faults, 'nothing was moved');
  }
  const payload = { from: snapshot.dialect, to: engine.dialect, size };
  const needs = { clock: systemClock, random: systemRandom };
  const event = sealEvent(needs, { type: 'log.moved', personRef: null, actor: { kind: 'operator', ref: null }, payload });
  await recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event);
  const rows = [...counts.values()].reduce((sum, count) => sum + count.rows(), 0);
  return { ok: true, value: { rows, entries: size } };
}
