// When the person has to act before the service gets an answer: sign in, confirm that it is them, decide. The engine asks these in this order and stops at the first.

import { errors, interactionPolicy } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { levelNames } from '../domain/kernel/levels.ts';
import type { AskReason } from '../domain/consent/needs-asking.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { findAskReason as findReason } from './ask-reason.ts';
import { isFirstParty } from './clients.ts';
import { findDemandedLevels } from './demanded-level.ts';
import { findExpectedSubjects } from './expected-person.ts';
import type { Registry } from './registry.ts';
import { requestAnswers } from './request-answers.ts';
import type { AnswerWord } from './request-answers.ts';
import { findRequest } from './requested.ts';
import { findLoaded } from './session-adapter.ts';

export type PromptNeeds = {
  readonly registry: Registry;
  readonly clock: Clock;
  /** The subject that the service knows this person by. */
  readonly findSubject: (personId: string, clientId: string) => Promise<string>;
};

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

/** Refused outright, whoever asks: the service wants more than this sign-in reaches. */
async function assertMinimumLevel(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<void> {
  const { account, client } = ctx.oidc;
  if (account === undefined || client === undefined) {
    return;
  }
  const registered = await needs.registry.findService(client.clientId);
  if (registered?.service.minimumLevel === 'high' && ctx.oidc.acr !== levelNames.high) {
    throw new errors.AccessDenied('level_too_low' satisfies AnswerWord);
  }
}

/** Whoever has just signed in for this request is asked no second time: what they cannot meet ends it, or they would go round in ceremonies. */
function hasJustSignedIn(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.result?.login !== undefined;
}

/** A level that is demanded and that the ceremony did not reach ends the request (OIDC Core 1.0 §5.5.1.1). */
function needsLevel(ctx: KoaContextWithOIDC): boolean {
  const levels = findDemandedLevels(ctx.oidc.params ?? {});
  if (levels === undefined || levels.some((level) => level === ctx.oidc.acr)) {
    return false;
  }
  if (hasJustSignedIn(ctx)) {
    throw new errors.UnmetAuthenticationRequirements('level_not_reached' satisfies AnswerWord);
  }
  return true;
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
function createCheck(word: AnswerWord, isDue: (ctx: KoaContextWithOIDC) => Promise<boolean>): InstanceType<typeof Check> {
  return new Check(word, word, requestAnswers[word].error, isDue);
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
  checks?.add(createCheck('another_person', async (ctx) => needsExpectedPerson(needs, ctx)));
  checks?.add(
    createCheck('higher_level_needed', async (ctx) => {
      await assertMinimumLevel(needs, ctx);
      return needsLevel(ctx);
    }),
  );
}

export function createPromptPolicy(needs: PromptNeeds): ReturnType<typeof base> {
  const policy = base();
  replaceSignInChecks(needs, policy);
  policy.remove('consent');
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
