// Pages that the engine makes by itself, in English and with a script of its own: an answer by form (OAuth 2.0 Form Post Response Mode), and steps of its own that need
// a POST. It has no seam for them: a response mode that exists cannot be registered again, and a sign-out and a change of person call the same function directly. So the
// finished page is read, and ours is sent in its place (ADR-0062). What cannot be read as one of them MUST NOT leave.

import type { Context } from 'koa';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isFirstParty } from './clients.ts';
import { toShown } from './logout-pages.ts';
import type { PersonSession } from './person-session.ts';

export type Field = { readonly name: string; readonly value: string };

export type SelfPosting = {
  /** `no-session`: a sign-out that finds nobody signed in. `another-person`: who was signed in leaves, and who signed in now goes on. */
  readonly kind: 'answer' | 'no-session' | 'another-person';
  readonly action: string;
  readonly fields: readonly Field[];
  /** The service that the way leads to; null where it ends on our own pages. */
  readonly clientId: string | null;
  readonly personId: string | undefined;
  readonly uiLocales: string | undefined;
  readonly session: Pick<PersonSession, 'uid' | 'isShared'> | undefined;
  /** Whether its address, asked for once more, makes this page again: a request that goes on does so once. */
  readonly isRepeatable: boolean;
};

type Oidc = KoaContextWithOIDC['oidc'];

const pageForm = /^<!DOCTYPE html>\s<html>[^]*<form method="post" action="([^"]*)">([^]*)<noscript>[^]*<\/html>$/;
const hiddenField = /<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g;

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The five that the engine writes so. */
function toText(escaped: string): string {
  return escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? '');
}

type PageForm = Pick<SelfPosting, 'action' | 'fields'>;

export function readPageForm(document: string): PageForm | undefined {
  const [, action, inner] = pageForm.exec(document) ?? [];
  if (action === undefined || inner === undefined) {
    return undefined;
  }
  const fields = [...inner.matchAll(hiddenField)].map(([, name = '', value = '']) => ({ name: toText(name), value: toText(value) }));
  const isWhole = inner.replaceAll(hiddenField, '').trim() === '';
  return isWhole && fields.length > 0 ? { action: toText(action), fields } : undefined;
}

function findText(record: object | undefined, name: string): string | undefined {
  const value: unknown = record === undefined ? undefined : Reflect.get(record, name);
  return typeof value === 'string' ? value : undefined;
}

type Way = Pick<SelfPosting, 'kind' | 'personId' | 'session' | 'isRepeatable'> & { readonly clientId: string | undefined };

function toAnswer({ client, route, session }: Oidc): Way {
  const isRepeatable = route !== 'resume';
  return { kind: 'answer', clientId: client?.clientId, personId: session?.accountId, session: toShown(session?.uid), isRepeatable };
}

/** Whoever is about to leave is nobody for the page. */
function toChange({ entities }: Oidc): Way {
  const { params, result } = entities.Interaction ?? {};
  const [clientId, personId] = [findText(params, 'client_id'), result?.login?.accountId];
  return { kind: 'another-person', clientId, personId, session: undefined, isRepeatable: true };
}

function toNoSession({ client, params }: Oidc): Way {
  const isReturning = findText(params, 'post_logout_redirect_uri') !== undefined;
  const clientId = isReturning ? client?.clientId : undefined;
  return { kind: 'no-session', clientId, personId: undefined, session: undefined, isRepeatable: true };
}

function findWay(oidc: Oidc, action: string): Way {
  if (action !== oidc.urlFor('end_session_confirm')) {
    return toAnswer(oidc);
  }
  return oidc.route === 'resume' ? toChange(oidc) : toNoSession(oidc);
}

/** Undefined where the answer is no such page. */
export function findSelfPosting(provider: Provider, ctx: Context): SelfPosting | undefined {
  const oidc: unknown = ctx['oidc'];
  const body: unknown = ctx.body;
  const form = typeof body === 'string' ? readPageForm(body) : undefined;
  if (!(oidc instanceof provider.OIDCContext) || form === undefined) {
    return undefined;
  }
  const { clientId, ...way } = findWay(oidc, form.action);
  const uiLocales = findText(oidc.params ?? oidc.entities.Interaction?.params, 'ui_locales');
  return { ...form, ...way, uiLocales, clientId: clientId === undefined || isFirstParty(clientId) ? null : clientId };
}
