// What the developers of a service may learn of a request of the protocol: where it went, how far it came, which rule refused it, and what was asked. Owns the
// line between that and everything else that was sent.

import type { Context } from 'koa';
import type { OIDCContext, Provider } from 'oidc-provider';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import type { FrameworkNeeds } from '../../domain/proofing/find-frameworks.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import type { TraceEndpoint, TraceFact, TraceStep } from '../../domain/traces/trace.ts';
import { takesRequestObjects } from '../../domain/agencies/class-rules.ts';
import { readKeys, readText } from '../../domain/agencies/proposal.ts';
import type { EngineAdapterNeeds } from '../adapter.ts';
import type { CertificateSource } from '../certificates.ts';
import { describeJwt, describeKeys } from './examine-jwt.ts';
import { describeParameters, readParameters } from './describe-request.ts';
import type { AskedParameters } from './describe-request.ts';
import { listenToEngine } from './engine-refusals.ts';
import type { EngineRefusal } from './engine-refusals.ts';
import type { Examined } from './examined.ts';
import { findRule } from './find-rule.ts';
import type { RuleNeeds } from './find-rule.ts';
import { asksMore, findDropped } from './find-dropped.ts';
import { findOwnerOfToken } from './find-spent.ts';
import { nameFailure } from './name-failure.ts';
import type { Failure, FailureNeeds } from './name-failure.ts';
import { readCredentials } from './read-credentials.ts';
import type { Credentials } from './read-credentials.ts';

export type TracedNeeds = RuleNeeds &
  FailureNeeds &
  FrameworkNeeds &
  Pick<EngineAdapterNeeds, 'findKeys'> & { readonly certificates: CertificateSource | undefined };

export type TracedRefusal = {
  readonly rule: TraceRule;
  readonly error: string;
  readonly detail: string | null;
  readonly asked: readonly TraceFact[];
};

export type TracedRequests = {
  readonly findEndpoint: (ctx: Context) => TraceEndpoint | undefined;
  readonly findStep: (ctx: Context) => TraceStep | undefined;
  readonly findRefusal: (ctx: Context) => EngineRefusal | undefined;
  /** The service that a refused request names, or whose token it brought. What it names MUST be looked up before it is believed to be one. */
  readonly findNamed: (ctx: Context) => Promise<string | undefined>;
  /** Whether the service proved that the request is its own, or a person who signed in sent it; anybody can send any other. */
  readonly isProven: (ctx: Context) => boolean;
  readonly examine: (
    ctx: Context,
    registered: RegisteredService,
    refusal: EngineRefusal & Pick<Examined, 'isReplay'>,
  ) => Promise<TracedRefusal>;
  /** Whether a request that goes well may have asked for something in vain, which `findDropped` then names. */
  readonly asksMore: (ctx: Context) => boolean;
  readonly findDropped: (ctx: Context, registered: RegisteredService) => Promise<readonly TraceFact[]>;
  /** The same of a request that the engine did not refuse, and that could not be written. */
  readonly examineFailure: (ctx: Context, registered: RegisteredService, failure: Failure) => Promise<TracedRefusal>;
};

const endpoints: Readonly<Record<string, TraceEndpoint>> = {
  authorization: 'authorization',
  resume: 'authorization',
  pushed_authorization_request: 'pushed-request',
  token: 'token',
  userinfo: 'userinfo',
  introspection: 'introspection',
  revocation: 'revocation',
  end_session: 'sign-out',
  end_session_confirm: 'sign-out',
};

const authenticated: ReadonlySet<string> = new Set(['pushed_authorization_request', 'token', 'introspection', 'revocation']);

function hasHolder({ entities }: OIDCContext): boolean {
  return entities.RefreshToken !== undefined || entities.AccessToken !== undefined;
}

function isOwnRequest(oidc: OIDCContext, refusal: EngineRefusal | undefined): boolean {
  if (oidc.route === 'resume') {
    return oidc.session?.accountId !== undefined;
  }
  const { Client: client } = oidc.entities;
  const isBelieved = authenticated.has(oidc.route) && refusal?.error !== 'invalid_client';
  return hasHolder(oidc) || (isBelieved && client !== undefined && client.clientAuthMethod !== 'none');
}

/** Of an Authorization header, or of the body of a form. */
function findToken(oidc: OIDCContext, ctx: Context): string | undefined {
  const [, token] = /^(?:bearer|dpop) ([\w-]{20,200})$/i.exec(ctx.get('authorization')) ?? [];
  const sent: unknown = oidc.body?.['access_token'];
  return token ?? (typeof sent === 'string' ? sent : undefined);
}

const authentications: Readonly<Record<Credentials['way'], Pick<TraceFact, 'value' | 'note'>>> = {
  none: { value: null, note: 'absent' },
  basic: { value: 'client_secret_basic', note: null },
  'secret-in-body': { value: 'client_secret_post', note: null },
  assertion: { value: 'private_key_jwt', note: null },
  several: { value: null, note: 'twice' },
  unreadable: { value: null, note: 'unreadable' },
};

const shortestQuoted = 4;
const longestDetail = 200;

/** The engine's words without anything that was sent, unless it is kept anyway because a specification or the register knows it: a text that quotes more is not kept at all. */
function toDetail(words: string | null, { asked, facts }: Pick<Looked, 'asked' | 'facts'>, ctx: Context): string | null {
  const kept = new Set(facts.map(({ value }) => value));
  const sent = [...asked.known.values(), ctx.get('origin'), ...Object.values(ctx.query)]
    .flat()
    .filter((value) => typeof value === 'string')
    .filter((value) => !kept.has(value));
  const isQuoting = sent.some((value) => value.length >= shortestQuoted && words?.includes(value));
  return words === null || isQuoting ? null : words.replaceAll(/[^\x20-\x7E]/g, ' ').slice(0, longestDetail);
}

/** What was really sent: a later part of the answer may have named the error more closely. */
function toError(ctx: Context, refusal: EngineRefusal): string {
  const body: unknown = ctx.body;
  const sent: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined;
  return typeof sent === 'string' && /^[a-z_]{3,60}$/.test(sent) ? sent : refusal.error;
}

const unknown = (error: string): TracedRefusal => ({ rule: 'request/refused', error, detail: null, asked: [] });

type Read = { readonly oidc: OIDCContext; readonly ctx: Context };

/** A token in a header stands among the parameters, so that what became of it can be found. */
function readAsked({ oidc, ctx }: Read): AskedParameters {
  const asked = readParameters({ body: oidc.body, params: oidc.params, ctx });
  const token = oidc.route === 'userinfo' ? findToken(oidc, ctx) : undefined;
  return token === undefined ? asked : { ...asked, known: new Map([...asked.known, ['access_token', token]]) };
}

/** Undefined where they are published and cannot be read. What was read a moment ago is not read again. */
async function findServiceKeys({ findKeys }: TracedNeeds, { metadata }: RegisteredService['service']): Promise<Examined['keys']> {
  const address = readText(metadata, 'jwks_uri');
  return address === undefined ? readKeys(metadata) : findKeys(address);
}

const takesObjects = ({ service: { serviceClass, metadata } }: RegisteredService): boolean => takesRequestObjects(serviceClass, metadata);

type Looked = Pick<Examined, 'asked' | 'credentials' | 'keys'> & { readonly facts: readonly TraceFact[] };

async function lookAt(needs: TracedNeeds, { oidc, ctx }: Read, registered: RegisteredService): Promise<Looked> {
  const asked = readAsked({ oidc, ctx });
  const credentials = readCredentials(oidc, ctx);
  const { assertion } = credentials;
  const request = asked.known.get('request');
  const isSigned = assertion !== undefined || typeof request === 'string';
  const keys = isSigned ? await findServiceKeys(needs, registered.service) : [];
  const jwtNeeds = { issuer: needs.issuer, nowSeconds: Math.floor(needs.clock.now() / 1000), registered, keys };
  const signed = [
    ...(isSigned ? describeKeys(jwtNeeds) : []),
    ...(assertion === undefined ? [] : describeJwt('client_assertion', { text: assertion, owners: ['iss', 'sub'] }, jwtNeeds)),
    // Of one that is not looked at, nothing that stands here was sent.
    ...(typeof request === 'string' && takesObjects(registered)
      ? describeJwt('request', { text: request, owners: ['iss', 'client_id'] }, jwtNeeds)
      : []),
  ];
  const way = authenticated.has(oidc.route) ? [{ name: 'authentication', ...authentications[credentials.way] }] : [];
  return { asked, credentials, keys, facts: [...describeParameters(asked, registered), ...way, ...signed] };
}

async function examine(
  needs: TracedNeeds,
  { oidc, ctx }: Read,
  of: Pick<Examined, 'registered' | 'refusal' | 'isReplay'>,
): Promise<TracedRefusal> {
  const looked = await lookAt(needs, { oidc, ctx }, of.registered);
  const hasCertificate = needs.certificates?.find(ctx.req) !== undefined;
  const rule = await findRule(needs, { ...of, ...looked, oidc, hasCertificate, hasProof: ctx.get('dpop') !== '' });
  return { rule, error: toError(ctx, of.refusal), detail: toDetail(of.refusal.words, looked, ctx), asked: looked.facts };
}

async function examineFailure(
  needs: TracedNeeds,
  { oidc, ctx }: Read,
  { registered, failure }: { readonly registered: RegisteredService; readonly failure: Failure },
): Promise<TracedRefusal> {
  const { facts, asked, credentials } = await lookAt(needs, { oidc, ctx }, registered);
  const rule = await nameFailure(needs, failure, { known: asked.known, hasAssertion: credentials.assertion !== undefined });
  return { rule, error: toError(ctx, { error: 'store/conflict', words: null }), detail: null, asked: facts };
}

export function createTracedRequests(provider: Provider, needs: TracedNeeds): TracedRequests {
  const notes = listenToEngine(provider);
  const find = (ctx: Context): OIDCContext | undefined => {
    const oidc: unknown = ctx['oidc'];
    return oidc instanceof provider.OIDCContext ? oidc : undefined;
  };
  return {
    findEndpoint: (ctx) => endpoints[find(ctx)?.route ?? ''],
    findStep: (ctx) => notes.findStep(ctx) ?? (find(ctx)?.route === 'userinfo' && ctx.status === 200 ? 'userinfo' : undefined),
    findRefusal: notes.findRefusal,
    findNamed: async (ctx) => {
      const oidc = find(ctx);
      if (oidc === undefined) {
        return undefined;
      }
      const token = oidc.route === 'userinfo' ? findToken(oidc, ctx) : undefined;
      return oidc.client?.clientId ?? (token === undefined ? readCredentials(oidc, ctx).clientId : findOwnerOfToken(needs, token));
    },
    isProven: (ctx) => {
      const oidc = find(ctx);
      return oidc !== undefined && isOwnRequest(oidc, notes.findRefusal(ctx));
    },
    asksMore: (ctx) => {
      const oidc = find(ctx);
      return oidc !== undefined && asksMore({ oidc, ctx });
    },
    findDropped: async (ctx, registered) => {
      const oidc = find(ctx);
      return oidc === undefined ? [] : findDropped(needs, { oidc, ctx }, registered);
    },
    examine: async (ctx, registered, { isReplay, ...refusal }) => {
      const oidc = find(ctx);
      return oidc === undefined ? unknown(refusal.error) : examine(needs, { oidc, ctx }, { registered, refusal, isReplay });
    },
    examineFailure: async (ctx, registered, failure) => {
      const oidc = find(ctx);
      return oidc === undefined ? unknown('store/conflict') : examineFailure(needs, { oidc, ctx }, { registered, failure });
    },
  };
}
