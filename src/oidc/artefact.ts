// An engine artefact as a row: the bearer value becomes its digest, the payload loses it, and the columns name what the token rests on.

import type { AdapterPayload } from 'oidc-provider';
import { toDigest } from '../domain/kernel/ids.ts';
import type { Random } from '../domain/kernel/ids.ts';
import { findGrantId } from './grant-id.ts';
import { openPayload, sealPayload } from './sealed-payload.ts';
import { artefactModels } from './store.ts';
import type { Artefact, ArtefactModel } from './store.ts';

/** The bearer value that an artefact is found by, and where it belongs. */
export type ArtefactName = {
  readonly model: ArtefactModel;
  readonly id: string;
  /** Digest of the two, under which the artefact is stored. */
  readonly key: string;
};

function isPayload(value: unknown): value is AdapterPayload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// These hold other live values (the way back, state, hints) and are looked up by their bearer value alone.
const sealedModels: ReadonlySet<ArtefactModel> = new Set(['Interaction', 'PushedAuthorizationRequest']);

export function isArtefactModel(name: string): name is ArtefactModel {
  return artefactModels.some((model) => model === name);
}

export function toArtefactName(model: ArtefactModel, id: string): ArtefactName {
  return { model, id, key: toDigest(`${model}:${id}`) };
}

function toStoredPayload(name: ArtefactName, payload: AdapterPayload, random: Random): string {
  const { jti: _jti, ...rest } = payload;
  if (!sealedModels.has(name.model)) {
    return JSON.stringify(rest);
  }
  // The session cookie's value is of no use to anybody who reads this back.
  const session = rest.session === undefined ? {} : { session: { ...rest.session, cookie: undefined } };
  return sealPayload(random, name.id, JSON.stringify({ ...rest, ...session }));
}

export function parsePayload(text: string): AdapterPayload {
  const payload: unknown = JSON.parse(text);
  if (!isPayload(payload)) {
    throw new TypeError('a stored payload is no object');
  }
  return payload;
}

type Roots = Pick<Artefact, 'personId' | 'clientId' | 'consentId' | 'sessionUid'>;

/** An interaction is no token: it rests on nothing, and a person or service that ended meanwhile is noticed when it resumes. */
const rootless: Roots = { personId: null, clientId: null, consentId: null, sessionUid: null };

function toRoots(model: ArtefactModel, payload: AdapterPayload): Roots {
  if (sealedModels.has(model)) {
    return rootless;
  }
  const clientId = payload.clientId ?? null;
  const grant = findGrantId(payload.grantId);
  return grant === undefined
    ? { ...rootless, clientId }
    : { personId: payload.accountId ?? null, clientId, consentId: grant.consentId, sessionUid: grant.sessionUid };
}

export function toArtefact(
  name: ArtefactName,
  payload: AdapterPayload,
  needs: { readonly random: Random; readonly now: number },
): Artefact {
  return {
    ...toRoots(name.model, payload),
    key: name.key,
    model: name.model,
    payload: toStoredPayload(name, payload, needs.random),
    expiresAt: (payload.exp ?? 0) * 1000,
    createdAt: needs.now,
    consumedAt: null,
    isOffline: payload.scope?.split(' ').includes('offline_access') ?? false,
  };
}

export function toPayload(name: ArtefactName, artefact: Artefact): AdapterPayload {
  const text = sealedModels.has(name.model) ? openPayload(name.id, artefact.payload) : artefact.payload;
  const consumed = artefact.consumedAt === null ? {} : { consumed: Math.floor(artefact.consumedAt / 1000) };
  return { ...parsePayload(text), jti: name.id, ...consumed };
}
