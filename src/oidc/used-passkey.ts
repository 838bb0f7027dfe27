// Which passkey stands behind a sign-in, as it travels from the page over the session to codes and tokens: by it the level is looked up anew each time (ADR-0070).

import { Provider } from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { levelNames } from '../domain/kernel/levels.ts';
import { toLevel } from '../domain/passkeys/authentication-facts.ts';
import { findGrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';
import type { ArtefactModel } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';

/** Of the answer to a sign-in in the engine's interaction, and of a code or token that says `high`. */
export const passkeyMember = 'passkey';

/** Of the answer to a sign-in: when it came, in milliseconds. */
export const answeredMember = 'answered_at';

export type LevelNeeds = { readonly registry: Pick<Registry, 'findPasskey'> };

/** Null where this request resumes no sign-in. */
export function findUsedPasskey(): string | null {
  const used = Provider.ctx?.oidc.result?.login?.[passkeyMember];
  return typeof used === 'string' ? used : null;
}

/** Null where this request resumes no sign-in, or one of which nobody says when it was answered. */
export function findAnsweredAt(): number | null {
  const answered = Provider.ctx?.oidc.result?.login?.[answeredMember];
  return typeof answered === 'number' ? answered : null;
}

function findSessionPasskey(uid: string | undefined): string | undefined {
  const loaded = findUnitOfWork()
    ?.sessions.values()
    .find((session) => session.uid === uid);
  return findUsedPasskey() ?? loaded?.passkeyId ?? undefined;
}

/** What a code or token says of its level, wherever it says it. */
export function readAcr(payload: AdapterPayload): unknown {
  return payload.acr ?? payload.extra?.['acr'];
}

/** What nobody said is not `high`: of nothing, and of what was not read. */
export function isEveryHigh(payloads: readonly (AdapterPayload | undefined)[]): boolean {
  return payloads.length > 0 && payloads.every((payload) => payload !== undefined && readAcr(payload) === levelNames.high);
}

/** Only with what says `high`: nothing else needs to be looked up again. */
export function carryPasskey(model: ArtefactModel, payload: AdapterPayload): string | undefined {
  if (readAcr(payload) !== levelNames.high) {
    return undefined;
  }
  const { grantId } = payload;
  return model === 'AuthorizationCode'
    ? findSessionPasskey(findGrantId(grantId)?.sessionUid)
    : findUnitOfWork()?.passkeys.get(grantId ?? '');
}

/** What was `high` when it was said and is so no more is `substantial` from now on: the model of the passkey lost its standing, or the passkey has ended. */
export async function isStillHigh({ registry }: LevelNeeds, passkeyId: string | null | undefined): Promise<boolean> {
  const passkey = passkeyId ? await registry.findPasskey(passkeyId) : undefined;
  return passkey !== undefined && toLevel(passkey) === 'high';
}

const loginSchema = z.looseObject({ acr: z.literal(levelNames.high), [passkeyMember]: z.string().optional() });

/** The answers of an interaction hold a sign-in too, which counts again when it resumes. */
async function toLogin(needs: LevelNeeds, login: unknown): Promise<Readonly<Record<string, string>>> {
  const said = loginSchema.safeParse(login).data;
  return said === undefined || (await isStillHigh(needs, said[passkeyMember])) ? {} : { acr: levelNames.substantial };
}

async function toInteraction(needs: LevelNeeds, payload: AdapterPayload): Promise<AdapterPayload> {
  const { lastSubmission, result } = payload;
  const [last, given] = [await toLogin(needs, lastSubmission?.login), await toLogin(needs, result?.login)];
  return {
    ...payload,
    ...(lastSubmission?.login && { lastSubmission: { ...lastSubmission, login: { ...lastSubmission.login, ...last } } }),
    ...(result?.login && { result: { ...result, login: { ...result.login, ...given } } }),
  };
}

/** An artefact as it is true now. Whoever never said `high` costs nothing. */
export async function toTrueLevel(needs: LevelNeeds, model: ArtefactModel, payload: AdapterPayload): Promise<AdapterPayload> {
  if (model === 'Interaction') {
    return toInteraction(needs, payload);
  }
  const used: unknown = Reflect.get(payload, passkeyMember);
  if (readAcr(payload) !== levelNames.high || (await isStillHigh(needs, typeof used === 'string' ? used : null))) {
    return payload;
  }
  const { acr, extra } = payload;
  const lowered = { acr: levelNames.substantial };
  return {
    ...payload,
    ...(acr === undefined ? {} : lowered),
    ...(extra?.['acr'] === undefined ? {} : { extra: { ...extra, ...lowered } }),
  };
}
