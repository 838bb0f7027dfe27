// The web: every request passes the edge, the error boundary and the unit of work, then meets one of our routes or the engine.

import type Koa from 'koa';
import type { Context, Next } from 'koa';
import type { KeyRing, Published } from '../domain/keys/key-ring.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { isProtocolAddress } from '../oidc/addresses.ts';
import { createEngine } from '../oidc/engine.ts';
import type { Engine, EngineNeeds } from '../oidc/engine.ts';
import type { Spans } from '../telemetry/spans.ts';
import { sendAsset } from './assets.ts';
import { createBegunRequests } from './begun-requests.ts';
import { createCounting } from './count-answers.ts';
import { createCrossOrigin } from './cross-origin.ts';
import { createEdge } from './edge.ts';
import { createEnginePages } from './engine-pages.ts';
import { createErrorBoundary } from './error-page.ts';
import { redirectTo } from './frame.ts';
import { createHealth } from './health.ts';
import type { WebNeeds } from './needs.ts';
import { createRequestLog } from './request-log.ts';
import { createRequestSpans } from './request-span.ts';
import { createRouter } from './routes.ts';
import { allowFormTarget } from './security-headers.ts';
import { createEnginePosts } from './show-go-on.ts';
import { createTracing } from './trace-requests.ts';
import { createWork } from './work.ts';

export type AppNeeds = WebNeeds &
  Pick<EngineNeeds, 'cookieKeys' | 'dpopNonceSecret' | 'findKeys' | 'proofings'> & {
    readonly ring: KeyRing;
    /** Undefined: nobody follows requests. */
    readonly spans: Spans | undefined;
  };

/** What is older may still offer a key that was revoked meanwhile. */
function createKeyWatch(ring: Pick<KeyRing, 'isCurrent'>) {
  return async (_ctx: unknown, next: Next): Promise<void> => {
    if (!ring.isCurrent()) {
      throw new Fault('store/unavailable', 'this node has not heard of the signing keys for too long');
    }
    await next();
  };
}

/** A redirect where nobody would read the page. Where that fails too, the page stays. */
function createFailureAnswer({ log }: Pick<AppNeeds, 'log'>, engine: Pick<Engine, 'findFailureAnswer'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    try {
      const answer = await engine.findFailureAnswer(ctx);
      if (answer !== undefined) {
        redirectTo(ctx, answer);
      }
    } catch (thrown) {
      log.fault('internal/unexpected', thrown, {});
    }
  };
}

/** Around everything else: probes, which nothing else counts, then what is counted, followed and logged of each answer. */
function watchFromOutside(needs: AppNeeds, engine: Engine): void {
  engine.app.use(createHealth(needs));
  engine.app.use(createCounting(needs, engine));
  if (needs.spans !== undefined) {
    engine.app.use(createRequestSpans({ ...needs, engine }, needs.spans));
  }
  engine.app.use(createRequestLog({ ...needs, findClientId: engine.findClientId }));
}

export function createWeb(needs: AppNeeds, { keys: signingKeys, goneKids }: Published): Koa {
  const { maySign } = needs.ring;
  const engine = createEngine({ ...needs, signingKeys, goneKids, maySign, store: needs.artefacts, pages: createEnginePages(needs) });
  const answerOwn = createRouter({ ...needs, engine });
  const { app } = engine;
  app.on('error', (thrown: unknown) => needs.log.fault('internal/unexpected', thrown, {}));
  watchFromOutside(needs, engine);
  // For what goes wrong in the two below, which come after the answer.
  app.use(createErrorBoundary(needs));
  app.use(createTracing({ ...needs, engine }));
  app.use(createFailureAnswer(needs, engine));
  app.use(createErrorBoundary(needs));
  app.use(createEdge(needs));
  app.use(createCrossOrigin(needs));
  app.use(async (ctx, next) => {
    if (!(await sendAsset(needs.assets, ctx))) {
      await next();
    }
  });
  app.use(createWork(needs));
  app.use(answerOwn);
  app.use(async (ctx, next) => {
    if (isProtocolAddress(ctx.path)) {
      await next();
    }
  });
  app.use(createKeyWatch(needs.ring));
  app.use(async (ctx, next) => {
    await next();
    if (ctx.response.is('html') !== false) {
      allowFormTarget(ctx, engine.findFormTarget(ctx));
    }
  });
  app.use(createBegunRequests({ ...needs, findClientId: engine.findClientId }));
  app.use(createEnginePosts(needs, engine));
  engine.middleware.forEach((middleware) => app.use(middleware));
  return app;
}
