// The least that the engine needs of pages to let somebody sign in and decide: two forms. Any name is let in, and there is no passkey.

import type { Context, Next } from 'koa';
import type { InteractionResults, Provider } from 'oidc-provider';

const title = 'Plain';

function toForm(action: string, fields: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><form action="${action}" method="post">${fields}<button type="submit">Go on</button></form></body></html>`;
}

async function readForm(ctx: Context): Promise<URLSearchParams> {
  const chunks: string[] = [];
  ctx.req.setEncoding('utf8');
  for await (const chunk of ctx.req) {
    chunks.push(String(chunk));
  }
  return new URLSearchParams(chunks.join(''));
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/** A Grant for everything that was asked, as the engine's own trial pages make it. */
async function grantAll(provider: Provider, { session, params, prompt }: Details): Promise<InteractionResults> {
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
  const missing: unknown = prompt.details['missingOIDCScope'];
  grant.addOIDCScope(Array.isArray(missing) ? missing.join(' ') : String(params['scope']));
  return { consent: { grantId: await grant.save() } };
}

export function createPlainPages(provider: Provider) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (!ctx.path.startsWith('/interaction/')) {
      await next();
      return;
    }
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    const isLogin = details.prompt.name === 'login';
    if (ctx.method === 'GET') {
      ctx.type = 'html';
      ctx.body = toForm(ctx.path, isLogin ? '<input name="login" required>' : '<p>Share these details?</p>');
      return;
    }
    const form = await readForm(ctx);
    const result = isLogin ? { login: { accountId: form.get('login') ?? '' } } : await grantAll(provider, details);
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: !isLogin }));
    ctx.status = 303;
  };
}
