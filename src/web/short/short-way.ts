// The requests of an ordinary remembered sign-in, answered before anything else looks at them (ADR-0112). What is the least bit otherwise goes on to the application
// as it came. Must never refuse, and never answer anything that the application would not have answered in the same way.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { steadyClock } from '../../domain/kernel/clock.ts';
import type { Published } from '../../domain/keys/key-ring.ts';
import { createCookieKeys } from '../../oidc/cookie-keys.ts';
import { toCookieNames } from '../../oidc/cookie-names.ts';
import { answerRemembered } from '../../oidc/remembered/answer-request.ts';
import { answerUserInfo } from '../../oidc/remembered/answer-userinfo.ts';
import type { UserInfoNeeds } from '../../oidc/remembered/answer-userinfo.ts';
import { exchangeCode } from '../../oidc/remembered/exchange-code.ts';
import type { ExchangeNeeds } from '../../oidc/remembered/exchange-code.ts';
import { createIdTokenSigner } from '../../oidc/remembered/id-token.ts';
import { readPlainExchange, readPlainRequest } from '../../oidc/remembered/plain-request.ts';
import { createReference } from '../reference.ts';
import { toSecurityHeaders } from '../security-headers.ts';
import type { AppNeeds } from '../web.ts';
import { findSignedCookie, hasBody, isPlainMessage, peekForm } from './plain-message.ts';
import { tellAnswer } from './tell-answer.ts';
import type { Told } from './tell-answer.ts';

/** Whether it was answered. */
export type ShortWay = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

type Sent = Omit<Told, 'reference'> & { readonly headers: readonly string[]; readonly body: Buffer };

/** Everything is written by now. */
function send(needs: AppNeeds, response: ServerResponse, { headers, body, ...told }: Sent): true {
  const reference = createReference(needs.random);
  response.writeHead(told.status, [...headers, 'X-Request-Id', reference, 'Content-Length', String(body.length)]).end(body);
  tellAnswer(needs, { ...told, reference });
  return true;
}

const nothing = Buffer.alloc(0);
const toList = (headers: Readonly<Record<string, string>>): readonly string[] => Object.entries(headers).flat();

/** `Vary`, because at these addresses scripts of registered origins are told more. */
const jsonHeaders = ['Vary', 'Origin', 'Content-Type', 'application/json; charset=utf-8'];

function createRequestWay(needs: AppNeeds, own: ExchangeNeeds): ShortWay {
  const [keys, name] = [createCookieKeys(needs.cookieKeys), toCookieNames(needs.isSecure).session];
  const headers = toList(toSecurityHeaders(needs.isSecure));
  const told = { method: 'GET', route: '/auth', endpoint: 'authorization', step: 'code', status: 303 } as const;
  return async (request, response) => {
    const begunAt = steadyClock.now();
    const asked = hasBody(request) ? undefined : readPlainRequest(request.url?.slice('/auth?'.length) ?? '');
    const sessionId = asked && findSignedCookie(request, keys, name);
    const answer = asked && sessionId !== undefined ? await answerRemembered(own, asked, sessionId) : undefined;
    if (answer === undefined) {
      return false;
    }
    const { location, ...of } = answer;
    return send(needs, response, { ...told, ...of, begunAt, headers: [...headers, 'Location', location], body: nothing });
  };
}

function createExchangeWay(needs: AppNeeds, own: ExchangeNeeds): ShortWay {
  const headers = [...toList(toSecurityHeaders(needs.isSecure)), ...jsonHeaders];
  const told = { method: 'POST', route: '/token', endpoint: 'token', step: 'tokens', status: 200, headers } as const;
  return async (request, response) => {
    const begunAt = steadyClock.now();
    const form = await peekForm(request);
    const asked = form === undefined ? undefined : readPlainExchange(form, request.headers.authorization);
    const answer = asked && (await exchangeCode(own, asked));
    return answer !== undefined && send(needs, response, { ...told, ...answer, begunAt, body: Buffer.from(JSON.stringify(answer.body)) });
  };
}

const bearer = /^Bearer ([\w-]{43})$/;

function createUserInfoWay(needs: AppNeeds, own: UserInfoNeeds): ShortWay {
  const headers = [...toList(toSecurityHeaders(needs.isSecure)), ...jsonHeaders];
  const told = { method: 'GET', route: '/me', endpoint: 'userinfo', step: 'userinfo', status: 200, headers } as const;
  return async (request, response) => {
    const begunAt = steadyClock.now();
    const [, token] = bearer.exec(request.headers.authorization ?? '') ?? [];
    const answer = token === undefined || hasBody(request) ? undefined : await answerUserInfo(own, token);
    return answer !== undefined && send(needs, response, { ...told, ...answer, begunAt, body: Buffer.from(JSON.stringify(answer.body)) });
  };
}

type Ways = { readonly askCode: ShortWay; readonly exchange: ShortWay; readonly userInfo: ShortWay };

/** What stands behind a fragment nobody sends, and not everybody reads alike. */
const isAuthorization = (url: string): boolean => url.startsWith('/auth?') && !url.includes('#');

function findWay({ askCode, exchange, userInfo }: Ways, { method, url = '' }: IncomingMessage): ShortWay | undefined {
  if (method === 'POST') {
    return url === '/token' ? exchange : undefined;
  }
  if (method !== 'GET') {
    return undefined;
  }
  return isAuthorization(url) ? askCode : toUserInfo(userInfo, url);
}

const toUserInfo = (way: ShortWay, url: string): ShortWay | undefined => (url === '/me' ? way : undefined);

/** With the keys of one moment, as the application itself. */
export function createShortWay(needs: AppNeeds, { keys: signingKeys }: Published): ShortWay {
  const { artefacts: store, issuer, ring, trustedHops, isSecure } = needs;
  const idTokens = createIdTokenSigner({ issuer, signingKeys, maySign: ring.maySign });
  const own = { ...needs, store, findService: needs.agencies.findService, idTokens };
  const front = { host: new URL(issuer).host, isSecure, trustedHops };
  const ways = { askCode: createRequestWay(needs, own), exchange: createExchangeWay(needs, own), userInfo: createUserInfoWay(needs, own) };
  return async (request, response) => {
    const way = findWay(ways, request);
    // Whoever follows requests in spans sees them on the long way, where the spans are.
    return way !== undefined && needs.spans === undefined && ring.isCurrent() && isPlainMessage(request, front) && way(request, response);
  };
}
