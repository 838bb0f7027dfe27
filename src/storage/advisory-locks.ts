// The locks of PostgreSQL that let one act at a time through, for every process on this database. They share one space of numbers: here is the list, so that no
// two are one by chance. SQLite has one writer anyway.

import type { Act, Engine } from './engine.ts';

const lockNumbers = {
  migrations: 4_894_121,
  ledger: 4_894_122,
  register: 4_894_123,
  outbox: 4_894_124,
  metadata: 4_894_125,
  facts: 4_894_126,
} as const;

export type LockName = keyof typeof lockNumbers;

/** Held until the act ends. */
export function* holdLock({ dialect }: Pick<Engine, 'dialect'>, name: LockName): Act<void> {
  if (dialect === 'postgres') {
    yield { text: 'SELECT pg_advisory_xact_lock(?)', values: [lockNumbers[name]] };
  }
}

// A space of its own, as the two-part numbers of PostgreSQL are.
const sessionsSpace = 1;

/** The sessions of one person, until the act ends: of two sign-ins at once the later counts the earlier. Before any other row of them is taken. */
export function* holdSessions({ dialect }: Pick<Engine, 'dialect'>, personId: string): Act<void> {
  if (dialect === 'postgres') {
    yield { text: 'SELECT pg_advisory_xact_lock(CAST(? AS integer), hashtext(?))', values: [sessionsSpace, personId] };
  }
}
