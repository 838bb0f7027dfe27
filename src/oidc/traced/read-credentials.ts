// How a service said who it is, without what proved it: the way alone, and the name that it gave.

import { decodeJwt } from 'jose';
import type { OIDCContext } from 'oidc-provider';
import type { Context } from 'koa';

export type Credentials = {
  readonly way: 'none' | 'basic' | 'secret-in-body' | 'assertion' | 'several' | 'unreadable';
  /** As the service names itself; believed by nobody. */
  readonly clientId: string | undefined;
  readonly assertion: string | undefined;
};

const longestName = 200;

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toName(value: unknown): string | undefined {
  const text = toText(value);
  return text === undefined || text.length > longestName ? undefined : text;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** RFC 6749 §2.3.1: each half is form-encoded. Undefined when the header is of another scheme or cannot be read. */
function parseBasic(header: string): string | undefined {
  const [scheme = '', encoded = '', ...rest] = header.split(' ');
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return scheme.toLowerCase() === 'basic' && rest.length === 0 && text.includes(':')
    ? toName(decode(text.slice(0, text.indexOf(':'))))
    : undefined;
}

function findSubject(assertion: string): string | undefined {
  try {
    return toName(decodeJwt(assertion).sub);
  } catch {
    return undefined;
  }
}

type Sent = { readonly header: string | undefined; readonly secret: string | undefined; readonly assertion: string | undefined };

function findWay({ header, secret, assertion }: Sent): Credentials['way'] {
  const count = [header, secret, assertion].filter((part) => part !== undefined).length;
  if (count !== 1) {
    return count === 0 ? 'none' : 'several';
  }
  if (header !== undefined) {
    return parseBasic(header) === undefined ? 'unreadable' : 'basic';
  }
  return secret === undefined ? 'assertion' : 'secret-in-body';
}

export function readCredentials(oidc: OIDCContext, ctx: Pick<Context, 'get'>): Credentials {
  const sent: Readonly<Record<string, unknown>> = { ...oidc.params, ...oidc.body };
  const header = toText(ctx.get('authorization'));
  const assertion = toText(sent['client_assertion']);
  const way = findWay({ header, secret: toText(sent['client_secret']), assertion });
  const named = [toName(sent['client_id']), header && parseBasic(header), assertion && findSubject(assertion)];
  return { way, clientId: named.find((name) => name !== undefined), assertion };
}
