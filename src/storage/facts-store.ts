// The port of facts. Questions are read by their own reader where there is one, so that nobody who signs in waits for them.

import type { FactStore } from '../domain/audit/facts.ts';
import type { KnownTerms } from './audit-terms.ts';
import type { Engine } from './engine.ts';
import { groupFacts } from './facts-groups.ts';
import { countFacts, readFacts } from './facts-page.ts';
import { findProjected, projectFacts } from './project-facts.ts';

export function createFactStore(engine: Engine): FactStore {
  const known: KnownTerms = new Map();
  return {
    projectFacts: async (limit) => projectFacts(engine, known, limit),
    findProjected: async () => findProjected(engine),
    readFacts: async (filter, page) => readFacts(engine, filter, page),
    countFacts: async (filter, limit) => countFacts(engine, filter, limit),
    groupFacts: async (filter, asked) => groupFacts(engine, filter, asked),
  };
}
