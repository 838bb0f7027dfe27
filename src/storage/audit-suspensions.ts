// Suspensions of a case, under the rules of `audit-two-people.ts`. What two agreed to happens in the act of agreeing.

import type { SuspensionDecision, SuspensionEffect, SuspensionStore } from '../domain/audit/suspensions/store.ts';
import type { Suspension } from '../domain/audit/suspensions/suspension.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { appendEvents } from './append-events.ts';
import { createTwoPeople } from './audit-two-people.ts';
import { closeDesk } from './close-desk.ts';
import type { RowOf, Tables } from './dialect.ts';
import { endSuspensions } from './end-suspensions.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { insertMessage } from './insert-message.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

const { lockCase, decide, expire } = createTwoPeople('suspensions');

/** `forget`: services that were read before the act. */
export function createSuspensionStore(engine: Engine, forget: () => void): SuspensionStore {
  const { suspensions } = engine.tables;
  return {
    findSuspension: async (id) => {
      const row = await findOne(engine, selectFrom(suspensions, 'WHERE id = ?', [id]));
      return row && toSuspension(row);
    },
    listSuspensions: async (caseId) => {
      const tail = 'WHERE case_id = ? ORDER BY requested_at DESC, id DESC LIMIT 100';
      return (await findAll(engine, selectFrom(suspensions, tail, [caseId]))).map(toSuspension);
    },
    saveSuspensionAsked: async (asked) => engine.atomic(() => saveAsked(engine, asked)),
    saveSuspensionDecided: async (decision) => {
      const saved = await saveDecidedAlone(engine, decision);
      forget();
      return saved;
    },
    expireSuspensions: async (now, seal) => {
      const find = (tail: string, values: readonly number[]): Query<Suspension> => {
        const { decode, ...found } = selectFrom(suspensions, tail, values);
        return { ...found, decode: (row) => toSuspension(decode(row)) };
      };
      return expire(engine, { find, now, seal });
    },
  };
}

const toSuspension = ({ decidedWith: _with, ...row }: RowOf<Tables['suspensions']>): Suspension => row;

type Asked = Parameters<SuspensionStore['saveSuspensionAsked']>[0];

function* saveAsked({ tables }: Engine, { suspension, event }: Asked): Act<'saved' | 'audit/case-ended'> {
  const open = yield lockCase(suspension.caseId, event.at);
  if (open.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  yield insertInto(tables.suspensions, { ...suspension, decidedWith: null });
  yield* appendEvents(tables, [event]);
  return 'saved';
}

type Decided = 'saved' | 'unmask/decided' | 'suspension/no-effect';

/** An officer comes back only where nobody of that name, role and agency took their place: the index of active ones says so. */
async function saveDecidedAlone(engine: Engine, decision: SuspensionDecision): Promise<Decided> {
  try {
    return await engine.atomic(() => saveDecided(engine, decision));
  } catch (error) {
    if (error instanceof Fault && error.code === 'store/conflict') {
      return 'suspension/no-effect';
    }
    throw error;
  }
}

function* saveDecided(engine: Engine, decision: SuspensionDecision): Act<Decided> {
  const rows = yield decide(decision);
  if (rows.length === 0) {
    yield undo;
    return 'unmask/decided';
  }
  if (decision.effect !== null && !(yield* change(decision.effect))) {
    yield undo;
    return 'suspension/no-effect';
  }
  yield* appendEvents(engine.tables, [decision.event]);
  for (const { message, event } of decision.effect?.told ?? []) {
    yield insertMessage(engine.tables, message);
    yield* appendEvents(engine.tables, [event]);
  }
  yield* appendEvents(engine.tables, decision.effect === null ? [] : [decision.effect.event]);
  return 'saved';
}

const statements = {
  service: 'UPDATE services SET status = ? WHERE client_id = ? AND status = ? RETURNING client_id AS id',
  officer: "UPDATE officers SET status = ? WHERE id = ? AND status = ? AND role <> 'auditor' RETURNING id",
} as const;

function toChange({ suspension: { kind, subject, orderId } }: SuspensionEffect): Statement {
  const [to, from] = orderId === null ? ['suspended', 'active'] : ['active', 'suspended'];
  return { text: statements[kind], values: [to, subject, from] };
}

function* change(effect: SuspensionEffect): Act<boolean> {
  const { suspension, event } = effect;
  const { kind, subject: id, orderId } = suspension;
  const changed = yield toChange(effect);
  if (changed.length === 0) {
    return false;
  }
  if (orderId === null) {
    yield* kind === 'officer' ? closeDesk(id, event.at) : [];
    return true;
  }
  return (yield endSuspensions({ kind, id }, event.at)).some((row) => row['id'] === orderId);
}
