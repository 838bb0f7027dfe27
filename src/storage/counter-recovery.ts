// A recovery at a counter: one officer opens it, another one approves it. The triggers of both tables hold the same rules for whoever writes past this file.

import type { RecoveriesStore } from '../domain/recovery/store.ts';
import { appendEvents } from './append-events.ts';
import { insertRecovery } from './begin-recovery.ts';
import { endRecoveries, findOrder, isAllowed } from './end-recovery.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { insertMessage } from './insert-message.ts';
import { insertProofing } from './proofing-store.ts';

type Opened = Parameters<RecoveriesStore['saveOpened']>[0];

export function* openRecovery(engine: Engine, opened: Opened): Act<'saved' | 'store/conflict' | 'freeze/ordered' | 'person/unknown'> {
  const { recovery, events, messages } = opened;
  yield lockPerson(recovery.personId);
  const status = yield { text: 'SELECT id FROM people WHERE id = ? AND status = ?', values: [recovery.personId, recovery.begunStatus] };
  if (status.length === 0) {
    return 'person/unknown';
  }
  if ((yield findOrder(recovery.personId)).length > 0) {
    return 'freeze/ordered';
  }
  if (!(yield* insertRecovery(engine, opened))) {
    yield undo;
    return 'store/conflict';
  }
  for (const message of messages) {
    yield insertMessage(engine.tables, message);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

type Approved = Parameters<RecoveriesStore['saveApproved']>[0];

const findBegun = `SELECT recoveries.person_id, recoveries.opened_by, recoveries.opened_with, opener.name AS opener_name, approver.name AS approver_name
  FROM recoveries
  JOIN officers AS opener ON opener.id = recoveries.opened_by
  JOIN officers AS approver ON approver.id = ?
  JOIN officer_passkeys ON officer_passkeys.officer_id = approver.id AND officer_passkeys.id = ?
  WHERE recoveries.id = ? AND recoveries.state = 'begun' AND recoveries.expires_at > ? AND ${isAllowed}
  AND opener.role = 'registrar' AND opener.status = 'active' AND approver.role = 'registrar' AND approver.status = 'active'`;

const insertApproval =
  'INSERT INTO recovery_approvals (recovery_id, officer_id, passkey_id, proofing_id, approved_at) VALUES (?, ?, ?, ?, ?)';

const makeReady = `UPDATE recoveries SET state = 'ready', prepared_at = ?, code_digest = ?, code_until = ?, expires_at = ?
  WHERE id = ? AND state = 'begun' AND expires_at > ? RETURNING id`;

const isSameName = (one: unknown, other: unknown): boolean => String(one).toLowerCase() === String(other).toLowerCase();

export function* approveRecovery(engine: Engine, approved: Approved): Act<'saved' | 'recovery/own' | 'recovery/over'> {
  const { approval, proofing, codeDigest, codeUntil, events, sealEnd } = approved;
  const { recoveryId, officerId, passkeyId, approvedAt: at } = approval;
  yield lockPerson(proofing.personId);
  const [row] = yield { text: findBegun, values: [officerId, passkeyId, recoveryId, at] };
  if (row === undefined || row['person_id'] !== proofing.personId) {
    yield undo;
    return 'recovery/over';
  }
  const isSame = row['opened_by'] === officerId || row['opened_with'] === passkeyId;
  if (isSame || isSameName(row['opener_name'], row['approver_name'])) {
    yield undo;
    return 'recovery/own';
  }
  yield insertProofing(engine.tables, proofing);
  yield { text: insertApproval, values: [recoveryId, officerId, passkeyId, proofing.id, at] };
  const ready = yield { text: makeReady, values: [at, codeDigest, codeUntil, codeUntil, recoveryId, at] };
  if (ready.length === 0) {
    yield undo;
    return 'recovery/over';
  }
  // What waits for time to pass is overtaken by what two people saw.
  yield* endRecoveries(engine, { personId: proofing.personId, reason: 'superseded', at, sealEnd, except: recoveryId });
  yield* appendEvents(engine.tables, events);
  return 'saved';
}
