// Commits without grouping, and bytes: one after the other, so that nothing is shared. `npm run bench -- bytes` measures a remembered sign-in alone.

import { fileURLToPath } from 'node:url';
import { startServer } from './child.ts';
import { checkAnswers } from './check-answers.ts';
import { toVisited } from './first-visits.ts';
import { createHuwiyaWorld } from './huwiya-world.ts';
import { readLedgerSize } from './ledger-size.ts';
import type { LedgerSize } from './ledger-size.ts';
import { runRound } from './measure.ts';
import type { Side } from './measure.ts';
import { createRegistry } from './registry.ts';
import { printEvidence } from './report.ts';
import type { Evidence } from './report.ts';
import type { UnitName } from './units.ts';

type Counted = readonly (readonly [unit: UnitName, operations: number])[];

export const evidenceUnits: Counted = [
  ['W1', 400],
  ['W1-key', 400],
  ['W1u', 400],
  ['W2', 400],
  ['W2-kept', 400],
  ['W4', 400],
  ['W5', 100],
];

type Between = { readonly unit: UnitName; readonly before: LedgerSize; readonly after: LedgerSize };

type Measured = { readonly databaseFile: string; readonly units: Counted; readonly tell?: (between: Between) => void };

/** One sign-in after the other. Commits of the sequencer, one for each checkpoint, are not those of a sign-in. */
export async function measureEvidence(side: Side, { databaseFile, tell, units }: Measured): Promise<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  for (const [unit, operations] of units) {
    const before = readLedgerSize(databaseFile);
    const round = await runRound(side, unit, { connections: 1, seconds: Number.POSITIVE_INFINITY, operations });
    const after = readLedgerSize(databaseFile);
    tell?.({ unit, before, after });
    const ofSequencer = (after.checkpoints - before.checkpoints) / operations;
    evidence.push({
      unit,
      commits: round.commits - ofSequencer,
      bytes: (after.bytes - before.bytes) / operations,
      entries: (after.entries - before.entries) / operations,
    });
  }
  return evidence;
}

const signIns = 2000;
const people = 8;

/** Of a sign-in, by what takes them; indexes count with their table. */
function printTables({ after, before, unit }: Between): void {
  const parts = Object.entries(after.tables).map(([table, bytes]) => {
    const each = (bytes - (before.tables[table] ?? 0)) / signIns;
    return `${table} ${each.toFixed(0)}`;
  });
  console.log(`${unit}: ${parts.join(', ')}; ${((after.checkpoints - before.checkpoints) / signIns).toFixed(2)} checkpoints each`);
}

export async function measureBytes(): Promise<void> {
  const registry = createRegistry(200);
  const visitedBy = Array.from({ length: people }, (_, person) => toVisited(registry, person));
  const world = await createHuwiyaWorld(registry, visitedBy);
  const server = await startServer(fileURLToPath(import.meta.resolve('./serve-huwiya.ts')), world.settingsFile);
  const side: Side = { target: world.target, server, signingKey: registry.signingKey };
  const units: Counted = [
    ['W1', signIns],
    ['W1u', signIns],
  ];
  try {
    await checkAnswers(side);
    const evidence = await measureEvidence(side, { databaseFile: world.databaseFile, units, tell: printTables });
    printEvidence(evidence);
  } finally {
    await server.stop();
    world.remove();
  }
}
