// Where a request allows no page (`prompt=none`) and this provider fails, the service has to hear it: nobody is there to read a page. With a page, the person
// reads what happened and finds the reference, and nothing goes to the service that could be taken for an answer of the person.

import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { requestAnswers } from './request-answers.ts';

type Oidc = InstanceType<Provider['OIDCContext']>;

/** A request whose answer would have been an address. */
const returnSchema = z.object({ redirect_uri: z.string(), response_mode: z.literal('query').optional(), state: z.string().optional() });

type Return = z.output<typeof returnSchema>;

function findSilentReturn({ client, params, prompts, route }: Oidc): Return | undefined {
  const parsed =
    ['authorization', 'resume'].includes(route) && prompts.has('none') ? returnSchema.safeParse({ ...params }).data : undefined;
  // The address was looked at before anything could fail, and is looked at again: an error may lead nowhere else (RFC 9700 §4.11).
  return parsed !== undefined && client?.redirectUriAllowed(parsed.redirect_uri) === true ? parsed : undefined;
}

function toAddress({ redirect_uri: redirectUri, state }: Return, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(state === undefined ? answer : { ...answer, state })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/** The address that a failed answer is replaced by; undefined where a page stays. */
export function findFailureAnswer(provider: Provider, ctx: Context): string | undefined {
  const oidc: unknown = ctx['oidc'];
  const back = ctx.status >= 500 && oidc instanceof provider.OIDCContext ? findSilentReturn(oidc) : undefined;
  if (back === undefined) {
    return undefined;
  }
  const word = ctx.status === 503 ? 'provider_unavailable' : 'provider_defect';
  return toAddress(back, { error: requestAnswers[word].error, error_description: word, iss: provider.issuer });
}
