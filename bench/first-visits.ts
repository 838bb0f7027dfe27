// Who goes where for the first time: each pair of person and service once in a run, so that every one is a first sign-in with a decision.

import { visitsEach } from './options.ts';
import type { BenchService, Registry } from './registry.ts';

export type FirstVisit = { readonly person: number; readonly service: BenchService };

function toFirstIndex({ services }: Registry, person: number): number {
  return (person % Math.floor(services.length / visitsEach)) * visitsEach;
}

/** The services that a person has been to before, in the same order on both sides. */
export function toVisited(registry: Registry, person: number): readonly BenchService[] {
  const first = toFirstIndex(registry, person);
  return registry.services.slice(first, first + visitsEach);
}

export function createFirstVisits(registry: Registry, people: number): () => FirstVisit {
  const { services } = registry;
  // Every second service holds a secret; those are visited, so that W5 differs from W1 in nothing else.
  const each = Math.floor((services.length - visitsEach) / 2);
  let turn = 0;
  return () => {
    const [person, nth] = [turn % people, Math.floor(turn / people)];
    turn += 1;
    const service = services[(toFirstIndex(registry, person) + visitsEach + 2 * nth) % services.length];
    if (nth >= each || service === undefined) {
      throw new RangeError('everybody has been everywhere: use more people or more services');
    }
    return { person, service };
  };
}
