// When the person has to act before the service gets an answer: sign in, confirm that it is them, decide. The engine asks these in this order and stops at the first.

import { errors, interactionPolicy } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AskReason } from '../domain/consent/needs-asking.ts';
import type { Clock, Millis } from '../domain/kernel/clock.ts';
import { findAskReason as findReason } from './ask-reason.ts';
import { isFirstParty, toIdleLimit } from './clients.ts';
import { findExpectedSubjects } from './expected-person.ts';
import { belowMember, levelMember } from './interaction.ts';
import { findLevelAsk, isImpossible } from './level-ask.ts';
import type { LevelAsk } from './level-ask.ts';
import type { Registry } from './registry.ts';
import { requestAnswers } from './request-answers.ts';
import type { AnswerWord } from './request-answers.ts';
import { lookName } from './looked-at.ts';
import { needsLook } from './recovery-look.ts';
import type { LookNeeds } from './recovery-look.ts';
import { findRequest } from './requested.ts';
import { findLoaded, noteRested } from './session-adapter.ts';

export type PromptNeeds = {
  readonly registry: Registry;
  readonly clock: Clock;
  /** The subject that the service knows this person by. */
  readonly findSubject: (personId: string, clientId: string) => Promise<string>;
} & LookNeeds;

const { Check, Prompt, base } = interactionPolicy;

export async function findAskReason(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<AskReason | undefined> {
  const personId = ctx.oidc.account?.accountId;
  if (personId === undefined || isFirstParty(ctx.oidc.client?.clientId)) {
    return undefined;
  }
  const request = await findRequest(needs.registry, ctx);
  const person = await needs.registry.findPerson(personId);
  return request === undefined || person === undefined ? undefined : findReason(needs, person, request);
}

/** Whoever has just signed in for this request is not asked who they are a second time: where it is somebody else, that ends it, or they would go round in ceremonies. */
function hasJustSignedIn(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.result?.login !== undefined;
}

/** The person said, in this very request, that they go on as they are. */
function goesOnBelow(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.result?.[belowMember] === true;
}

/** Undefined where nobody is signed in: who it is comes first. */
async function findAsk(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<LevelAsk | undefined> {
  const { account, acr, client, params } = ctx.oidc;
  return account === undefined || client === undefined || isFirstParty(client.clientId)
    ? undefined
    : findLevelAsk(needs.registry, { clientId: client.clientId, params: params ?? {}, acr });
}

/**
 * A page explains what is missing, each time anew, and nobody goes round by themselves: every step of it is a press of the person (ADR-0070). A wish is asked for once, of
 * whom can fulfil it, and never where no page is allowed.
 */
async function needsLevel(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (isImpossible(ctx.oidc.params ?? {})) {
    throw new errors.UnmetAuthenticationRequirements('level_not_reached' satisfies AnswerWord);
  }
  const ask = await findAsk(needs, ctx);
  if (ask !== 'wished') {
    return ask !== undefined;
  }
  const isAskable = !ctx.oidc.prompts.has('none') && !goesOnBelow(ctx);
  return isAskable && needs.registry.canReachHigh(ctx.oidc.account?.accountId ?? '');
}

async function needsExpectedPerson(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { account, client, params } = ctx.oidc;
  const expected = findExpectedSubjects(params ?? {});
  if (expected.length === 0 || client === undefined) {
    return false;
  }
  const subject = account === undefined ? undefined : await needs.findSubject(account.accountId, client.clientId);
  if (expected.every((named) => named === subject)) {
    return false;
  }
  if (hasJustSignedIn(ctx)) {
    throw new errors.LoginRequired('another_person' satisfies AnswerWord);
  }
  return true;
}

/** The mark that the engine leaves when a code was issued to the service in this session; signing out "only here" takes it away. */
function hasEntered(ctx: KoaContextWithOIDC): boolean {
  const authorizations = ctx.oidc.session?.authorizations ?? {};
  return authorizations[ctx.oidc.client?.clientId ?? '']?.persistsLogout === true;
}

function isAnswered(ctx: KoaContextWithOIDC): boolean {
  const result = ctx.oidc.result ?? {};
  return ['login', 'select_account', 'consent'].some((name) => Object.hasOwn(result, name));
}

/** Whoever signed out of a service "only here" is not signed in to it again without a word, however often it asks. */
function hasLeft(ctx: KoaContextWithOIDC): boolean {
  return findLoaded(ctx.oidc.session?.uid ?? '')?.left.includes(ctx.oidc.client?.clientId ?? '') === true;
}

async function findIdleLimit(needs: PromptNeeds, clientId: string): Promise<Millis> {
  return toIdleLimit((await needs.registry.findService(clientId))?.service.metadata['session_idle']);
}

/**
 * The ceremony is asked for here and nowhere else: the session goes on for every other service. Once asked, it stays due until it is done, because asking again is
 * no use of a session.
 */
async function hasRestedTooLong(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { client, session } = ctx.oidc;
  const loaded = session === undefined || hasJustSignedIn(ctx) ? undefined : findLoaded(session.uid);
  if (loaded === undefined || client === undefined) {
    return false;
  }
  const { clientId } = client;
  const limit = await findIdleLimit(needs, clientId);
  const isDue = (loaded.rested.includes(clientId) && Number.isFinite(limit)) || needs.clock.now() - loaded.lastSeenAt > limit;
  if (isDue) {
    noteRested(loaded, clientId);
  }
  return isDue;
}

async function needsContinue(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (isFirstParty(ctx.oidc.client?.clientId) || isAnswered(ctx)) {
    return false;
  }
  if (ctx.oidc.prompts.has('none')) {
    return hasLeft(ctx);
  }
  const isAsked = ctx.oidc.prompts.has('select_account') && ctx.oidc.promptPending('select_account');
  const isFirstUse = !hasEntered(ctx);
  // Where a decision is due anyway, its page says who is signed in and offers to change: one page, not two.
  return (isAsked || isFirstUse) && !(await needsDecision(needs, ctx));
}

/** A service for other kinds of person learns no kind: it hears what it would hear of anybody who has not decided, and the page tells the person. */
async function needsDecision(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  const isAsked = ctx.oidc.prompts.has('consent') && ctx.oidc.promptPending('consent') && !isFirstParty(ctx.oidc.client?.clientId);
  return isAsked || (await findAskReason(needs, ctx)) !== undefined;
}

/** A service that allows no page hears why there would have to be one. */
function createCheck(
  word: AnswerWord,
  isDue: (ctx: KoaContextWithOIDC) => Promise<boolean>,
  toDetails: (ctx: KoaContextWithOIDC) => Promise<Record<string, unknown>> = async () => ({}),
): InstanceType<typeof Check> {
  return new Check(word, word, requestAnswers[word].error, isDue, toDetails);
}

const engineWords: readonly (readonly [reason: string, word: AnswerWord])[] = [
  ['login_prompt', 'fresh_sign_in_asked'],
  ['no_session', 'not_signed_in'],
  ['max_age', 'sign_in_too_old'],
];

/** The engine's own questions about persons and levels lose what was asked on the way (ADR-0047); these take their place. */
function replaceSignInChecks(needs: PromptNeeds, policy: ReturnType<typeof base>): void {
  const checks = policy.get('login')?.checks;
  ['id_token_hint', 'claims_id_token_sub_value', 'essential_acr', 'essential_acrs'].forEach((reason) => checks?.remove(reason));
  for (const [reason, word] of engineWords) {
    Object.assign(checks?.get(reason) ?? {}, { description: word });
  }
  checks?.add(createCheck('sign_in_too_old', async (ctx) => hasRestedTooLong(needs, ctx)));
  checks?.add(createCheck('another_person', async (ctx) => needsExpectedPerson(needs, ctx)));
  checks?.add(
    createCheck(
      'higher_level_needed',
      (ctx) => needsLevel(needs, ctx),
      async (ctx) => ({ [levelMember]: await findAsk(needs, ctx) }),
    ),
  );
}

export function createPromptPolicy(needs: PromptNeeds): ReturnType<typeof base> {
  const policy = base();
  replaceSignInChecks(needs, policy);
  policy.remove('consent');
  // Never asked where no page is allowed, so no service hears of it.
  const look = new Check(lookName, lookName, 'interaction_required', (ctx) => needsLook(needs, ctx));
  policy.add(new Prompt({ name: lookName, requestable: false }, look));
  const confirm = new Prompt(
    { name: 'select_account', requestable: true },
    createCheck('not_confirmed', async (ctx) => needsContinue(needs, ctx)),
  );
  confirm.checks.remove('select_account_prompt');
  policy.add(confirm);
  const decide = new Prompt(
    { name: 'consent', requestable: true },
    createCheck('decision_needed', (ctx) => needsDecision(needs, ctx)),
  );
  decide.checks.remove('consent_prompt');
  policy.add(decide);
  return policy;
}
