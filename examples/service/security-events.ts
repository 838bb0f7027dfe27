// What a service does when somebody takes something back: it checks the security event token (RFC 8417, pushed as RFC 8935 says), deletes what only the consent
// allowed, and answers for it. The token is taken at once; the answer follows on its own, so that a slow clean-up makes nobody wait.

import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Context } from 'koa';
import type { Provider } from './provider.ts';
import { findMember } from './read-json.ts';
import type { Settings } from './settings.ts';

type Told = {
  readonly subject: string;
  readonly purpose: string;
  /** `consent-withdrawn`, `consent-narrowed` and so on. */
  readonly event: string;
  /** Where an answer is owed. */
  readonly answerEndpoint: string | undefined;
};

export type ReceiverNeeds = {
  readonly settings: Settings;
  readonly provider: Provider;
  /** Deletes what is kept of this person; with a law that says otherwise, a service answers `kept_by_law` and names it. */
  readonly forget: (subject: string) => void;
};

const limitBytes = 20_000;

async function readToken(ctx: Context): Promise<string> {
  let text = '';
  for await (const chunk of ctx.req.setEncoding('ascii')) {
    text += String(chunk);
    if (text.length > limitBytes) {
      ctx.throw(413);
    }
  }
  return text;
}

function findText(value: unknown, name: string): string | undefined {
  const member = findMember(value, name);
  return typeof member === 'string' ? member : undefined;
}

function toTold(payload: JWTPayload): Told {
  const events = payload['events'];
  const [uri = '', details] = typeof events === 'object' && events !== null ? (Object.entries(events)[0] ?? []) : [];
  return {
    subject: findText(payload['sub_id'], 'sub') ?? '',
    purpose: findText(details, 'purpose') ?? '',
    event: uri.replace('urn:huwiya:event:', ''),
    answerEndpoint: findText(details, 'answer_endpoint'),
  };
}

const claimErrors: Readonly<Record<string, string>> = { aud: 'invalid_audience', iss: 'invalid_issuer' };

/** The error of the registry of RFC 8935 §7.1 that says most. */
function toRefusal(error: unknown): { readonly err: string; readonly description: string } {
  const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : '';
  return {
    err: claimErrors[claim] ?? 'invalid_key',
    description: error instanceof errors.JOSEError ? error.code : 'not a security event token',
  };
}

async function act({ settings, provider, forget }: ReceiverNeeds, { subject, event, answerEndpoint }: Told): Promise<void> {
  if (event === 'consent-paused' || event === 'consent-resumed') {
    return;
  }
  forget(subject);
  // An answer goes to the provider that asked, whatever a token says.
  if (answerEndpoint !== undefined && new URL(answerEndpoint).origin === settings.issuer.origin) {
    await provider.answer(answerEndpoint, { answer: 'erased' });
  }
}

export function createReceiver(needs: ReceiverNeeds): (ctx: Context) => Promise<void> {
  const { settings } = needs;
  const keys = createRemoteJWKSet(new URL('/jwks', settings.issuer));
  const expected = { issuer: settings.issuer.origin, audience: settings.profile.clientId, typ: 'secevent+jwt', algorithms: ['ES256'] };
  // The same token may come twice: it is taken twice and acted on once.
  const seen = new Set<string>();
  return async (ctx) => {
    try {
      const { payload } = await jwtVerify(await readToken(ctx), keys, expected);
      ctx.status = 202;
      if (payload.jti !== undefined && !seen.has(payload.jti)) {
        seen.add(payload.jti);
        void act(needs, toTold(payload)).catch((error: unknown) => console.error(`no answer was given: ${String(error)}`));
      }
    } catch (error) {
      ctx.status = 400;
      ctx.body = toRefusal(error);
    }
  };
}
