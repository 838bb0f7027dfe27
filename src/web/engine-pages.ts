// The pages that the engine shows by itself, rendered with ours.

import type { EnginePages } from '../oidc/pages.ts';
import { renderSignedOutPage } from '../../views/signed-out.ts';
import { renderSignOutPage } from '../../views/sign-out.ts';
import { toRegisteredAsker } from './account/show-service.ts';
import { sendErrorPage } from './error-page.ts';
import { createFrame, redirectTo, sendPage } from './frame.ts';
import { keepEnded } from './ended-cookie.ts';
import { sendSignedOutPage } from './left-services.ts';
import type { WebNeeds } from './needs.ts';
import { allowFormTarget } from './security-headers.ts';
import { forgetBrowser, forgetPersonBefore, toFinish } from './shared-computer.ts';

/** Asked by the service (OIDC Core 1.0 §3.1.2.1); of a request that the engine could not read only the address tells. */
function findUiLocales(ctx: Parameters<EnginePages['showError']>[0]): string | undefined {
  const asked: unknown = ctx.oidc.params?.['ui_locales'] ?? ctx.query['ui_locales'];
  return typeof asked === 'string' ? asked : undefined;
}

type Noted = Parameters<EnginePages['noteSignedOut']>;

function noteSignedOut(needs: WebNeeds, ctx: Noted[0], { uid, isShared, goesOn }: Noted[1]): void {
  if (goesOn) {
    forgetPersonBefore(needs, ctx);
  } else if (isShared) {
    forgetBrowser(needs, ctx);
  } else {
    keepEnded(needs, ctx, [uid]);
  }
}

export function createEnginePages(needs: WebNeeds): EnginePages {
  return {
    showError: async (ctx, shown) => sendErrorPage(needs, ctx, { ...shown, uiLocales: findUiLocales(ctx) }),
    showSignOut: async (ctx, choice) => {
      const { frame, language } = createFrame(needs, ctx, { uiLocales: findUiLocales(ctx), finish: toFinish(needs, choice.session) });
      const registered = choice.clientId === null ? undefined : await needs.agencies.findService(choice.clientId);
      const open = await Promise.all(choice.openClientIds.map((clientId) => needs.agencies.findService(clientId)));
      const target: unknown = ctx.oidc.params?.['post_logout_redirect_uri'];
      allowFormTarget(ctx, typeof target === 'string' ? target : undefined);
      const page = renderSignOutPage(frame, {
        action: choice.action,
        xsrf: choice.xsrf,
        asker: registered === undefined ? null : toRegisteredAsker(registered, language),
        stayUrl: '/',
        openServices: open.filter((service) => service !== undefined).map((service) => service.service.name[language]),
      });
      sendPage(ctx, page);
    },
    noteSignedOut: (ctx, ended) => noteSignedOut(needs, ctx, ended),
    showSignedOut: async (ctx, { clientId, isStillSignedIn }) => {
      if (isStillSignedIn) {
        redirectTo(ctx, '/');
        return;
      }
      if (clientId === null) {
        await sendSignedOutPage(needs, ctx);
        return;
      }
      const { frame, language } = createFrame(needs, ctx);
      const registered = await needs.agencies.findService(clientId);
      const serviceName = registered?.service.name[language] ?? null;
      const page = renderSignedOutPage(frame, { serviceName, left: [], againUrl: '/signed-out', homeUrl: '/' });
      sendPage(ctx, page);
    },
  };
}
