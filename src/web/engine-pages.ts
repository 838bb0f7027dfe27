// The pages that the engine shows by itself, rendered with ours.

import type { EnginePages } from '../oidc/pages.ts';
import { renderSignedOutPage } from '../../views/signed-out.ts';
import { renderSignOutPage } from '../../views/sign-out.ts';
import { toRegisteredAsker } from './account/show-service.ts';
import { sendErrorPage } from './error-page.ts';
import { createFrame, sendPage } from './frame.ts';
import type { WebNeeds } from './needs.ts';
import { allowFormTarget } from './security-headers.ts';

export function createEnginePages(needs: WebNeeds): EnginePages {
  return {
    showError: async (ctx, shown) => sendErrorPage(needs, ctx, shown),
    showSignOut: async (ctx, choice) => {
      const uiLocales: unknown = ctx.oidc.params?.['ui_locales'];
      const { frame, language } = createFrame(needs, ctx, { uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined });
      const registered = choice.clientId === null ? undefined : await needs.agencies.findService(choice.clientId);
      const open = await Promise.all(choice.openClientIds.map((clientId) => needs.agencies.findService(clientId)));
      const target: unknown = ctx.oidc.params?.['post_logout_redirect_uri'];
      allowFormTarget(ctx, typeof target === 'string' ? target : undefined);
      const page = renderSignOutPage(frame, {
        action: choice.action,
        xsrf: choice.xsrf,
        asker: registered === undefined ? null : toRegisteredAsker(registered, language),
        openServices: open.filter((service) => service !== undefined).map((service) => service.service.name[language]),
      });
      sendPage(ctx, page);
    },
    showSignedOut: async (ctx, { clientId }) => {
      const { frame, language } = createFrame(needs, ctx);
      const registered = clientId === null ? undefined : await needs.agencies.findService(clientId);
      const page = renderSignedOutPage(frame, {
        reach: clientId === null ? 'everywhere' : 'only-here',
        serviceName: registered?.service.name[language] ?? null,
        homeUrl: '/',
      });
      sendPage(ctx, page);
    },
  };
}
