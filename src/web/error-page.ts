// The other translator of errors: a fault becomes a page, or JSON where a program asked. The cause goes to the log under the reference that the page shows.

import type { Context, Next } from 'koa';
import { renderErrorPage, toErrorWords } from '../../views/error.ts';
import type { Texts } from '../../views/messages/messages.ts';
import type { ErrorPage } from '../../views/models.ts';
import { Fault, errorCatalogue } from '../domain/kernel/errors.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import type { Language } from '../domain/people/person.ts';
import { findAskingService, findHomeOf } from './asking-service.ts';
import { createFrame, sendPage } from './frame.ts';
import { sendProblem } from './problem.ts';
import type { ParameterError } from './problem.ts';
import { isProgramPath } from './program-paths.ts';
import { getReference } from './reference.ts';
import { noteCode } from './trace-notes.ts';
import type { WebNeeds } from './needs.ts';

/** Interfaces of our own: RFC 9457. What OAuth defines answers as OAuth says. */
const apiPaths = /^\/(?:(?:agency|audit)\/api|proofing)(?:\/|$)/;

export function toFaultCode(thrown: unknown): ErrorCode {
  return thrown instanceof Fault ? thrown.code : 'internal/unexpected';
}

/** Whether a program, not a person, reads the answer. */
export function isForProgram(ctx: Context): boolean {
  return isProgramPath(ctx.path) || ctx.is('application/json') === 'application/json' || ctx.accepts('html', 'json') === 'json';
}

/** What is away for longer is asked no more often than this; a lock that another process holds is mostly gone by then (RFC 9110 §10.2.3). */
const awaySeconds = 2;

/** What every answer to a fault has in common. */
function announce(needs: WebNeeds, ctx: Context, shown: { readonly code: ErrorCode; readonly fault: unknown }): void {
  if (errorCatalogue[shown.code].status === 503) {
    ctx.set('Retry-After', String(awaySeconds));
  }
  noteCode(ctx, shown);
  needs.log.fault(shown.code, shown.fault, { reference: getReference(ctx, needs.random), method: ctx.method });
}

// Where somebody is on the way to a service, or came by a link, the way on lies there; only from our own pages does one lead back to ours.
const servicePaths = /^\/(?:auth|enrol|interaction|staff)(?:\/|$)/;

// A sign-out that went wrong leaves somebody signed in: there they can sign out.
const ownPaths = /^\/(?:account|session)(?:\/|$)/;

const deskPaths = /^\/(?:audit|office)(?:\/|$)/;

function findWayBack(path: string, { t }: Texts): ErrorPage['back'] {
  if (servicePaths.test(path)) {
    return null;
  }
  if (deskPaths.test(path)) {
    return { name: t('desk-staff'), url: path.startsWith('/office') ? '/office' : '/audit' };
  }
  return ownPaths.test(path) ? { name: t('place-account'), url: '/account' } : { name: t('brand'), url: '/' };
}

/** Somebody whom a service does not serve learns which service that is and whom it serves, and finds the way back to it. */
function findServed(ctx: Context, { code }: Shown, { texts, language }: PageWords): Pick<ErrorPage, 'back' | 'served'> {
  const asking = code === 'service/not-for-this-person' ? findAskingService(ctx) : undefined;
  if (asking === undefined) {
    return { back: findWayBack(ctx.path, texts) };
  }
  const name = asking.service.name[language];
  const url = findHomeOf(asking);
  return { back: url === undefined ? null : { name, url }, served: { name, kinds: asking.service.audience } };
}

type PageWords = { readonly texts: Texts; readonly language: Language };

type Shown = { readonly code: ErrorCode; readonly fault: unknown; readonly uiLocales?: string | undefined };

export function sendErrorPage(needs: WebNeeds, ctx: Context, shown: Shown): void {
  const row = errorCatalogue[shown.code];
  announce(needs, ctx, shown);
  const { frame, language } = createFrame(needs, ctx, { uiLocales: shown.uiLocales });
  const page = renderErrorPage(frame, {
    code: shown.code,
    text: row.text,
    reference: getReference(ctx, needs.random),
    at: needs.clock.now(),
    ...findServed(ctx, shown, { texts: frame.texts, language }),
  });
  sendPage(ctx, page, row.status);
}

/** The answer to the ceremony script: the same words as on the page. */
export function sendErrorJson(needs: WebNeeds, ctx: Context, shown: { readonly code: ErrorCode; readonly fault: unknown }): void {
  const row = errorCatalogue[shown.code];
  announce(needs, ctx, shown);
  const { frame } = createFrame(needs, ctx);
  const words = toErrorWords(frame.texts, row.text);
  ctx.status = row.status;
  ctx.body = { error: { code: shown.code, title: words.title, next: words.next, reference: getReference(ctx, needs.random) } };
}

/** RFC 6749 §5.2: what a protocol endpoint says when the fault is ours. */
export function sendOauthError(needs: WebNeeds, ctx: Context, shown: { readonly code: ErrorCode; readonly fault: unknown }): void {
  const row = errorCatalogue[shown.code];
  announce(needs, ctx, shown);
  ctx.status = row.status;
  ctx.body = { error: row.oauth, error_description: shown.code };
}

type Refused = { readonly code: ErrorCode; readonly errors: readonly ParameterError[] };

/** Why an interface for programs refuses what it was sent, each part by its name. */
export function sendRefusal(needs: WebNeeds, ctx: Context, { code, errors }: Refused): void {
  announce(needs, ctx, { code, fault: undefined });
  sendProblem(needs, ctx, { code, errors });
}

export function sendParameterProblem(needs: WebNeeds, ctx: Context, errors: readonly ParameterError[]): void {
  sendRefusal(needs, ctx, { code: 'audit/parameter-refused', errors });
}

export function sendError(needs: WebNeeds, ctx: Context, shown: { readonly code: ErrorCode; readonly fault: unknown }): void {
  if (apiPaths.test(ctx.path)) {
    announce(needs, ctx, shown);
    sendProblem(needs, ctx, shown);
  } else if (isProgramPath(ctx.path)) {
    sendOauthError(needs, ctx, shown);
  } else if (isForProgram(ctx)) {
    sendErrorJson(needs, ctx, shown);
  } else {
    sendErrorPage(needs, ctx, shown);
  }
}

export function createErrorBoundary(needs: WebNeeds) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
      if (ctx.status === 404 && (ctx.body === undefined || ctx.body === null)) {
        sendError(needs, ctx, { code: 'request/not-found', fault: undefined });
      }
    } catch (thrown) {
      // Of the answer that was being prepared nothing leaves: a redirect may carry a code that was never stored.
      ctx.remove('set-cookie');
      ctx.remove('location');
      sendError(needs, ctx, { code: toFaultCode(thrown), fault: thrown });
    }
  };
}
