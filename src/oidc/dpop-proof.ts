// Proofs of possession at our own resource (RFC 9449 §4.3, §7). The engine checks them at its own addresses only and opens no way to its check, so this is
// ours: with a nonce of this server always, because a proof that says its own time can be made beforehand (security finding M6).

import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { EmbeddedJWK, calculateJwkThumbprint, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Clock } from '../domain/kernel/clock.ts';
import { refuse, succeed } from '../domain/kernel/errors.ts';
import type { Outcome } from '../domain/kernel/errors.ts';
import { toDigest } from '../domain/kernel/ids.ts';
import type { EngineStore } from './store.ts';

export type ProofNeeds = {
  readonly issuer: string;
  readonly clock: Clock;
  readonly store: Pick<EngineStore, 'commit'>;
  readonly nonceKey: KeyObject;
};

/** What the proof has to be made for. */
export type ProofAsked = {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  /** RFC 7638 thumbprint of the key that the token is bound to. */
  readonly thumbprint: string;
};

export type ProofRefusal = 'token/proof-refused' | 'token/nonce-needed';

export const proofAlgorithms = ['ES256', 'EdDSA'] as const;

const nonceStepMs = 60_000;
/** A nonce serves for the minute in which it was given and the four after it. */
const nonceSteps = 5;
// Longer than any nonce lives, so that no proof outlives the memory of it.
const replayLifeMs = 660_000;
const maximumJtiLength = 128;

function toNonce(key: KeyObject, step: number): string {
  return createHmac('sha256', key).update(String(step)).digest('base64url');
}

const toStep = (clock: Clock): number => Math.floor(clock.now() / nonceStepMs);

/** The same on every node that shares the key. */
export function createNonce(needs: Pick<ProofNeeds, 'clock' | 'nonceKey'>): string {
  return toNonce(needs.nonceKey, toStep(needs.clock));
}

// A nonce is no secret, so it may be compared as text.
function isNonce(needs: ProofNeeds, given: unknown): boolean {
  const now = toStep(needs.clock);
  return Array.from({ length: nonceSteps }, (_, back) => toNonce(needs.nonceKey, now - back)).includes(String(given));
}

function isSameAddress(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || !URL.canParse(given)) {
    return false;
  }
  const url = new URL(given);
  url.search = '';
  url.hash = '';
  return url.href === new URL(expected).href;
}

type Proof = { readonly payload: JWTPayload; readonly thumbprint: string };

async function findProof(text: string): Promise<Proof | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(text, EmbeddedJWK, { algorithms: [...proofAlgorithms], typ: 'dpop+jwt' });
    return { payload, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk ?? {}) };
  } catch {
    return undefined;
  }
}

function findWrongMember(needs: ProofNeeds, { payload, thumbprint }: Proof, asked: ProofAsked): string | undefined {
  const rules: Readonly<Record<string, boolean>> = {
    key: thumbprint === asked.thumbprint,
    htm: payload['htm'] === asked.method,
    htu: isSameAddress(payload['htu'], `${needs.issuer}${asked.path}`),
    ath: payload['ath'] === toDigest(asked.token),
    iat: typeof payload.iat === 'number',
    jti: typeof payload.jti === 'string' && payload.jti !== '' && payload.jti.length <= maximumJtiLength,
  };
  return Object.keys(rules).find((name) => rules[name] === false);
}

/** A proof that passes is used up. */
export async function checkProof(needs: ProofNeeds, text: string, asked: ProofAsked): Promise<Outcome<undefined, ProofRefusal>> {
  const proof = await findProof(text);
  if (proof === undefined) {
    return refuse('token/proof-refused', 'the proof is no signed dpop+jwt');
  }
  const wrong = findWrongMember(needs, proof, asked);
  if (wrong !== undefined) {
    return refuse('token/proof-refused', `the proof is for another ${wrong}`);
  }
  if (!isNonce(needs, proof.payload['nonce'])) {
    return refuse('token/nonce-needed', 'the proof has no nonce of this server, or an old one');
  }
  const now = needs.clock.now();
  const key = toDigest(`proof:${asked.thumbprint}:${proof.payload.jti ?? ''}`);
  const saved = await needs.store.commit([{ kind: 'save-replay', key, expiresAt: now + replayLifeMs }], now);
  return saved.ok ? succeed(undefined) : refuse('token/proof-refused', 'the proof was used before');
}
