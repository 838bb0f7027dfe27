// A person as the engine knows them: under which name each service knows them, and, through UserInfo, what of them leaves. If that cannot be written, the middleware
// around the engine sends no data.

import { errors } from 'oidc-provider';
import type { AccessToken, Account, AccountClaims, KoaContextWithOIDC } from 'oidc-provider';
import { toAsked } from '../domain/consent/asked.ts';
import type { AttributeRequest } from '../domain/consent/asked.ts';
import type { StoredConsent } from '../domain/consent/consent.ts';
import type { StoredPerson } from '../domain/people/person.ts';
import { findNowAsked } from './ask-reason.ts';
import { write } from './artefact-adapter.ts';
import { toArtefactName } from './artefact.ts';
import type { DenialNeeds } from './denial.ts';
import { findGrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';
import { toReleased } from './release.ts';
import type { Release, ReleaseNeeds } from './release.ts';
import { toAttributeRequest, toWanted } from './requested.ts';
import { findUnitOfWork } from './unit-of-work.ts';

export type AccountNeeds = DenialNeeds & ReleaseNeeds;

/** What the token asks for; one that was refreshed for fewer scopes never asks for more than the request did. */
function toTokenRequest(token: AccessToken): AttributeRequest {
  const narrowedFrom = findUnitOfWork()?.askedScopes.get(token.grantId ?? '');
  return { ...toAttributeRequest(token.scope, token.claims), narrowedFrom: narrowedFrom?.split(' ') };
}

function findLocales({ grantId }: AccessToken): readonly string[] {
  return findUnitOfWork()?.locales.get(grantId)?.split(' ') ?? [];
}

async function findConsent({ registry }: AccountNeeds, token: AccessToken | undefined): Promise<StoredConsent | undefined> {
  const consentId = findGrantId(token?.grantId)?.consentId;
  return consentId ? registry.findConsent(consentId) : undefined;
}

async function findRelease(needs: AccountNeeds, ctx: KoaContextWithOIDC): Promise<Release | undefined> {
  const token = ctx.oidc.accessToken;
  const consent = await findConsent(needs, token);
  const now = consent && (await findNowAsked(needs.registry, consent));
  if (token === undefined || consent === undefined || now === undefined) {
    return undefined;
  }
  const request = toTokenRequest(token);
  const tokenKey = toArtefactName('AccessToken', token.jti).key;
  const asked = { asked: toAsked(now.purpose, request), wanted: toWanted(token.claims), verified: request.verified };
  return { consent, now, ...asked, locales: findLocales(token), tokenKey };
}

async function releaseClaims(needs: AccountNeeds, ctx: KoaContextWithOIDC, person: StoredPerson): Promise<AccountClaims> {
  const release = await findRelease(needs, ctx);
  if (release === undefined) {
    return { sub: person.id };
  }
  const { claims, writes } = await toReleased(needs, release, person);
  for (const entry of writes) {
    await write(needs, entry);
  }
  return { ...claims, sub: person.id };
}

/** Undefined for anybody who is not active, on every call. */
export async function findAccount(needs: AccountNeeds, ctx: KoaContextWithOIDC, personId: string): Promise<Account | undefined> {
  const person = await needs.registry.findPerson(personId);
  if (person === undefined) {
    return undefined;
  }
  return {
    accountId: person.id,
    claims: async (use, _scope, mask) => {
      const claims = use === 'userinfo' ? await releaseClaims(needs, ctx, person) : { sub: person.id };
      // What the consent releases passes, whichever scope was asked for. Were it not said here, nothing would leave.
      Object.keys(claims).forEach((name) => (mask[name] ??= null));
      return claims;
    },
  };
}

export type SubjectNeeds = { readonly registry: Registry; readonly getSubject: (person: StoredPerson, sector: string) => Promise<string> };

/** The stored pairwise subject of this person in the service's sector (decision 8; OIDC Core 1.0 §8.1). */
export async function getPairwiseSubject(needs: SubjectNeeds, personId: string, clientId: string): Promise<string> {
  const person = await needs.registry.findPerson(personId);
  const registered = await needs.registry.findService(clientId);
  if (person === undefined) {
    throw new errors.InvalidGrant('the person is not active');
  }
  return needs.getSubject(person, registered?.service.sector ?? clientId);
}
