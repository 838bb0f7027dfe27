// The port of facts. Questions are read by their own reader where there is one, so that nobody who signs in waits for them.

import { setTimeout as sleep } from 'node:timers/promises';
import type { FactStore } from '../domain/audit/facts.ts';
import type { FactChecks } from '../domain/audit/verify-facts.ts';
import { beginComparison } from './compare-facts.ts';
import type { Engine } from './engine.ts';
import { countFacts, groupFacts } from './facts-groups.ts';
import { readFacts } from './facts-page.ts';
import { createKeptDecisions } from './kept-decisions.ts';
import { countMatching } from './ledger-entries.ts';
import { findProjected, projectFacts } from './project-facts.ts';

const copyWaitMs = 1000;
const copyLookMs = 25;

/** A copy holds now, or within a second, what was wanted; or less. */
async function waitForCopy(copy: Pick<Engine, 'read'>, wanted: number): Promise<number> {
  let size = await findProjected(copy);
  for (let waited = 0; size < wanted && waited < copyWaitMs; waited += copyLookMs) {
    await sleep(copyLookMs);
    size = await findProjected(copy);
  }
  return size;
}

type FactReader = Pick<Engine, 'read'> & { readonly isCopied?: boolean };

/** `reader` answers questions; facts are made by the engine, which alone may write. */
export function createFactStore(engine: Engine, reader: FactReader): FactStore & FactChecks {
  const asking: Engine = { ...engine, read: reader.read };
  const known = { terms: new Map<string, number>(), decisions: createKeptDecisions() };
  return {
    projectFacts: async (limit) => projectFacts(engine, known, limit),
    findProjected: async () => findProjected(engine),
    findReadable: async (wanted) => (reader.isCopied === true ? waitForCopy(reader, wanted) : findProjected(engine)),
    countEntries: async (below) => countMatching(asking, {}, { below, limit: null }),
    readFacts: async (filter, page) => readFacts(asking, filter, page),
    countFacts: async (filter, limit) => countFacts(asking, filter, limit),
    groupFacts: async (filter, asked) => groupFacts(asking, filter, asked),
    beginComparison: () => beginComparison(asking),
  };
}
