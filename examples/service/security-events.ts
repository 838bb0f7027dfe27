// What a service does when somebody takes something back: it checks the security event token (RFC 8417, pushed as RFC 8935 says), deletes what only the consent
// allowed, and answers for it. The token is taken at once; the answer follows on its own, so that a slow clean-up makes nobody wait.

import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Context } from 'koa';
import type { Provider } from './provider.ts';
import { findMember } from './read-json.ts';
import type { Settings } from './settings.ts';
import { toEffect } from './taken-back.ts';
import type { TakenBack } from './taken-back.ts';

export type Told = TakenBack & {
  readonly record: string;
  readonly version: number;
  /** Where an answer is owed. */
  readonly answerEndpoint: string | undefined;
};

export type ReceiverNeeds = {
  readonly settings: Settings;
  readonly provider: Pick<Provider, 'answer'>;
  /** Deletes what may no longer be kept; with a law that says otherwise, a service answers `kept_by_law` and names it. */
  readonly takeBack: (back: TakenBack) => void;
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

function readText(value: unknown, name: string): string {
  return findText(value, name) ?? '';
}

function listNames(value: unknown, name: string): readonly string[] {
  const member = findMember(value, name);
  return Array.isArray(member) ? member.filter((item) => typeof item === 'string') : [];
}

function toTold(payload: JWTPayload): Told {
  const events = payload['events'];
  const [uri = '', details] = typeof events === 'object' && events !== null ? (Object.entries(events)[0] ?? []) : [];
  const standing = listNames(details, 'standing');
  return {
    subject: readText(payload['sub_id'], 'sub'),
    purpose: readText(details, 'purpose'),
    event: uri.replace('urn:huwiya:event:', ''),
    // What stands may be used, whatever has ended: somebody may take out one detail and agree to the others in the same act.
    ended: listNames(details, 'attributes').filter((name) => !standing.includes(name)),
    record: readText(details, 'record'),
    version: Number(findMember(details, 'version') ?? 0),
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

async function act({ settings, provider, takeBack }: ReceiverNeeds, told: Told): Promise<void> {
  const { answerEndpoint } = told;
  takeBack(told);
  // An answer goes to the provider that asked, whatever a token says.
  if (answerEndpoint !== undefined && new URL(answerEndpoint).origin === settings.issuer.origin) {
    await provider.answer(answerEndpoint, { answer: 'erased' });
  }
}

/** A pause that comes after its own end would never end. What takes something back is always acted on: an answer is owed for it. */
function createOrder(): (told: Told) => boolean {
  const latest = new Map<string, number>();
  return (told) => {
    const { record, version } = told;
    const isOvertaken = version < (latest.get(record) ?? 0);
    latest.set(record, Math.max(version, latest.get(record) ?? 0));
    return !isOvertaken || ['narrow', 'end'].includes(toEffect(told));
  };
}

export function createReceiver(needs: ReceiverNeeds): (ctx: Context) => Promise<void> {
  const { settings } = needs;
  const keys = createRemoteJWKSet(new URL('/jwks', settings.issuer));
  const expected = { issuer: settings.issuer.origin, audience: settings.profile.clientId, typ: 'secevent+jwt', algorithms: ['ES256'] };
  // The same token may come twice: it is taken twice and acted on once.
  const seen = new Set<string>();
  const isTimely = createOrder();
  return async (ctx) => {
    try {
      const { payload } = await jwtVerify(await readToken(ctx), keys, expected);
      ctx.status = 202;
      if (payload.jti !== undefined && !seen.has(payload.jti)) {
        seen.add(payload.jti);
        const told = toTold(payload);
        if (isTimely(told)) {
          void act(needs, told).catch((error: unknown) => console.error(`no answer was given: ${String(error)}`));
        }
      }
    } catch (error) {
      ctx.status = 400;
      ctx.body = toRefusal(error);
    }
  };
}
