// Where a request allows no page (`prompt=none`) and this provider fails, the service has to hear it: nobody is there to read a page. With a page, the person
// reads what happened and finds the reference, and nothing goes to the service that could be taken for an answer of the person.

import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { requestAnswers } from './request-answers.ts';

type Oidc = InstanceType<Provider['OIDCContext']>;

/** A request whose answer would have been an address. */
const returnSchema = z.object({
  redirect_uri: z.string(),
  response_mode: z.enum(['query', 'jwt', 'query.jwt']).default('query'),
  state: z.string().optional(),
});

type Return = z.output<typeof returnSchema>;

function findSilentReturn({ client, params, prompts, route }: Oidc): Return | undefined {
  const parsed =
    ['authorization', 'resume'].includes(route) && prompts.has('none') ? returnSchema.safeParse({ ...params }).data : undefined;
  // The address was looked at before anything could fail, and is looked at again: an error may lead nowhere else (RFC 9700 §4.11).
  return parsed !== undefined && client?.redirectUriAllowed(parsed.redirect_uri) === true ? parsed : undefined;
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
  const back = findSilentReturn(oidc);
  if (back === undefined) {
    return undefined;
  }
  const answer = toAnswer(ctx, back, provider.issuer);
  const sent = back.response_mode === 'query' ? answer : await findSigned(provider, oidc, answer);
  return sent && toAddress(back.redirect_uri, sent);
}
