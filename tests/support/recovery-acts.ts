// The steps of a recovery as a store takes them, for tests of the stores: each with the entries and codes that belong to it.

import type { Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { Recovery } from '../../src/domain/recovery/recovery.ts';
import type { Act } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from './opened-database.ts';
import { createSeen, sealEnd, sendSampleCode } from './recovery-samples.ts';
import type { SampleOfficer } from './recovery-samples.ts';
import { createEvent, createName, createOutboxMessage, createPasskey, now } from './store-samples.ts';

const minute = 60_000;

export function createRecoveryActs(get: () => OpenedDatabase) {
  const store = () => get().storage.recoveries;
  /** Whatever code the person still had. */
  const newCode = async (personId: string, sentAt = now): Promise<string> => {
    await get().engine.atomic(function* (): Act<void> {
      yield { text: 'UPDATE recovery_codes SET used_at = 1 WHERE person_id = ? AND used_at IS NULL', values: [personId] };
    });
    return sendSampleCode(get().storage, personId, { sentAt });
  };
  const begin = async (recovery: Recovery, channelCode?: string): Promise<string> =>
    store().saveBegun({
      recovery,
      channelCode: channelCode ?? (await newCode(recovery.personId)),
      events: [createEvent('recovery.begun')],
      messages: [createOutboxMessage({ topic: 'mail' })],
      sealEnd,
    });
  const prepare = async (
    recovery: Recovery,
    at: number,
    { channelCode, codeDigest = createName() }: { readonly channelCode?: string; readonly codeDigest?: string } = {},
  ): Promise<string> =>
    store().savePrepared({
      recoveryId: recovery.id,
      channelCode: channelCode ?? (await newCode(recovery.personId, at)),
      codeDigest,
      codeUntil: at + 15 * minute,
      at,
      events: [createEvent('recovery.ready')],
    });
  const complete = async (
    recovery: Recovery,
    codeDigest: string,
    { at, passkey = createPasskey(recovery.personId) }: { readonly at: number; readonly passkey?: Passkey },
  ): Promise<string> =>
    store().saveCompleted({
      recoveryId: recovery.id,
      codeDigest,
      passkey,
      at,
      events: [createEvent('recovery.completed')],
      sealSessionEnd: () => createEvent('session.ended'),
      sealEnd,
      lifting: { event: createEvent('person.unfrozen'), telling: { since: at, toMessages: () => [] } },
    });
  const open = async (recovery: Recovery): Promise<string> =>
    store().saveOpened({ recovery, events: [createEvent('recovery.begun')], messages: [], sealEnd });
  const approve = async (
    recovery: Recovery,
    officer: SampleOfficer,
    { at = now + 2, codeDigest = createName() }: { readonly at?: number; readonly codeDigest?: string } = {},
  ): Promise<string> => {
    const proofing = createSeen(recovery.personId);
    return store().saveApproved({
      approval: { recoveryId: recovery.id, officerId: officer.id, passkeyId: officer.passkeyId, proofingId: proofing.id, approvedAt: at },
      proofing,
      codeDigest,
      codeUntil: at + 15 * minute,
      events: [createEvent('recovery.approved')],
      sealEnd,
    });
  };
  const stateOf = async ({ id }: Recovery): Promise<string | undefined> => (await store().findRecovery(id))?.state;
  return { store, newCode, begin, prepare, complete, open, approve, stateOf };
}
