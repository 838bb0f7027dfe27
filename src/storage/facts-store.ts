// The port of facts. Questions are read by their own reader where there is one, so that nobody who signs in waits for them.

import type { FactStore } from '../domain/audit/facts.ts';
import type { FactChecks } from '../domain/audit/verify-facts.ts';
import type { KnownTerms } from './audit-terms.ts';
import { beginComparison } from './compare-facts.ts';
import type { Engine } from './engine.ts';
import { countFacts, groupFacts } from './facts-groups.ts';
import { readFacts } from './facts-page.ts';
import { countMatching } from './ledger-entries.ts';
import { findProjected, projectFacts } from './project-facts.ts';

/** `reader` answers questions; facts are made by the engine, which alone may write. */
export function createFactStore(engine: Engine, reader: Pick<Engine, 'read'>): FactStore & FactChecks {
  const asking: Engine = { ...engine, read: reader.read };
  const known: KnownTerms = new Map();
  return {
    projectFacts: async (limit) => projectFacts(engine, known, limit),
    findProjected: async () => findProjected(engine),
    countEntries: async (below) => countMatching(asking, {}, { below, limit: null }),
    readFacts: async (filter, page) => readFacts(asking, filter, page),
    countFacts: async (filter, limit) => countFacts(asking, filter, limit),
    groupFacts: async (filter, asked) => groupFacts(asking, filter, asked),
    beginComparison: () => beginComparison(asking),
  };
}
