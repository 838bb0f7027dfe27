// In the place of each page that the engine makes by itself: ours, in the language of the request, under the policy of every page.

import type { Context, Next } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';
import type { Engine } from '../oidc/engine.ts';
import type { SelfPosting } from '../oidc/self-posting.ts';
import { renderGoOnPage } from '../../views/go-on.ts';
import { toRegisteredAsker } from './account/show-service.ts';
import { createFrame, isSentPage, sendPage } from './frame.ts';
import type { WebNeeds } from './needs.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { toFinish } from './shared-computer.ts';

async function showGoOn(needs: WebNeeds, ctx: Context, posting: SelfPosting): Promise<void> {
  const { action, fields, kind, clientId, personId, uiLocales, session, isRepeatable } = posting;
  const person = personId === undefined ? undefined : await needs.people.findPerson(personId);
  const registered = clientId === null ? undefined : await needs.agencies.findService(clientId);
  const { frame, language } = createFrame(needs, ctx, { uiLocales, saved: person?.language, finish: toFinish(needs, session) });
  const asker = registered === undefined ? null : toRegisteredAsker(registered, language);
  const shown = isRepeatable ? frame : { ...frame, otherLanguageUrl: null };
  // The engine let its own script run.
  setSecurityHeaders(ctx, needs.isSecure);
  sendPage(ctx, renderGoOnPage(shown, { kind, asker, action, fields }), ctx.status);
}

function isPageOfEngine(ctx: Context): boolean {
  const isRedirect = ctx.status >= 300 && ctx.status < 400;
  return ctx.response.is('html') !== false && !isRedirect && !isSentPage(ctx);
}

/** MUST stand where nothing but the engine answers. */
export function createEnginePosts(needs: WebNeeds, engine: Pick<Engine, 'findSelfPosting'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    if (!isPageOfEngine(ctx)) {
      return;
    }
    const posting = engine.findSelfPosting(ctx);
    if (posting === undefined) {
      throw new Fault('internal/unexpected', 'the engine made a page that is none of ours');
    }
    await showGoOn(needs, ctx, posting);
  };
}
