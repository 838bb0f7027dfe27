// How the engine reaches our store: one small adapter per model. Grants are built, clients are read from the registry, a replay is written once.

import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { createArtefactAdapter, write } from './artefact-adapter.ts';
import { isArtefactModel } from './artefact.ts';
import { findClient } from './clients.ts';
import { recordEndedToken, recordIdleToken } from './denial.ts';
import type { DenialNeeds } from './denial.ts';
import { findGrant } from './grants.ts';
import { findUnitOfWork } from './unit-of-work.ts';
import type { IdleReason } from './ask-reason.ts';
import type { ArtefactName } from './artefact.ts';
import { withPublishedKeys } from './published-keys.ts';
import type { FindKeys } from './published-keys.ts';
import { isEveryHigh } from './used-passkey.ts';
import { replayMarginSeconds } from './replay.ts';
import { createSessionAdapter, findAliveSession } from './session-adapter.ts';

export type EngineAdapterNeeds = DenialNeeds & { readonly issuer: string; readonly findKeys: FindKeys };

function createReadOnlyAdapter(find: (id: string) => Promise<AdapterPayload | undefined>): Adapter {
  const nothing = async (): Promise<undefined> => undefined;
  return {
    find,
    upsert: nothing,
    findByUid: nothing,
    findByUserCode: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  };
}

/** The engine refuses a replay in the same words as much else. */
function noteReplay(): void {
  const unit = findUnitOfWork();
  if (unit !== undefined) {
    unit.refused.isReplay = true;
  }
}

function createReplayAdapter(needs: EngineAdapterNeeds): Adapter {
  return {
    ...createReadOnlyAdapter(async (id) => {
      if (!(await needs.store.hasReplay(id, needs.clock.now()))) {
        return undefined;
      }
      noteReplay();
      return { jti: id, exp: Number.MAX_SAFE_INTEGER };
    }),
    async upsert(id, _payload, expiresIn) {
      const expiresAt = needs.clock.now() + (Math.max(expiresIn ?? 0, 0) + replayMarginSeconds) * 1000;
      await write(needs, { kind: 'save-replay', key: id, expiresAt });
    },
  };
}

export type ClientNeeds = Pick<EngineAdapterNeeds, 'issuer' | 'registry' | 'findKeys'>;

/** The metadata of an active service: the same object for as long as it stands as it was read, unless its keys are published elsewhere. */
export function createClientFinder({ issuer, registry, findKeys }: ClientNeeds): (id: string) => Promise<AdapterPayload | undefined> {
  return async (id) => {
    const client = await findClient({ issuer, findService: registry.findService }, id);
    return client === undefined ? undefined : withPublishedKeys(findKeys, client);
  };
}

export function createAdapterFactory(needs: EngineAdapterNeeds): AdapterFactory {
  const findSessionPerson = async (uid: string): Promise<string | undefined> => (await findAliveSession(needs, uid))?.personId ?? undefined;
  const onEnded = async (named: ArtefactName): Promise<void> => recordEndedToken(needs, named);
  const onIdle = async (grantId: string, reason: IdleReason): Promise<void> => {
    for (const named of findUnitOfWork()?.tokens.get(grantId) ?? []) {
      await recordIdleToken(needs, named, reason);
    }
  };
  const isHigh = (grantId: string): boolean => {
    const unit = findUnitOfWork();
    const payloads = (unit?.tokens.get(grantId) ?? []).map(({ key }) => unit?.reads.get(key));
    return isEveryHigh(payloads);
  };
  const special: Readonly<Record<string, () => Adapter>> = {
    Client: () => createReadOnlyAdapter(createClientFinder(needs)),
    Grant: () => createReadOnlyAdapter((id) => findGrant({ ...needs, findSessionPerson, isHigh, onIdle }, id)),
    ReplayDetection: () => createReplayAdapter(needs),
    Session: () => createSessionAdapter(needs),
  };
  return (name) => {
    const create = special[name];
    if (create !== undefined) {
      return create();
    }
    return isArtefactModel(name) ? createArtefactAdapter(needs, name, onEnded) : createReadOnlyAdapter(async () => undefined);
  };
}
