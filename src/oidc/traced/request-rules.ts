// What may be wrong with a request that is refused as invalid, endpoint by endpoint, in the order in which a developer would mend it.

import { classRules } from '../../domain/agencies/class-rules.ts';
import { readTexts } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { isReadableClaims } from '../demanded-level.ts';
import { describeParameters } from './describe-request.ts';
import { findText, isGiven } from './examined.ts';
import type { Examined } from './examined.ts';

type Rule = readonly [rule: TraceRule, isBroken: (examined: Examined) => boolean];

/** Whether the value of this parameter is one that neither the register nor a specification knows. */
const isOdd =
  (name: string) =>
  ({ asked, registered }: Examined): boolean => {
    const [fact] = describeParameters({ known: new Map([[name, asked.known.get(name)]]), unknown: 0 }, registered);
    return asked.known.has(name) && fact?.note !== null && fact?.note !== 'given';
  };

const isMissing =
  (name: string) =>
  (examined: Examined): boolean =>
    !isGiven(examined, name);

function isTwice({ asked }: Examined): boolean {
  return [...asked.known].some(([name, value]) => Array.isArray(value) && name !== 'resource');
}

function lacksPushing({ oidc, registered: { service } }: Examined): boolean {
  const isNeeded =
    service.metadata['require_pushed_authorization_requests'] === true || classRules[service.serviceClass].needsPushedRequests;
  return isNeeded && oidc.route === 'authorization' && oidc.entities.PushedAuthorizationRequest === undefined;
}

function lacksObject(examined: Examined): boolean {
  const { oidc, registered } = examined;
  const isNeeded = registered.service.metadata['require_signed_request_object'] === true;
  return isNeeded && !isGiven(examined, 'request') && oidc.entities.PushedAuthorizationRequest === undefined;
}

function isResponseModeRefused(examined: Examined): boolean {
  const { metadata, serviceClass } = examined.registered.service;
  const registered = readTexts(metadata, 'response_modes');
  const allowed = registered.length > 0 ? registered : classRules[serviceClass].responseModes.standing;
  return !allowed.includes(findText(examined, 'response_mode') ?? 'query');
}

function isPromptRefused(examined: Examined): boolean {
  const words = (findText(examined, 'prompt') ?? '').split(' ');
  return isOdd('prompt')(examined) || (words.length > 1 && words.includes('none'));
}

function lacksOpenid(examined: Examined): boolean {
  return !(findText(examined, 'scope') ?? '').split(' ').includes('openid');
}

const codeForm = /^[\w.~-]{43,128}$/;

const isMisshapen =
  (name: string) =>
  (examined: Examined): boolean =>
    isGiven(examined, name) && !codeForm.test(findText(examined, name) ?? '');

const authorizationRules: readonly Rule[] = [
  ['parameter/twice', isTwice],
  ['par/needed', lacksPushing],
  ['request-object/needed', lacksObject],
  ['redirect-uri/missing', isMissing('redirect_uri')],
  ['response-type/refused', (examined) => findText(examined, 'response_type') !== 'code'],
  ['response-mode/refused', isResponseModeRefused],
  ['prompt/refused', isPromptRefused],
  ['scope/openid-missing', lacksOpenid],
  ['pkce/missing', (examined) => !isGiven(examined, 'code_challenge') && examined.registered.service.serviceClass !== 'legacy'],
  ['pkce/method', (examined) => isGiven(examined, 'code_challenge') && findText(examined, 'code_challenge_method') !== 'S256'],
  ['pkce/form', isMisshapen('code_challenge')],
  ['claims/refused', (examined) => isGiven(examined, 'claims') && !isReadableClaims(findText(examined, 'claims') ?? '')],
  ['max-age/refused', isOdd('max_age')],
  ['purpose/unknown', isOdd('purpose')],
  ['hint/refused', (examined) => isGiven(examined, 'id_token_hint')],
];

const clientRules: readonly Rule[] = [
  ['client/two-ways', ({ credentials }) => credentials.way === 'several'],
  ['client/header-unreadable', ({ credentials }) => credentials.way === 'unreadable'],
];

const grants: ReadonlySet<string> = new Set(['authorization_code', 'refresh_token', 'client_credentials']);

function isGrantUnregistered(examined: Examined): boolean {
  const registered = readTexts(examined.registered.service.metadata, 'grant_types');
  return !(registered.length === 0 ? ['authorization_code'] : registered).includes(findText(examined, 'grant_type') ?? '');
}

const partsOfGrant: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['code', 'redirect_uri'],
  refresh_token: ['refresh_token'],
};

const tokenRules: readonly Rule[] = [
  ...clientRules,
  ['parameter/twice', isTwice],
  ['parameter/missing', isMissing('grant_type')],
  ['grant/unsupported', (examined) => !grants.has(findText(examined, 'grant_type') ?? '')],
  ['grant/unregistered', isGrantUnregistered],
  [
    'parameter/missing',
    (examined) => (partsOfGrant[findText(examined, 'grant_type') ?? ''] ?? []).some((name) => !isGiven(examined, name)),
  ],
  ['pkce/form', isMisshapen('code_verifier')],
];

const signOutRules: readonly Rule[] = [
  ['parameter/twice', isTwice],
  ['sign-out/return-address', isOdd('post_logout_redirect_uri')],
  ['sign-out/hint', (examined) => isGiven(examined, 'id_token_hint')],
];

const rulesByRoute: Readonly<Record<string, readonly Rule[]>> = {
  authorization: authorizationRules,
  pushed_authorization_request: [...clientRules, ...authorizationRules],
  token: tokenRules,
  introspection: [...clientRules, ['parameter/missing', isMissing('token')]],
  revocation: [...clientRules, ['parameter/missing', isMissing('token')]],
  end_session: signOutRules,
};

/** Where the engine goes on with what a person had before them. */
const goingOn: ReadonlySet<string> = new Set(['resume', 'end_session_confirm']);

export function findRequestRule(examined: Examined): TraceRule {
  const { route } = examined.oidc;
  if (goingOn.has(route)) {
    return 'page/expired';
  }
  return rulesByRoute[route]?.find(([, isBroken]) => isBroken(examined))?.[0] ?? 'request/refused';
}
