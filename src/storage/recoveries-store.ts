// Recoveries in the database. Each step is one conditional statement under the lock of the person, in one act with its entries; the triggers of the table
// refuse what would still get past.

import type { Recovery } from '../domain/recovery/recovery.ts';
import type { ChannelCode, RecoveriesStore, SentChannelCode } from '../domain/recovery/store.ts';
import { createUuid } from '../domain/kernel/ids.ts';
import { appendEvents } from './append-events.ts';
import { completeRecovery } from './complete-recovery.ts';
import type { RowOf, Tables } from './dialect.ts';
import { endRecovery, findOrder, isAllowed, isOpenRow, isVouchedFor, openStates } from './end-recovery.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { insertMessage } from './insert-message.ts';
import { approveRecovery, openRecovery } from './counter-recovery.ts';
import { isActive } from './people-store.ts';
import { toRecovery } from './recovery-row.ts';
import { expireRows, insertRecovery } from './begin-recovery.ts';
import type { Expiring } from './begin-recovery.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const expiredAtOnce = 50;

const takeCode = (digest: string, personId: string, now: number): Statement => ({
  text: 'UPDATE recovery_codes SET used_at = ? WHERE digest = ? AND person_id = ? AND used_at IS NULL AND expires_at > ? RETURNING digest',
  values: [now, digest, personId, now],
});

const nothing = { bytes: (size: number) => new Uint8Array(size) };
const toFirstId = (at: number): string => createUuid(nothing, Math.max(0, at)).slice(0, 13);

// A change by the registry names no attribute, so any of them counts; being added is no change.
const changedChannel = `SELECT entries.id FROM entry_secrets CROSS JOIN entries WHERE entries.id = entry_secrets.entry_id AND entry_secrets.person_ref = ?
  AND entry_secrets.entry_id >= ? AND ((entries.type = 'person.changed' AND entries.attributes LIKE '%"email"%')
    OR (entries.type = 'person.imported' AND entries.body LIKE '%"change":"changed"%')) LIMIT 1`;

export function createRecoveriesStore(engine: Engine): RecoveriesStore {
  const { recoveries } = engine.tables;
  const find = async (where: string, values: readonly (string | number)[]): Promise<Recovery | undefined> =>
    findOne(engine, selectFrom(recoveries, where, values)).then((row) => row && toRecovery(row));
  const list = async (tail: string, values: readonly (string | number)[]): Promise<readonly Recovery[]> =>
    (await findAll(engine, selectFrom(recoveries, tail, values))).map(toRecovery);
  return {
    ...createCodes(engine),
    findRecovery: async (id) => find('WHERE id = ?', [id]),
    listOpen: async (personId, now) => list(`WHERE person_id = ? AND ${isOpenRow} ORDER BY begun_at DESC, id DESC`, [personId, now]),
    listBegun: async (now) => list("WHERE way = 'counter' AND state = 'begun' AND expires_at > ? ORDER BY begun_at, id LIMIT 100", [now]),
    countBegun: async (personId, since) => {
      const text = "SELECT count(*) AS n FROM recoveries WHERE person_id = ? AND way = 'waiting' AND begun_at > ?";
      const [row] = await engine.read({ text, values: [personId, since] });
      return Number(row?.['n']);
    },
    wasDenied: async (personId, since) => {
      const text = `SELECT id FROM recoveries WHERE person_id = ? AND way = 'waiting' AND state = 'cancelled' AND end_reason = 'passkey'
        AND ended_at > ? LIMIT 1`;
      return (await engine.read({ text, values: [personId, since] })).length > 0;
    },
    findByCancel: async (digest, now) => find(`WHERE cancel_digest = ? AND ${isOpenRow}`, [digest, now]),
    findReady: async (codeDigest, now) =>
      find(`WHERE code_digest = ? AND state = 'ready' AND code_until > ? AND expires_at > ? AND ${isVouchedFor}`, [codeDigest, now, now]),
    saveOpened: async (opened) => engine.atomic(() => openRecovery(engine, opened)),
    saveApproved: async (approved) => engine.atomic(() => approveRecovery(engine, approved)),
    saveBegun: async (begun) => engine.atomic(() => saveBegun(engine, begun)),
    savePrepared: async (prepared) => engine.atomic(() => savePrepared(engine, prepared)),
    saveEnd: async (ended) => engine.atomic(() => saveEnd(engine, ended)),
    expire: async (now, sealEnd) => engine.atomic(() => expire(engine, { now, sealEnd })),
    saveCompleted: async (completed) => engine.atomic(() => completeRecovery(engine, completed)),
  };
}

type Codes = Pick<RecoveriesStore, 'countCodes' | 'isClosedByOrder' | 'hasChangedChannel' | 'saveCode' | 'findCode' | 'spendCode'>;

function createCodes(engine: Engine): Codes {
  const { recoveryCodes } = engine.tables;
  return {
    countCodes: async (personId, { since, now }) => {
      const text = `SELECT count(*) AS sent, coalesce(sum(CASE WHEN used_at IS NULL AND expires_at > ? THEN 1 ELSE 0 END), 0) AS alive
        FROM recovery_codes WHERE person_id = ? AND sent_at > ?`;
      const [row] = await engine.read({ text, values: [now, personId, since] });
      return { sent: Number(row?.['sent']), isOneAlive: Number(row?.['alive']) > 0 };
    },
    hasChangedChannel: async (personId, since) =>
      (await engine.read({ text: changedChannel, values: [personId, toFirstId(since)] })).length > 0,
    isClosedByOrder: async (personId) => (await engine.read(findOrder(personId))).length > 0,
    saveCode: async (sent) => engine.atomic(() => saveCode(engine, sent)),
    findCode: async (digest, now) => {
      const row = await findOne(
        engine,
        selectFrom(recoveryCodes, 'WHERE digest = ? AND used_at IS NULL AND expires_at > ?', [digest, now]),
      );
      return row && toCode(row);
    },
    spendCode: async (digest, now) =>
      engine.atomic(function* () {
        const text = 'UPDATE recovery_codes SET used_at = ? WHERE digest = ? AND used_at IS NULL AND expires_at > ? RETURNING digest';
        const taken = yield { text, values: [now, digest, now] };
        return taken.length === 1;
      }),
  };
}

function toCode({ usedAt: _used, ...code }: RowOf<Tables['recoveryCodes']>): ChannelCode {
  return code;
}

/** For a number that nobody has, or that gets no letter, the same rows are written and taken away again. */
function* saveCode(engine: Engine, { code, isMeant, message }: SentChannelCode): Act<void> {
  yield lockPerson(code.personId);
  const alive = 'SELECT digest FROM recovery_codes WHERE person_id = ? AND used_at IS NULL AND expires_at > ?';
  const held = yield { text: alive, values: [code.personId, code.sentAt] };
  yield insertMessage(engine.tables, message);
  if (isMeant && held.length === 0) {
    yield insertInto(engine.tables.recoveryCodes, { ...code, usedAt: null });
  } else {
    yield { text: 'DELETE FROM outbox WHERE id = ?', values: [message.id] };
  }
}

function* expire(engine: Engine, expiring: Expiring): Act<number> {
  const over = `WHERE state IN (${openStates}) AND expires_at <= ? ORDER BY expires_at LIMIT ${expiredAtOnce}`;
  const query = selectFrom(engine.tables.recoveries, over, [expiring.now]);
  const rows = (yield query).map(query.decode);
  const count = yield* expireRows(engine, rows, expiring);
  if (count === 0) {
    yield undo;
  }
  return count;
}

type Begun = Parameters<RecoveriesStore['saveBegun']>[0];

function* saveBegun(engine: Engine, begun: Begun): Act<'saved' | 'recovery/code-wrong' | 'store/conflict'> {
  const { recovery, channelCode, events, messages } = begun;
  yield lockPerson(recovery.personId);
  // Not while frozen either, by whomever.
  const isOpen = yield* isActive(recovery.personId);
  const taken = yield takeCode(channelCode, recovery.personId, recovery.begunAt);
  if (!isOpen || taken.length === 0) {
    yield undo;
    return 'recovery/code-wrong';
  }
  if (!(yield* insertRecovery(engine, begun))) {
    yield undo;
    return 'store/conflict';
  }
  for (const message of messages) {
    yield insertMessage(engine.tables, message);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

type Prepared = Parameters<RecoveriesStore['savePrepared']>[0];

const prepare = `UPDATE recoveries SET state = 'ready', prepared_at = ?, code_digest = ?, code_until = ?
  WHERE id = ? AND way = 'waiting' AND state IN ('waiting', 'ready') AND ready_at <= ? AND expires_at > ?
  AND ${isAllowed} RETURNING person_id`;

function* savePrepared(engine: Engine, prepared: Prepared): Act<'saved' | 'recovery/code-wrong' | 'recovery/over'> {
  const { recoveryId, channelCode, codeDigest, codeUntil, at, events } = prepared;
  const owner = yield { text: 'SELECT person_id FROM recoveries WHERE id = ?', values: [recoveryId] };
  const personId = String(owner[0]?.['person_id']);
  yield lockPerson(personId);
  const taken = yield takeCode(channelCode, personId, at);
  if (taken.length === 0) {
    yield undo;
    return 'recovery/code-wrong';
  }
  const ready = yield { text: prepare, values: [at, codeDigest, codeUntil, recoveryId, at, at] };
  if (ready.length === 0) {
    yield undo;
    return 'recovery/over';
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

type Ended = Parameters<RecoveriesStore['saveEnd']>[0];

function* saveEnd(engine: Engine, { recoveryId, state, reason, at, event }: Ended): Act<boolean> {
  const ended = yield* endRecovery({ id: recoveryId, state, reason, at, isAlive: true });
  if (!ended) {
    yield undo;
    return false;
  }
  yield* appendEvents(engine.tables, [event]);
  return true;
}
