// Which rule refused a request. The engine says an error and, in words of its own, more; those are never read, ours are. What the error leaves open is found by
// looking at what was asked once more, rule by rule.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { findCertificateRule, findClientRule } from './client-rules.ts';
import type { ClientRuleNeeds } from './client-rules.ts';
import { examineObject } from './examine-object.ts';
import { findText, isGiven } from './examined.ts';
import type { Examined } from './examined.ts';
import { findSpent } from './find-spent.ts';
import type { SpentNeeds } from './find-spent.ts';
import { findRequestRule } from './request-rules.ts';
import type { AnswerWord } from '../request-answers.ts';

export type RuleNeeds = SpentNeeds & ClientRuleNeeds;

/** RFC 7636 §4.6. */
function toChallenge(verifier: string | undefined): string {
  return createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
}

async function findTokenRule(needs: RuleNeeds, { registered, asked }: Examined): Promise<TraceRule> {
  return (await findSpent(needs, { clientId: registered.service.clientId, known: asked.known })).rule;
}

const codeSchema = z.object({ redirectUri: z.string().optional(), codeChallenge: z.string().optional() });

function findBindingRule(examined: Examined): TraceRule | undefined {
  const { hasProof, oidc } = examined;
  const { client } = oidc;
  if (client?.tlsClientCertificateBoundAccessTokens === true) {
    return findCertificateRule(examined);
  }
  return client?.dpopBoundAccessTokens === true && !hasProof ? 'dpop/missing' : undefined;
}

/** For a code that was not used and has not run out: what of it was not repeated. */
function findCodeRule(examined: Examined, stored: string): TraceRule {
  const code = codeSchema.parse(JSON.parse(stored));
  if (code.codeChallenge !== undefined && !isGiven(examined, 'code_verifier')) {
    return 'pkce/verifier-missing';
  }
  if (code.codeChallenge !== undefined && code.codeChallenge !== toChallenge(findText(examined, 'code_verifier'))) {
    return 'pkce/mismatch';
  }
  if (code.redirectUri !== findText(examined, 'redirect_uri')) {
    return 'code/redirect-uri';
  }
  return findBindingRule(examined) ?? 'code/ended';
}

async function findGrantRule(needs: RuleNeeds, examined: Examined): Promise<TraceRule> {
  const { registered, asked } = examined;
  const { rule, code } = await findSpent(needs, { clientId: registered.service.clientId, known: asked.known });
  return code === undefined ? rule : findCodeRule(examined, code);
}

/** These descriptions are ours, stable, and part of what services are told; no other words of the engine are read. */
const rulesByAnswer: Readonly<Record<AnswerWord, TraceRule>> = {
  consent_refused: 'person/refused',
  consent_deferred: 'person/deferred',
  sign_in_left: 'person/left',
  level_too_low: 'level/too-low',
  level_not_reached: 'level/not-reached',
  another_person: 'person/another',
  not_signed_in: 'person/not-signed-in',
  sign_in_too_old: 'person/sign-in-too-old',
  fresh_sign_in_asked: 'person/fresh-sign-in-asked',
  higher_level_needed: 'level/higher-needed',
  not_confirmed: 'person/not-confirmed',
  decision_needed: 'person/decision-due',
  provider_unavailable: 'server/failed',
  provider_defect: 'server/failed',
};

function isAnswerWord(words: string | null): words is AnswerWord {
  return words !== null && Object.hasOwn(rulesByAnswer, words);
}

const plainRules: Readonly<Record<string, TraceRule>> = {
  invalid_redirect_uri: 'redirect-uri/unregistered',
  invalid_scope: 'scope/refused',
  invalid_target: 'resource/refused',
  invalid_request_uri: 'par/unusable',
  request_uri_not_supported: 'request-object/refused',
  unsupported_response_type: 'response-type/refused',
  unsupported_response_mode: 'response-mode/refused',
  unsupported_grant_type: 'grant/unsupported',
  unauthorized_client: 'grant/unregistered',
  login_required: 'person/not-signed-in',
  interaction_required: 'person/not-signed-in',
  account_selection_required: 'person/not-confirmed',
  consent_required: 'person/decision-due',
  unmet_authentication_requirements: 'level/not-reached',
  invalid_dpop_proof: 'dpop/refused',
  use_dpop_nonce: 'dpop/nonce-needed',
  insufficient_scope: 'token/scope',
  temporarily_unavailable: 'server/failed',
  server_error: 'server/failed',
};

async function findObjectRule({ issuer, clock }: RuleNeeds, examined: Examined): Promise<TraceRule> {
  const { registered, keys } = examined;
  return examineObject(findText(examined, 'request'), { issuer, nowSeconds: Math.floor(clock.now() / 1000), registered, keys });
}

type Find = (needs: RuleNeeds, examined: Examined) => Promise<TraceRule> | TraceRule;

const finders: Readonly<Record<string, Find>> = {
  invalid_request: (_needs, examined) => findRequestRule(examined),
  invalid_client: findClientRule,
  invalid_grant: findGrantRule,
  invalid_token: findTokenRule,
  invalid_request_object: findObjectRule,
  request_not_supported: findObjectRule,
  access_denied: () => 'person/refused',
};

export async function findRule(needs: RuleNeeds, examined: Examined): Promise<TraceRule> {
  const { error, words } = examined.refusal;
  if (isAnswerWord(words)) {
    return rulesByAnswer[words];
  }
  // An assertion is looked at before anything else, so that what came before and is refused later was the proof.
  if (examined.isReplay) {
    return error === 'invalid_client' ? 'assertion/replayed' : 'dpop/replayed';
  }
  return (await finders[error]?.(needs, examined)) ?? plainRules[error] ?? 'request/refused';
}
