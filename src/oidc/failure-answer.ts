// Where a request allows no page (`prompt=none`) and this provider fails, the service has to hear it: nobody is there to read a page. With a page, the person
// reads what happened and finds the reference, and nothing goes to the service that could be taken for an answer of the person.

import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { requestAnswers } from './request-answers.ts';

type Oidc = InstanceType<Provider['OIDCContext']>;

/** A request that allows no page, and whose answer would have been an address. */
const returnSchema = z.object({
  prompt: z.string().refine((prompt) => prompt.split(' ').includes('none')),
  redirect_uri: z.string(),
  response_mode: z.enum(['query', 'jwt', 'query.jwt']).default('query'),
  state: z.string().optional(),
});

type Return = z.output<typeof returnSchema>;

/**
 * What can fail before the engine has read the request says nothing of it but what stands in the address; and what was pushed or signed stands there beside words
 * that count for nothing (RFC 9101 §6.3, RFC 9126 §4). A request that goes on has nothing in its address.
 */
function findParameters(ctx: Context, { params, route }: Oidc): unknown {
  if (params !== undefined) {
    return { ...params };
  }
  const { request, request_uri: reference } = ctx.query;
  return route === 'authorization' && request === undefined && reference === undefined ? ctx.query : undefined;
}

/** The engine's getters for what a request says throw before it was read: none is touched here. */
function findSilentReturn(ctx: Context, oidc: Oidc): Return | undefined {
  const isSilent = ['authorization', 'resume'].includes(oidc.route);
  const parsed = isSilent ? returnSchema.safeParse(findParameters(ctx, oidc)).data : undefined;
  // The address was mostly looked at before anything could fail, and is looked at here in any case: an error may lead nowhere else (RFC 9700 §4.11).
  return parsed !== undefined && oidc.client?.redirectUriAllowed(parsed.redirect_uri) === true ? parsed : undefined;
}

type Answer = Readonly<Record<string, string>>;

function toAddress(redirectUri: string, answer: Answer): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/** A service that has its answers signed takes no other. Undefined where this node cannot even sign: then a page stays. */
async function findSigned(provider: Provider, { client }: Oidc, answer: Answer): Promise<Answer | undefined> {
  const token = new provider.IdToken({}, { client });
  Object.entries(answer).forEach(([name, value]) => token.set(name, value));
  try {
    return { response: await token.issue({ use: 'authorization' }) };
  } catch {
    return undefined;
  }
}

function toAnswer({ status }: Context, { state }: Return, issuer: string): Answer {
  const word = status === 503 ? 'provider_unavailable' : 'provider_defect';
  return { error: requestAnswers[word].error, error_description: word, iss: issuer, ...(state === undefined ? {} : { state }) };
}

/** The address that a failed answer is replaced by; undefined where a page stays. */
export async function findFailureAnswer(provider: Provider, ctx: Context): Promise<string | undefined> {
  const oidc: unknown = ctx['oidc'];
  if (ctx.status < 500 || !(oidc instanceof provider.OIDCContext)) {
    return undefined;
  }
  const back = findSilentReturn(ctx, oidc);
  if (back === undefined) {
    return undefined;
  }
  const answer = toAnswer(ctx, back, provider.issuer);
  const sent = back.response_mode === 'query' ? answer : await findSigned(provider, oidc, answer);
  return sent && toAddress(back.redirect_uri, sent);
}
