// What both databases promise to the repositories: statements run, acts are all or nothing. Owns no SQL and knows no table by name.
// An act is a generator that yields statements, never an async function: nothing of another request can fall into it,
// and it has no way to await the network while a transaction is open.

import type { Dialect, Tables } from './dialect.ts';
import type { Row, Value } from './row.ts';

/** SQL in the words that both databases understand, with `?` for each value. Prepared once per connection, so `text` MUST be one of few. */
export type Statement = {
  readonly text: string;
  readonly values: readonly Value[];
  /** Writes evidence: when it fails, the fault is `ledger/unavailable`. */
  readonly isEvidence?: true;
};

/** Several statements of a migration, without values. */
export type Script = {
  readonly script: string;
  /** From here on nothing of the act is given up for the time it takes. */
  readonly isPatient?: true;
};

/** Rolls back what the act wrote; its result still reaches the caller. */
export const undo = 'undo';

export type Step = Statement | Script | typeof undo;

export type Act<T> = Generator<Step, T, readonly Row[]>;

export type Engine = {
  readonly dialect: Dialect;
  readonly tables: Tables;
  /** One reading statement. */
  readonly read: (statement: Statement) => Promise<readonly Row[]>;
  /** All or nothing. `begin` is called again when the database asks for another try, so it MUST have no effects of its own. */
  readonly atomic: <T>(begin: () => Act<T>) => Promise<T>;
  /** Changes when another connection has committed; undefined where the database cannot tell at once. */
  readonly findForeignCommits: () => number | undefined;
  /** Durable commits so far. */
  readonly commits: () => number;
  /** What of the database itself stands against a start, in words for an operator. */
  readonly findFaults: () => Promise<readonly string[]>;
  /** Resolves, with what the database said, when its disk failed: nothing more is asked of it. Of a server that is its own affair. */
  readonly broken: Promise<string>;
  readonly close: () => Promise<void>;
};
