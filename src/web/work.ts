// Around every request: what it saves commits once, before the answer leaves. When a condition fails at the commit, the prepared answer is thrown away:
// nobody receives a token, a code or an attribute that was not written.

import type { Context, Next } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';
import { createUuid } from '../domain/kernel/ids.ts';
import type { CommitFailure } from '../oidc/store.ts';
import { findUnitOfWork, runUnitOfWork } from '../oidc/unit-of-work.ts';
import type { UnitOfWork } from '../oidc/unit-of-work.ts';
import { sendError } from './error-page.ts';
import { redirectTo } from './frame.ts';
import type { WebNeeds } from './needs.ts';
import { noteFailure, noteWork } from './trace-notes.ts';

type ProtocolAnswer = { readonly status: number; readonly error: string };

const answers: Readonly<Record<CommitFailure, ProtocolAnswer>> = {
  'already-consumed': { status: 400, error: 'invalid_grant' },
  'grant-ended': { status: 400, error: 'invalid_grant' },
  'used-up': { status: 400, error: 'invalid_grant' },
  'too-often': { status: 400, error: 'invalid_grant' },
  'session-ended': { status: 400, error: 'invalid_grant' },
  replayed: { status: 401, error: 'invalid_client' },
};

const programPaths: ReadonlySet<string> = new Set(['/token', '/token/introspection', '/token/revocation', '/request']);

function answerFailure(needs: WebNeeds, ctx: Context, failure: CommitFailure): void {
  ctx.remove('set-cookie');
  ctx.remove('location');
  if (ctx.path === '/me' && failure === 'too-often') {
    ctx.status = 429;
    ctx.body = { error: 'temporarily_unavailable', error_description: 'asked more often than the purpose allows' };
  } else if (ctx.path === '/me') {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"');
    ctx.body = { error: 'invalid_token', error_description: 'invalid token provided' };
  } else if (programPaths.has(ctx.path)) {
    ctx.status = answers[failure].status;
    ctx.body = { error: answers[failure].error, error_description: 'grant request is invalid' };
  } else if (ctx.path === '/auth' && ctx.method === 'GET') {
    // The world changed under this request and nothing of it was kept: the same request, asked again, meets the new world.
    redirectTo(ctx, ctx.href);
  } else {
    sendError(needs, ctx, {
      code: failure === 'session-ended' ? 'session/ended' : 'interaction/stale',
      fault: new Fault('store/conflict', failure),
    });
  }
}

/** Whoever is told to bring a nonce asks again, mostly with the same assertion (RFC 9449 §8): so far nothing was done, and nothing is used up (ADR-0057). */
function isChallenge(ctx: Context): boolean {
  const body: unknown = ctx.body;
  return typeof body === 'object' && body !== null && Reflect.get(body, 'error') === 'use_dpop_nonce';
}

/** A refusal at UserInfo carries no details, whatever the engine had already done for the answer: then none were released either (ADR-0049). */
function isRefusedRelease(ctx: Context): boolean {
  return ctx.path === '/me' && ctx.status >= 400;
}

export function createWork(needs: WebNeeds) {
  const workNeeds = { store: needs.artefacts, clock: needs.clock, beginVisit: () => createUuid(needs.random, needs.clock.now()) };
  return async (ctx: Context, next: Next): Promise<void> => {
    const isDiscarded = (): boolean => ctx.status >= 500 || isChallenge(ctx) || isRefusedRelease(ctx);
    let unit: UnitOfWork | undefined;
    const work = async (): Promise<void> => {
      await next();
      unit = findUnitOfWork();
      noteWork(ctx, unit);
    };
    const failure = await runUnitOfWork(workNeeds, work, isDiscarded);
    if (failure !== undefined) {
      noteFailure(ctx, failure, unit);
      answerFailure(needs, ctx, failure);
    }
  };
}
