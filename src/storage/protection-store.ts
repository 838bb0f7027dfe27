// Notices and freezes in the database. The person's row is locked before any other, so that closing and opening come one after the other.

import type { NoticeKind } from '../domain/protection/notice.ts';
import type { Disowning, Frozen, FrozenByCode, Freezing, NoticeList, ProtectionStore } from '../domain/protection/store.ts';
import type { SecurityNotice } from '../domain/protection/notice.ts';
import { appendEvents } from './append-events.ts';
import { endRecoveries } from './end-recovery.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { beginUnfreeze, freezeLocked, lift, liftOrder } from './freeze-acts.ts';
import { lockPerson } from './lock-person.ts';
import { createCases } from './notice-cases.ts';
import { endPasskeys } from './passkeys-store.ts';
import type { Row } from './row.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

export function createProtectionStore(engine: Engine): ProtectionStore {
  const { freezes, securityNotices } = engine.tables;
  return {
    freeze: async (freezing) => engine.atomic(() => freeze(engine, freezing)),
    findFreeze: async (id) => findOne(engine, selectFrom(freezes, 'WHERE id = ?', [id])),
    findFreezes: async (personId) =>
      findAll(engine, selectFrom(freezes, 'WHERE person_id = ? AND lifted_at IS NULL ORDER BY frozen_at, id', [personId])),
    disown: async (disowning) => engine.atomic(() => disown(engine, disowning)),
    beginUnfreeze: async (unfreezing) => engine.atomic(() => beginUnfreeze(engine, unfreezing)),
    lift: async (lifting) => engine.atomic(() => lift(engine, lifting)),
    liftOrder: async (lifting) => engine.atomic(() => liftOrder(engine, lifting)),
    listDue: async (now, limit) => {
      const rows = await engine.read({ text: due, values: [now, limit] });
      return rows.map((row) => String(row['person_id']));
    },
    ...createCodes(engine),
    readNotices: async (personId, page) => readNotices(engine, personId, page),
    countNotices: async (personId, since) => {
      const text = 'SELECT count(*) AS count FROM security_notices WHERE person_id = ? AND last_at > ?';
      const [row] = await engine.read({ text, values: [personId, since] });
      return Number(row?.['count'] ?? 0);
    },
    ...createCases(engine),
    findNotice: async (id) => findOne(engine, selectFrom(securityNotices, 'WHERE id = ?', [id])),
  };
}

const due = `SELECT freezes.person_id FROM freezes JOIN people ON people.id = freezes.person_id AND people.status = 'frozen'
  WHERE freezes.lifted_at IS NULL AND freezes.unfreeze_at IS NOT NULL AND freezes.unfreeze_at <= ?
  AND NOT EXISTS (SELECT 1 FROM freezes AS other WHERE other.person_id = freezes.person_id AND other.authority = 'ordered' AND other.lifted_at IS NULL)
  ORDER BY freezes.unfreeze_at, freezes.person_id LIMIT ?`;

function* freeze(engine: Engine, freezing: Freezing): Act<Frozen> {
  yield lockPerson(freezing.freeze.personId);
  return yield* freezeLocked(engine, freezing);
}

type Disowned = Awaited<ReturnType<ProtectionStore['disown']>>;

const takeNotice = `UPDATE security_notices SET disowned_at = ?, case_number = ?
  WHERE id = ? AND person_id = ? AND disowned_at IS NULL AND last_at > ? RETURNING kind, passkey_id`;

function* disown(engine: Engine, disowning: Disowning): Act<Disowned> {
  const { freeze: freezing, noticeId, caseNumber, notBefore, disowned } = disowning;
  yield lockPerson(freezing.personId);
  const taken = yield { text: takeNotice, values: [freezing.frozenAt, caseNumber, noticeId, freezing.personId, notBefore] };
  if (taken.length === 0) {
    yield undo;
    const values = [noticeId, freezing.personId];
    const [row] = yield { text: 'SELECT case_number FROM security_notices WHERE id = ? AND person_id = ?', values };
    const earlier = row?.['case_number'];
    return typeof earlier === 'string' ? { caseNumber: earlier, isNew: false } : undefined;
  }
  yield* endRecoveries(engine, { personId: freezing.personId, reason: 'link', at: freezing.frozenAt, sealEnd: disowning.sealRecoveryEnd });
  yield* freezeLocked(engine, disowning);
  yield* endDisowned(engine, disowning, taken[0]);
  yield* appendEvents(engine.tables, [disowned]);
  return { caseNumber, isNew: true };
}

/** Who did not add it, or did not let it reach further, does not have it in the hand. */
const endsPasskey: ReadonlySet<string> = new Set<NoticeKind>(['passkey-added', 'passkey-raised']);

/** Its record stays, as that of every passkey. The only one is left, or one letter in wrong hands would leave nothing but a recovery; it lifts no freeze. */
function* endDisowned(engine: Engine, { freeze, sealPasskeyEnd, sealSessionEnd }: Disowning, notice: Row | undefined): Act<void> {
  const id = notice !== undefined && endsPasskey.has(String(notice['kind'])) ? notice['passkey_id'] : null;
  if (typeof id === 'string') {
    const { personId, frozenAt: at } = freeze;
    yield* endPasskeys(engine, { personId, ids: [id], reason: 'disowned', at, keepsOne: true, events: [sealPasskeyEnd()], sealSessionEnd });
  }
}

const replaceCode = 'ON CONFLICT (person_id) DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at, used_at = NULL';

type Codes = Pick<ProtectionStore, 'saveFreezeCode' | 'findCodeOwner' | 'findCodeMadeAt' | 'freezeByCode'>;

function createCodes(engine: Engine): Codes {
  const { freezeCodes } = engine.tables;
  return {
    saveFreezeCode: async ({ event, ...code }) =>
      engine.atomic(function* () {
        yield lockPerson(code.personId);
        yield insertInto(freezeCodes, { ...code, usedAt: null }, replaceCode);
        yield* appendEvents(engine.tables, [event]);
      }),
    findCodeOwner: async (digest) =>
      (await findOne(engine, selectFrom(freezeCodes, 'WHERE digest = ? AND used_at IS NULL', [digest])))?.personId,
    findCodeMadeAt: async (personId) =>
      (await findOne(engine, selectFrom(freezeCodes, 'WHERE person_id = ? AND used_at IS NULL', [personId])))?.madeAt,
    freezeByCode: async (digest, freezing) => engine.atomic(() => freezeByCode(engine, digest, freezing)),
  };
}

const takeCode = 'UPDATE freeze_codes SET used_at = ? WHERE digest = ? AND person_id = ? AND used_at IS NULL RETURNING digest';

function* freezeByCode(engine: Engine, digest: string, freezing: Freezing): Act<FrozenByCode> {
  const { personId, frozenAt } = freezing.freeze;
  yield lockPerson(personId);
  const taken = yield { text: takeCode, values: [frozenAt, digest, personId] };
  if (taken.length === 0) {
    return 'unknown';
  }
  const frozen = yield* freezeLocked(engine, freezing);
  if (frozen === 'already' || frozen === 'closed') {
    // Nothing was left to close: the sheet still works another day.
    yield undo;
  }
  return frozen === 'closed' ? 'unknown' : frozen;
}

type Page = Parameters<ProtectionStore['readNotices']>[1];

async function readNotices(engine: Engine, personId: string, { after, limit }: Page): Promise<NoticeList> {
  const older = after === null ? '' : ' AND (at, id) < (CAST(? AS bigint), ?)';
  const tail = `WHERE person_id = ?${older} ORDER BY at DESC, id DESC LIMIT ?`;
  const values = [personId, ...(after === null ? [] : [after.at, after.id]), limit + 1];
  const found: readonly SecurityNotice[] = await findAll(engine, selectFrom(engine.tables.securityNotices, tail, values));
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { notices: found.slice(0, limit), next: last === undefined ? null : { at: last.at, id: last.id } };
}
