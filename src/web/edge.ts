// The first thing every request meets: its host must be the issuer's, because endpoints and audiences are derived from it (security finding M3).

import type { Context, Next } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';
import type { CertificateSource } from '../oidc/certificates.ts';
import { cameByCertificateDoor } from './client-certificates.ts';
import { isProgramPath } from './program-paths.ts';
import { setSecurityHeaders } from './security-headers.ts';

export type EdgeNeeds = {
  readonly issuer: string;
  readonly isSecure: boolean;
  readonly trustedHops: number;
  readonly certificates: Pick<CertificateSource, 'url' | 'isBehindProxy'> | undefined;
};

function assertHost(ctx: Context, needs: EdgeNeeds, expected: string): void {
  const hosts = ctx.req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length !== 1 || ctx.req.headers.host !== expected) {
    throw new Fault('request/wrong-host', 'host is not that of the issuer');
  }
  // RFC 9112 §3.2.2: a target in absolute form names a host of its own, which the engine would believe.
  if (!(ctx.req.url ?? '').startsWith('/')) {
    throw new Fault('request/wrong-host', 'the target is not a path');
  }
  const forwarded = toList(ctx.get('x-forwarded-host'));
  if (needs.trustedHops > 0 && forwarded.some((host) => host !== expected)) {
    throw new Fault('request/wrong-host', 'forwarded host is not that of the issuer');
  }
}

function toList(header: string): readonly string[] {
  return header === '' ? [] : header.split(',').map((item) => item.trim());
}

/**
 * The engine believes the first word of the list, which whoever sent the request wrote. What counts is what the outermost proxy of ours added: as many
 * places from the end as there are proxies, or all there is where they hand one word on.
 */
function settleProtocol(ctx: Context, { trustedHops }: EdgeNeeds): void {
  const said = toList(ctx.get('x-forwarded-proto'));
  const trusted = said.at(-Math.min(trustedHops, said.length));
  if (trustedHops > 0 && trusted !== undefined) {
    ctx.req.headers['x-forwarded-proto'] = trusted;
  }
}

// What a browser is sent to, and nothing else: the engine would answer HEAD as GET, with all its effects.
const browserPaths = /^\/(?:auth|session\/end)(?:\/|$)/;

// What services send forms to (RFC 6749 §3.2, RFC 9126 §2.3, RFC 7009 §2.1, RFC 7662 §2.1). OPTIONS asks on behalf of a browser whether it may.
const formPaths: ReadonlySet<string> = new Set(['/request', '/token', '/token/revocation', '/token/introspection']);

function assertMethod(ctx: Context): void {
  if (browserPaths.test(ctx.path) && ctx.method !== 'GET' && ctx.method !== 'POST') {
    ctx.set('Allow', 'GET, POST');
    throw new Fault('request/method', 'this address knows GET and POST');
  }
  if (formPaths.has(ctx.path) && ctx.method !== 'POST' && ctx.method !== 'OPTIONS') {
    ctx.set('Allow', 'POST');
    throw new Fault('request/method', 'this address knows POST');
  }
}

/** RFC 9701 §4: asked for by name at one endpoint. */
const signedAnswer = 'application/token-introspection+jwt';

/** RFC 6749 §5.2, RFC 6750 §3: whoever asks, and whatever they say they accept. A page in its place would lose the status and the challenge. */
function answerProgramsInJson(ctx: Context): void {
  if (isProgramPath(ctx.path) && !ctx.get('accept').includes(signedAnswer)) {
    ctx.req.headers.accept = 'application/json';
  }
}

// Node keeps the first and drops the rest: what stands in front of us may have believed another one.
const singleHeaders: ReadonlySet<string> = new Set(['authorization', 'content-type', 'x-huwiya-token']);

function assertSingleHeaders(ctx: Context): void {
  const names = ctx.req.rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [text.toLowerCase()] : []));
  const seen = names.filter((name) => singleHeaders.has(name));
  if (new Set(seen).size !== seen.length) {
    throw new Fault('request/invalid', 'a header came more than once');
  }
}

/** Every body is read as UTF-8: one that says it is something else was read otherwise by whoever looked at it before us (IN-09). */
function assertCharset({ req, request }: Context): void {
  // To take the header apart costs more than everything else here, and nearly nobody names a character set.
  const named = req.headers['content-type']?.toLowerCase().includes('charset') === true ? request.charset : '';
  if (named !== '' && named.toLowerCase() !== 'utf-8') {
    throw new Fault('request/invalid', 'the body is not in UTF-8');
  }
}

const certifiedPaths = /^\/(?:request|me|token(?:\/(?:introspection|revocation))?)$|^\/(?:agency|audit)\/api\/v1\//;

/**
 * By the door for certificates come programs and nothing else (TK-26). No page is there and nobody is signed in: cookies do not know one port from another.
 * Where TLS ends here no proxy of ours stands in front, and what it would have said was said by the client.
 */
function keepToPrograms(ctx: Context, { certificates }: EdgeNeeds): void {
  const { headers } = ctx.req;
  delete headers.cookie;
  headers.accept = ctx.get('accept').includes(signedAnswer) ? signedAnswer : 'application/json';
  if (certificates?.isBehindProxy !== true) {
    ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'].forEach((name) => delete headers[name]);
  }
}

export function createEdge(needs: EdgeNeeds) {
  const { host } = new URL(needs.issuer);
  const certifiedHost = needs.certificates === undefined ? host : new URL(needs.certificates.url).host;
  return async (ctx: Context, next: Next): Promise<void> => {
    const isCertified = cameByCertificateDoor(ctx.req);
    setSecurityHeaders(ctx, needs.isSecure);
    if (isCertified) {
      keepToPrograms(ctx, needs);
    }
    assertHost(ctx, needs, isCertified ? certifiedHost : host);
    if (isCertified && !certifiedPaths.test(ctx.path)) {
      throw new Fault('request/not-found', 'services come here with certificates, and nobody else');
    }
    settleProtocol(ctx, needs);
    answerProgramsInJson(ctx);
    assertMethod(ctx);
    assertSingleHeaders(ctx);
    assertCharset(ctx);
    await next();
  };
}
