// Labelled points of the store: a database whose acts can be stopped dead at a place that has a name. The place is told by the tables that an act writes and by how far it got.

import type { Act, Engine, Step } from '../../src/storage/engine.ts';

/** Within the transaction before a statement, at its end before the commit, or when the commit is durable and nobody was told. */
export const moments = ['before-statement', 'before-commit', 'after-commit'] as const;

export type Point = {
  readonly moment: (typeof moments)[number];
  /** Of the table that the act writes, as SQL names it. */
  readonly table: string;
  /** How often it is passed before it happens. */
  readonly passes: number;
};

/** Each: what stands between an act and its answer. */
export const tables = [
  'entries',
  'consent_versions',
  'artefacts',
  'sessions',
  'passkeys',
  'ledger_tiles',
  'checkpoints',
  'outbox',
  'token_keys',
  'service_sessions',
] as const;

const writes = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?/i;

const toTable = (step: Step): string | undefined => (typeof step === 'object' && 'text' in step ? writes.exec(step.text)?.[1] : undefined);

type Watch = { readonly pass: (moment: Point['moment'], table: string | undefined) => void };

function* watchAct<T>(begin: () => Act<T>, { pass }: Watch, written: Set<string>): Act<T> {
  const act = begin();
  let turn = act.next([]);
  while (turn.done !== true) {
    const table = toTable(turn.value);
    pass('before-statement', table);
    if (table !== undefined) {
      written.add(table);
    }
    turn = act.next(yield turn.value);
  }
  written.forEach((table) => pass('before-commit', table));
  return turn.value;
}

export type Points = { readonly engine: Engine; readonly arm: (point: Point, reach: () => void) => void };

/** Passes everything through until a point is armed. */
export function watchPoints(engine: Engine): Points {
  let armed: { readonly point: Point; readonly reach: () => void } | undefined;
  let passes = 0;
  const pass: Watch['pass'] = (moment, table) => {
    if (armed === undefined || armed.point.moment !== moment || armed.point.table !== table) {
      return;
    }
    passes += 1;
    if (passes > armed.point.passes) {
      armed.reach();
    }
  };
  return {
    engine: {
      ...engine,
      atomic: async (begin) => {
        const written = new Set<string>();
        const value = await engine.atomic(() => watchAct(begin, { pass }, written));
        written.forEach((table) => pass('after-commit', table));
        return value;
      },
    },
    arm: (point, reach) => {
      passes = 0;
      armed = { point, reach };
    },
  };
}
