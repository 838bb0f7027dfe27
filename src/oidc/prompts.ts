// When the person has to act before the service gets an answer: sign in, confirm that it is them, decide. The engine asks these in this order and stops at the first.

import { errors, interactionPolicy } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AskReason } from '../domain/consent/needs-asking.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { findAskReason as findReason } from './ask-reason.ts';
import { isFirstParty } from './clients.ts';
import type { Registry } from './registry.ts';
import { findRequest } from './requested.ts';

export type PromptNeeds = { readonly registry: Registry; readonly clock: Clock };

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
  if (registered?.service.minimumLevel === 'high' && ctx.oidc.acr !== 'urn:huwiya:loa:high') {
    throw new errors.AccessDenied('level_too_low');
  }
}

/** A level that is demanded and that the ceremony did not reach ends the request, or the person would go round in ceremonies (OIDC Core 1.0 §5.5.1.1). */
function assertLevelReached(ctx: KoaContextWithOIDC): void {
  const demanded = ctx.oidc.claims.id_token?.['acr'];
  if (demanded?.essential !== true || ctx.oidc.result?.login === undefined) {
    return;
  }
  const levels = demanded.values ?? [demanded.value];
  if (!levels.includes(ctx.oidc.acr)) {
    throw new errors.UnmetAuthenticationRequirements('level_not_reached');
  }
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

async function needsContinue(needs: PromptNeeds, ctx: KoaContextWithOIDC): Promise<boolean> {
  if (ctx.oidc.prompts.has('none') || isFirstParty(ctx.oidc.client?.clientId) || isAnswered(ctx)) {
    return false;
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

export function createPromptPolicy(needs: PromptNeeds): ReturnType<typeof base> {
  const policy = base();
  policy.get('login')?.checks.add(
    new Check('level_too_low', 'the sign-in does not reach the level of the service or of the request', async (ctx) => {
      await assertMinimumLevel(needs, ctx);
      assertLevelReached(ctx);
      return Check.NO_NEED_TO_PROMPT;
    }),
  );
  policy.remove('consent');
  const confirm = new Prompt(
    { name: 'select_account', requestable: true },
    new Check('first_use', 'the person has not confirmed who is signed in', 'account_selection_required', (ctx) =>
      needsContinue(needs, ctx),
    ),
  );
  confirm.checks.remove('select_account_prompt');
  policy.add(confirm);
  const decide = new Prompt(
    { name: 'consent', requestable: true },
    new Check('decision_due', 'the person has to decide what to share', 'consent_required', (ctx) => needsDecision(needs, ctx)),
  );
  decide.checks.remove('consent_prompt');
  policy.add(decide);
  return policy;
}
