// What discovery says beyond what the engine says by itself (OpenID Connect Discovery 1.0 §3), and what the engine says and this provider does not do.

import type { Context, Next } from 'koa';
import type { Configuration, Provider } from 'oidc-provider';

/** In the order of preference of the provider; Arabic is the original. */
const languages = ['ar', 'en'];

export const addedDiscovery: NonNullable<Configuration['discovery']> = {
  // The engine's own delivery would hold up whoever signs out and forget who was not there: the outbox delivers (ADR-0042).
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  claim_types_supported: ['normal'],
  claims_locales_supported: languages,
  // The pages are made for every width, for fingers and for keys; each value gets the same page.
  display_values_supported: ['page', 'popup', 'touch', 'wap'],
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  ui_locales_supported: languages,
};

function isDocument(body: unknown): body is { response_modes_supported: readonly string[] } {
  return typeof body === 'object' && body !== null && 'response_modes_supported' in body && Array.isArray(body.response_modes_supported);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** A code never travels in a fragment: no class of service may ask for it, so it is not offered (the engine names it always). What there is none of is left out (RFC 8414 §3.2). */
export function correctDiscovery(provider: Provider) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const oidc: unknown = ctx['oidc'];
    const body: unknown = ctx.body;
    if (oidc instanceof provider.OIDCContext && oidc.route === 'discovery' && isDocument(body)) {
      const modes = body.response_modes_supported.filter((mode) => !mode.startsWith('fragment'));
      const named = Object.entries(body).filter(([, value]) => !isEmpty(value));
      ctx.body = { ...Object.fromEntries(named), response_modes_supported: modes };
    }
  };
}
