// What one member of a case asks and another decides: single unmaskings, lists on a breach, and suspensions. The same rules in the same words. Each step is one conditional statement in
// one act with its entry; the triggers of the tables refuse what would still get past.

import type { UnmaskDecision } from '../domain/audit/unmask-store.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import type { Query } from './statements.ts';

type Using = { readonly id: string; readonly officerId: string; readonly now: Millis };

/** What stands at once, and not until a time, has no `usableUntil`. */
type Decided = Omit<UnmaskDecision, 'usableUntil'> & Partial<Pick<UnmaskDecision, 'usableUntil'>>;

type Used = { readonly id: string; readonly officerId: string; readonly event: SealedEvent };

type Over = { readonly id: string; readonly caseId: string; readonly state: string };

type Expiring<Asked extends Over> = {
  readonly find: (tail: string, values: readonly Millis[]) => Query<Asked>;
  readonly now: Millis;
  readonly seal: (over: Asked & { readonly number: string }) => SealedEvent;
};

type TwoPeople = {
  /** No row where the case is over. */
  readonly lockCase: (caseId: string, now: Millis) => Statement;
  /** No row where this member may not decide, or it was decided, or is over. */
  readonly decide: (decision: Decided) => Statement;
  readonly saveDecided: (engine: Engine, decision: UnmaskDecision) => Promise<'saved' | 'unmask/decided'>;
  readonly saveUsed: (engine: Engine, used: Used) => Promise<'saved' | 'unmask/over'>;
  /** No row where it may not be used now by this officer; counts nothing, and holds the row until the act ends. */
  readonly usable: (using: Using) => Statement;
  /** A batch of what was not decided, or can no longer be used. How many. */
  readonly expire: <Asked extends Over>(engine: Engine, expiring: Expiring<Asked>) => Promise<number>;
};

/** Ended in one act. */
const atOnce = 50;

const lock = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';

type Statements = Pick<TwoPeople, 'lockCase' | 'usable' | 'decide'> & {
  /** No row where it may not be used now by this officer. */
  readonly use: (using: Using) => Statement;
};

type Table = 'unmaskings' | 'breach_lists' | 'suspensions';

function createStatements(table: Table): Statements {
  const going = `EXISTS (SELECT 1 FROM audit_cases WHERE audit_cases.id = ${table}.case_id AND closed_at IS NULL AND ends_at > ?)`;
  const member = `EXISTS (SELECT 1 FROM audit_case_members JOIN officers ON officers.id = audit_case_members.officer_id
  WHERE audit_case_members.case_id = ${table}.case_id AND officers.id = ? AND officers.role = 'auditor' AND officers.status = 'active')`;
  const decide = (until: string): string => `UPDATE ${table} SET state = ?, decided_by = ?, decided_with = ?, decided_at = ?${until}
  WHERE id = ? AND state = 'asked' AND open_until > ? AND requested_by <> ? AND requested_with <> ? AND ${going} AND ${member} RETURNING id`;
  const standing = `WHERE id = ? AND state = 'approved' AND usable_until > ? AND requested_by = ? AND ${going} AND ${member}
  AND EXISTS (SELECT 1 FROM officers WHERE officers.id = ${table}.decided_by AND officers.role = 'auditor' AND officers.status = 'active') RETURNING id`;
  const toValues = ({ id, officerId, now }: Using) => [id, now, officerId, now, officerId];
  return {
    lockCase: (caseId, now) => ({ text: lock, values: [caseId, now] }),
    decide: ({ id, state, decidedBy, decidedWith, usableUntil, event: { at } }) => {
      const values = [state, decidedBy, decidedWith, at, ...(usableUntil === undefined ? [] : [usableUntil])];
      const text = decide(usableUntil === undefined ? '' : ', usable_until = ?');
      return { text, values: [...values, id, at, decidedBy, decidedWith, at, decidedBy] };
    },
    use: (using) => ({ text: `UPDATE ${table} SET uses = uses + 1 ${standing}`, values: toValues(using) }),
    usable: (using) => ({ text: `UPDATE ${table} SET uses = uses ${standing}`, values: toValues(using) }),
  };
}

/** What no row says came to nothing: nothing of the act stays. */
function* appendWhere<T>(engine: Engine, [statement, event, refusal]: readonly [Statement, SealedEvent, T]): Act<'saved' | T> {
  const rows = yield statement;
  if (rows.length === 0) {
    yield undo;
    return refusal;
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

const undecided = "(state = 'asked' AND open_until <= ?)";
const spent = "(state = 'approved' AND usable_until <= ?)";

function toOver(table: Table, now: Millis): { readonly tail: string; readonly values: readonly Millis[] } {
  const isEither = table !== 'suspensions';
  const tail = `WHERE ${isEither ? `${undecided} OR ${spent}` : undecided} ORDER BY requested_at LIMIT ${atOnce}`;
  return { tail, values: isEither ? [now, now] : [now] };
}

function* expire<Asked extends Over>(engine: Engine, table: Table, { find, now, seal }: Expiring<Asked>): Act<number> {
  const over = toOver(table, now);
  const found = find(over.tail, over.values);
  const rows = (yield found).map((row) => found.decode(row));
  for (const row of rows) {
    const ended = yield {
      text: `UPDATE ${table} SET state = 'expired' WHERE id = ? AND state = ? RETURNING id`,
      values: [row.id, row.state],
    };
    const [opened] = yield { text: 'SELECT number FROM audit_cases WHERE id = ?', values: [row.caseId] };
    yield* appendEvents(engine.tables, ended.length === 0 ? [] : [seal({ ...row, number: String(opened?.['number']) })]);
  }
  if (rows.length === 0) {
    yield undo;
  }
  return rows.length;
}

export function createTwoPeople(table: Table): TwoPeople {
  const { lockCase, usable, decide, use } = createStatements(table);
  return {
    lockCase,
    usable,
    decide,
    saveDecided: async (engine, decision) =>
      engine.atomic(() => appendWhere(engine, [decide(decision), decision.event, 'unmask/decided'] as const)),
    saveUsed: async (engine, { id, officerId, event }) =>
      engine.atomic(() => appendWhere(engine, [use({ id, officerId, now: event.at }), event, 'unmask/over'] as const)),
    expire: async (engine, expiring) => engine.atomic(() => expire(engine, table, expiring)),
  };
}
