// The person's own page is a service like any other: it signs in through an ordinary authorization request (decision 3). The code that comes back
// is bound to a verifier that nobody keeps, so it opens nothing; what counts is the engine's session.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { createToken, toDigest } from '../../domain/kernel/ids.ts';
import type { StoredPerson, PersonalData, Language } from '../../domain/people/person.ts';
import { accountClientId } from '../../oidc/clients.ts';
import type { PersonSession } from '../../oidc/person-session.ts';
import type { Frame, SignedIn } from '../../../views/models.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, redirectTo, toFullName } from '../frame.ts';
import { isLanguagePressed } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { toFinish, toNameForRoom } from '../shared-computer.ts';

export type Account = {
  readonly session: PersonSession;
  readonly person: StoredPerson;
  readonly data: PersonalData;
  readonly frame: Frame;
  readonly language: Language;
  readonly token: string;
};

const freshSeconds = 300;

/** `fresh`: only within five minutes of a ceremony, for what could let somebody else in. */
type Place = 'account' | 'fresh';

/** Where the person goes after signing in, and what is asked of the sign-in. */
type Way = { readonly path: string; readonly asked: Readonly<Record<string, string>> };

const places = {
  account: '/account',
  activity: '/account/activity',
  receipts: '/account/receipts',
  details: '/account/details',
  security: '/account/security',
} as const;

/** In whole seconds, as the engine counts `max_age`: asked to sign in again, it must not find that there is no need. */
export function isStale(needs: PageNeeds, session: PersonSession): boolean {
  return Math.floor(needs.clock.now() / 1000) - session.authTime > freshSeconds;
}

const bindingOf = (session: PersonSession): string => `account:${session.uid}`;

/** Where the person wanted to go travels in `state`, which the engine gives back as it was. */
function askToSignIn(needs: PageNeeds, ctx: Context, { path, asked }: Way): void {
  const url = new URL('/auth', needs.issuer);
  url.searchParams.set('client_id', accountClientId);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('scope', 'openid');
  url.searchParams.set('redirect_uri', `${needs.issuer}/account/return`);
  url.searchParams.set('code_challenge', toDigest(createToken(needs.random)));
  url.searchParams.set('code_challenge_method', 'S256');
  url.searchParams.set('state', `${createToken(needs.random)}.${path}`);
  Object.entries(asked).forEach(([name, value]) => url.searchParams.set(name, value));
  redirectTo(ctx, `${url.pathname}${url.search}`);
}

/** Somebody else sits here: whose passkey answers decides, and only then does the sign-in of the person before end. */
export async function switchPerson(needs: PageNeeds, ctx: Context): Promise<void> {
  askToSignIn(needs, ctx, { path: places.account, asked: { prompt: 'login' } });
}

// Pages of the own page, that a link anywhere could name too; never an address elsewhere.
const ownPage = /^[\w-]+\.(\/account(?:\/[\w-][\w.-]*)*)$/;

/** Back from signing in, to the page that was asked for. What else stands in `state` leads to the first page. */
export async function returnToAccount(_needs: PageNeeds, ctx: Context): Promise<void> {
  const { state } = ctx.query;
  redirectTo(ctx, (typeof state === 'string' ? ownPage.exec(state)?.[1] : undefined) ?? places.account);
}

type Opened = Pick<Account, 'session' | 'person'>;

async function findOpened(needs: PageNeeds, ctx: Context, place: Place): Promise<Opened | undefined> {
  const session = await needs.engine.sessions.findSession(ctx);
  if (session === undefined || !session.hasOpenedAccount) {
    return undefined;
  }
  const isTooOld = place === 'fresh' && isStale(needs, session);
  const person = isTooOld ? undefined : await needs.engine.registry.findPerson(session.personId);
  return person === undefined ? undefined : { session, person };
}

/** On every page of every session, for as long as somebody is on the way in as this person. */
async function findRecoveryBand(needs: PageNeeds, { id }: StoredPerson, token: string): Promise<SignedIn['recovery']> {
  const [open] = await needs.recoveries.listOpen(id, needs.clock.now());
  return open === undefined ? null : { action: `/account/recoveries/${open.id}/cancel`, token };
}

/** Undefined when the browser was sent to sign in first. */
export async function openAccount(needs: PageNeeds, ctx: Context, place: Place = 'account'): Promise<Account | undefined> {
  const opened = await findOpened(needs, ctx, place);
  if (opened === undefined) {
    askToSignIn(needs, ctx, { path: ctx.path, asked: place === 'fresh' ? { max_age: String(freshSeconds) } : {} });
    return undefined;
  }
  const { session, person } = opened;
  const data = needs.openData(person);
  const token = createFormToken(needs.formKey, bindingOf(session));
  const { frame: bare, language } = createFrame(needs, ctx, { saved: person.language, finish: toFinish(needs, session) });
  if (isLanguagePressed(ctx) && person.language !== language) {
    await needs.people.saveLanguage(person.id, language);
  }
  const signedIn = {
    fullName: toNameForRoom(toFullName(data, language), session),
    signOut: { action: '/account/sign-out', token },
    places,
    recovery: await findRecoveryBand(needs, person, token),
  };
  return { session, person, data, frame: { ...bare, signedIn }, language, token };
}

/** For posts: the session must still be there, and the form must be ours. Nothing is asked anew, because the press would be lost. */
export async function getAccountForPost(
  needs: PageNeeds,
  ctx: Context,
  token: (() => Promise<string | undefined>) | string,
): Promise<Account> {
  assertSameSite(ctx, needs.issuer);
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    throw new Fault('session/ended', 'nobody is signed in');
  }
  const given = typeof token === 'string' ? token : await token();
  if (!isFormToken(needs.formKey, bindingOf(account.session), given)) {
    throw new Fault('request/form-outdated', 'form token does not belong to this session');
  }
  return account;
}
