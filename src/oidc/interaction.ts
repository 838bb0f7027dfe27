// What a pending authorization request waits for, and how the person's answer goes back to the engine.

import type { Context } from 'koa';
import { errors } from 'oidc-provider';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import { Fault } from '../domain/kernel/errors.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import { findExpectedSubjects } from './expected-person.ts';
import { lookName } from './looked-at.ts';
import { levelAsks } from './level-ask.ts';
import type { LevelAsk, levelWords } from './level-ask.ts';
import { requestAnswers } from './request-answers.ts';
import { findRequestOf } from './requested.ts';
import type { Request } from './requested.ts';
import type { Registry } from './registry.ts';
import { sharedMember } from './session-adapter.ts';
import { answeredMember, passkeyMember } from './used-passkey.ts';

/** Of the engine's prompt: which level ask a step-up answers. */
export const levelMember = 'level';
/** Of the answer to it: the person goes on as they are. */
export const belowMember = 'below';

export type PendingInteraction = {
  readonly uid: string;
  readonly step: 'sign-in' | 'recovery' | 'continue' | 'decide';
  readonly clientId: string;
  /** Of a sign-in where nothing is missing but the level, and it is known who is signed in. */
  readonly level: LevelAsk | undefined;
  /** The session that was asked; undefined where nobody was signed in. */
  readonly sessionUid: string | undefined;
  /** Undefined for our own pages. */
  readonly request: Request | undefined;
  /** Where the answer will go, for the page's `form-action`. */
  readonly redirectUri: string | undefined;
  readonly uiLocales: string | undefined;
  /** Whether the person has to be told who is signed in on this page. */
  readonly isSignInFresh: boolean;
  /** Subjects of this service of which the person who signs in has to be every one; empty for whoever comes. */
  readonly expectedSubjects: readonly string[];
  /** Whether the service asks for a decision although there may be one (`prompt=consent`, OIDC Core 1.0 §3.1.2.1). */
  readonly asksAnew: boolean;
  /** Whether the last ceremony is older than what is asked for (`max_age`, OIDC Core 1.0 §3.1.2.1). */
  readonly asksForFresh: boolean;
};

export type SignedIn = {
  readonly personId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** When the answer came, before it was looked at. */
  readonly answeredAt: Millis;
  /** That answered. */
  readonly passkeyId: string;
  /** Whether others use this computer, as the person says. */
  readonly isShared: boolean;
};

export type RefusalWord = 'consent_refused' | 'consent_deferred' | (typeof levelWords)[LevelAsk];

export type Interactions = {
  /** Undefined when it expired, was answered, or belongs to another browser or session. */
  readonly findInteraction: (ctx: Context) => Promise<PendingInteraction | undefined>;
  /** Of a browser where none is found: whether one waits there that was asked in a sign-in which is over, or another person's now. */
  readonly hasLostSession: (ctx: Context) => Promise<boolean>;
  /** Whether this is whom the service named, or it named nobody. */
  readonly isExpected: (pending: PendingInteraction, personId: string) => Promise<boolean>;
  /** Each yields the URL that the browser goes to next. */
  readonly answerSignIn: (ctx: Context, signedIn: SignedIn) => Promise<string>;
  /** On from a level that was only wished for, with the sign-in that there is. */
  readonly answerBelow: (ctx: Context) => Promise<string>;
  /** On from the page of an open recovery, with everything that was answered before. */
  readonly answerLook: (ctx: Context, recovery: string) => Promise<string>;
  /** A page that was pressed too late: what is due is asked anew. */
  readonly answerNothing: (ctx: Context) => Promise<string>;
  readonly answerContinue: (ctx: Context) => Promise<string>;
  readonly answerDecision: (ctx: Context) => Promise<string>;
  /** The service receives `error` (RFC 6749 §4.1.2.1) with a stable description. */
  readonly answerRefusal: (ctx: Context, word: RefusalWord) => Promise<string>;
};

const steps: Readonly<Record<string, PendingInteraction['step']>> = {
  login: 'sign-in',
  [lookName]: 'recovery',
  select_account: 'continue',
  consent: 'decide',
};

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Somebody who has to sign in anew for another reason does that first: then it is known who they are, and whether anything is missing still. */
function findLevel({ details, reasons }: Interaction['prompt']): LevelAsk | undefined {
  const isAlone = reasons.every((reason) => reason === 'higher_level_needed');
  return isAlone ? levelAsks.find((ask) => ask === details[levelMember]) : undefined;
}

function asksAnew(prompt: unknown): boolean {
  return toText(prompt)?.split(' ').includes('consent') ?? false;
}

function toLogin({ personId, acr, amr, answeredAt, isShared, passkeyId }: SignedIn): NonNullable<InteractionResults['login']> {
  const facts = { [sharedMember]: isShared, [passkeyMember]: passkeyId, [answeredMember]: answeredAt };
  return { accountId: personId, acr, amr: [...amr], ts: Math.floor(answeredAt / 1000), remember: false, ...facts };
}

export type InteractionNeeds = {
  readonly registry: Registry;
  /** The subject that the service knows this person by. */
  readonly findSubject: (personId: string, clientId: string) => Promise<string>;
};

async function isExpected({ findSubject }: InteractionNeeds, pending: PendingInteraction, personId: string): Promise<boolean> {
  const { clientId, expectedSubjects } = pending;
  if (expectedSubjects.length === 0) {
    return true;
  }
  const subject = await findSubject(personId, clientId);
  return expectedSubjects.every((expected) => expected === subject);
}

async function hasLostSession(provider: Provider, ctx: Context): Promise<boolean> {
  // Under the engine's own keys, as it reads the cookie itself.
  const id = provider.createContext(ctx.req, ctx.res).cookies.get(provider.cookieName('interaction'), { signed: true });
  const waiting = id === undefined ? undefined : await provider.Interaction.find(id);
  return waiting?.session !== undefined;
}

/** The session may have ended since the page was looked at: by a sign-out, a freeze or a status, in the same moment. */
async function giveAnswer(provider: Provider, ctx: Context, result: InteractionResults): Promise<string> {
  try {
    return await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  } catch (thrown) {
    if (!(thrown instanceof errors.SessionNotFound)) {
      throw thrown;
    }
    const code = (await hasLostSession(provider, ctx)) ? 'interaction/session-changed' : 'interaction/expired';
    throw new Fault(code, 'the session or the interaction ended while it was answered', { cause: thrown });
  }
}

export function createInteractions(provider: Provider, needs: InteractionNeeds): Interactions {
  const answer = (ctx: Context, result: InteractionResults): Promise<string> => giveAnswer(provider, ctx, result);
  return {
    findInteraction: async (ctx) => {
      try {
        const details = await provider.interactionDetails(ctx.req, ctx.res);
        const clientId = toText(details.params['client_id']) ?? '';
        return {
          uid: details.uid,
          step: steps[details.prompt.name] ?? 'sign-in',
          level: findLevel(details.prompt),
          clientId,
          sessionUid: details.session?.uid,
          request: await findRequestOf(needs.registry, clientId, details.params),
          redirectUri: toText(details.params['redirect_uri']),
          uiLocales: toText(details.params['ui_locales']),
          isSignInFresh: details.lastSubmission?.login !== undefined,
          expectedSubjects: findExpectedSubjects(details.params),
          asksAnew: asksAnew(details.params['prompt']),
          asksForFresh: details.prompt.reasons.includes('max_age'),
        };
      } catch (thrown) {
        if (thrown instanceof errors.SessionNotFound) {
          return undefined;
        }
        throw thrown;
      }
    },
    hasLostSession: (ctx) => hasLostSession(provider, ctx),
    isExpected: (pending, personId) => isExpected(needs, pending, personId),
    answerSignIn: (ctx, signedIn) => answer(ctx, { login: toLogin(signedIn) }),
    answerBelow: (ctx) => answer(ctx, { [belowMember]: true }),
    answerLook: (ctx, recovery) => answer(ctx, { [lookName]: { recovery } }),
    answerNothing: (ctx) => answer(ctx, {}),
    answerContinue: (ctx) => answer(ctx, { select_account: {} }),
    answerDecision: (ctx) => answer(ctx, { select_account: {}, consent: {} }),
    answerRefusal: (ctx, word) => answer(ctx, { error: requestAnswers[word].error, error_description: word }),
  };
}
