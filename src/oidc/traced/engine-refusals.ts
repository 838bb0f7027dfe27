// Listens to what the engine refuses and grants. The engine does not wait for its listeners, so nothing here is evidence; it is for traces alone, which need none.

import type { Context } from 'koa';
import type { KoaContextWithOIDC, Provider, errors } from 'oidc-provider';
import type { TraceStep } from '../../domain/traces/trace.ts';

/** `words` are those that the service receives; what the engine adds for itself may quote what was sent, and is left out. */
export type EngineRefusal = { readonly error: string; readonly words: string | null };

export type EngineNotes = {
  readonly findRefusal: (ctx: Pick<Context, 'req'>) => EngineRefusal | undefined;
  readonly findStep: (ctx: Pick<Context, 'req'>) => TraceStep | undefined;
};

export function listenToEngine(provider: Provider): EngineNotes {
  const refusals = new WeakMap<object, EngineRefusal>();
  const steps = new WeakMap<object, TraceStep>();
  const refused = (ctx: KoaContextWithOIDC, thrown: errors.OIDCProviderError): void => {
    refusals.set(ctx.req, { error: thrown.error, words: thrown.error_description ?? null });
  };
  const reached =
    (step: TraceStep) =>
    (ctx: KoaContextWithOIDC): void => {
      steps.set(ctx.req, step);
    };
  provider.on('authorization.error', refused);
  provider.on('pushed_authorization_request.error', refused);
  provider.on('grant.error', refused);
  provider.on('userinfo.error', refused);
  provider.on('introspection.error', refused);
  provider.on('revocation.error', refused);
  provider.on('end_session.error', refused);
  provider.on('end_session_confirm.error', refused);
  provider.on('server_error', (ctx: KoaContextWithOIDC) => refusals.set(ctx.req, { error: 'server_error', words: null }));
  provider.on('pushed_authorization_request.success', reached('pushed'));
  provider.on('interaction.started', (ctx: KoaContextWithOIDC) => {
    // A further page of a sign-in that goes on is no new one.
    if (ctx.oidc.route === 'authorization') {
      steps.set(ctx.req, 'asked');
    }
  });
  provider.on('authorization.success', reached('code'));
  provider.on('grant.success', reached('tokens'));
  return { findRefusal: ({ req }) => refusals.get(req), findStep: ({ req }) => steps.get(req) };
}
