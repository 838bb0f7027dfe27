// Whether a message of HTTP is an ordinary one, and what is read off it before anything else has looked at it (ADR-0112). Whatever the edge would look at twice is not
// ordinary. Must never refuse anything.

import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { CookieKeys } from '../../oidc/cookie-keys.ts';
import { cameByCertificateDoor } from '../client-certificates.ts';

export type Front = { readonly host: string; readonly isSecure: boolean; readonly trustedHops: number };

const unusual: ReadonlySet<string> = new Set([
  'dpop',
  'expect',
  'origin',
  'transfer-encoding',
  'upgrade',
  'x-huwiya-token',
  'x-forwarded-host',
]);

const single: ReadonlySet<string> = new Set(['authorization', 'content-length', 'content-type', 'cookie', 'host', 'x-forwarded-proto']);

function hasPlainHeaders({ rawHeaders }: IncomingMessage): boolean {
  const seen = new Set<string>();
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]?.toLowerCase() ?? '';
    if (unusual.has(name) || seen.has(name)) {
      return false;
    }
    if (single.has(name)) {
      seen.add(name);
    }
  }
  return true;
}

/** Over TLS where the issuer is: as far as here, or to the proxy that says so. */
function isProtected({ headers, socket }: IncomingMessage, { isSecure, trustedHops }: Front): boolean {
  return !isSecure || (trustedHops > 0 ? headers['x-forwarded-proto'] === 'https' : socket instanceof TLSSocket);
}

export function isPlainMessage(request: IncomingMessage, front: Front): boolean {
  return hasPlainHeaders(request) && request.headers.host === front.host && isProtected(request, front) && !cameByCertificateDoor(request);
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}

/** The value of the one cookie of this name. */
function findCookie(cookies: readonly string[], name: string): string | undefined {
  const found = cookies.filter((cookie) => cookie.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}

/** Of a cookie that was signed with the first key: what an older one signed is signed anew on the long way. */
export function findSignedCookie({ headers }: IncomingMessage, keys: CookieKeys, name: string): string | undefined {
  const cookies = headers.cookie?.split('; ') ?? [];
  const [value, signature] = [findCookie(cookies, name), findCookie(cookies, `${name}.sig`)];
  return value !== undefined && signature !== undefined && keys.index(`${name}=${value}`, signature) === 0 ? value : undefined;
}

const formType = /^application\/x-www-form-urlencoded(?:; ?charset=utf-8)?$/i;
const mostFormBytes = 8192;

/** A form that came with its headers. It stays to be read by whoever answers in the end. */
export async function peekForm(request: IncomingMessage): Promise<string | undefined> {
  const length = Number(request.headers['content-length']);
  if (!formType.test(request.headers['content-type'] ?? '') || !(length > 0 && length <= mostFormBytes)) {
    return undefined;
  }
  // What came in the same packet is there once the headers have been handled.
  await Promise.resolve();
  const bytes: unknown = request.readableLength === length ? request.read() : undefined;
  if (!Buffer.isBuffer(bytes)) {
    return undefined;
  }
  request.unshift(bytes);
  return bytes.toString('utf8');
}
