// What discovery says beyond what the engine says by itself (OpenID Connect Discovery 1.0 §3), and what the engine says and this provider does not do.

import type { Context, Next } from 'koa';
import type { Configuration, Provider } from 'oidc-provider';
import { vouchedClaimNames } from '../domain/attributes/vouched.ts';
import { checkMethods, documentTypes } from '../domain/proofing/evidence.ts';

/** In the order of preference of the provider; Arabic is the original. */
const languages = ['ar', 'en'];

export const addedDiscovery: NonNullable<Configuration['discovery']> = {
  // The engine's own delivery would hold up whoever signs out and forget who was not there: the outbox delivers (ADR-0042).
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  claim_types_supported: ['normal'],
  claims_in_verified_claims_supported: vouchedClaimNames(),
  claims_locales_supported: languages,
  // The pages are made for every width, for fingers and for keys; each value gets the same page.
  display_values_supported: ['page', 'popup', 'touch', 'wap'],
  // OpenID Connect for Identity Assurance 1.0 §8. The last was a member of its drafts and libraries look for it still (ADR-0074).
  documents_check_methods_supported: checkMethods,
  documents_supported: documentTypes,
  evidence_supported: ['document'],
  verified_claims_supported: true,
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  ui_locales_supported: languages,
};

type Document = { readonly response_modes_supported: readonly string[]; readonly [member: string]: unknown };

function isDocument(body: unknown): body is Document {
  return typeof body === 'object' && body !== null && 'response_modes_supported' in body && Array.isArray(body.response_modes_supported);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const certificateMethods: readonly unknown[] = ['tls_client_auth', 'self_signed_tls_client_auth'];

const aliased = [
  'token_endpoint',
  'pushed_authorization_request_endpoint',
  'userinfo_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
] as const;

/** RFC 8705 §5: where services come with certificates, so that no browser is ever asked for one. */
function toAliases(body: Document, origin: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    aliased.flatMap((member) => {
      const address = body[member];
      return typeof address === 'string' ? [[member, `${origin}${new URL(address).pathname}`]] : [];
    }),
  );
}

/** The engine knows certificates always (see certificates.ts); they are offered where there is a door for them. */
function withoutCertificates({ tls_client_certificate_bound_access_tokens: _bound, ...body }: Document): Document {
  const members = Object.entries(body).map(([name, value]) => {
    const isMethods = name.endsWith('_auth_methods_supported') && Array.isArray(value);
    return [name, isMethods ? value.filter((method) => !certificateMethods.includes(method)) : value] as const;
  });
  return { ...body, ...Object.fromEntries(members) };
}

type Offered = {
  /** Where the door for certificates is. */
  readonly certificateOrigin: string | undefined;
  /** OpenID Connect for Identity Assurance 1.0 §8: issuers come and go while a node runs. */
  readonly listFrameworks: () => Promise<readonly string[]>;
};

/** A code never travels in a fragment: no class of service may ask for it, so it is not offered (the engine names it always). What there is none of is left out (RFC 8414 §3.2). */
export function correctDiscovery(provider: Provider, { certificateOrigin, listFrameworks }: Offered) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const oidc: unknown = ctx['oidc'];
    const body: unknown = ctx.body;
    if (oidc instanceof provider.OIDCContext && oidc.route === 'discovery' && isDocument(body)) {
      const modes = body.response_modes_supported.filter((mode) => !mode.startsWith('fragment'));
      const named = Object.fromEntries(Object.entries(body).filter(([, value]) => !isEmpty(value)));
      const offered = { ...named, response_modes_supported: modes, trust_frameworks_supported: await listFrameworks() };
      ctx.body =
        certificateOrigin === undefined
          ? withoutCertificates(offered)
          : { ...offered, mtls_endpoint_aliases: toAliases(body, certificateOrigin) };
    }
  };
}
