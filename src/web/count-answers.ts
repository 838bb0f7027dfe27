// Counts each answer and how long it took, how far it brought a sign-in, and why it refused. By lists of ours alone: of what was sent nothing becomes a label.

import type { Context, Next } from 'koa';
import { steadyClock } from '../domain/kernel/clock.ts';
import type { Engine } from '../oidc/engine.ts';
import type { NodeCounts } from '../telemetry/node-counts.ts';
import { readNotes } from './trace-notes.ts';
import { findStep } from './trace-requests.ts';

const areas: ReadonlySet<string> = new Set([
  'auth',
  'token',
  'me',
  'request',
  'session',
  'jwks',
  '.well-known',
  'interaction',
  'enrol',
  'recover',
  'freeze',
  'unfreeze',
  'not-me',
  'account',
  'staff',
  'audit',
  'office',
  'agency',
  'proofing',
  'ledger',
  'services',
  'transparency',
  'verify',
  'assets',
]);

function toArea(path: string): string {
  const [, first = ''] = path.split('/', 2);
  return areas.has(first) ? first : 'other';
}

/** A code of ours, or the OAuth error by which the engine refused. What a lost race sends round again is no refusal. */
export function findRefusal(engine: Pick<Engine, 'traced'>, ctx: Context): string | undefined {
  const { code, failure } = readNotes(ctx);
  return code ?? engine.traced.findRefusal(ctx)?.error ?? (ctx.status >= 400 ? failure?.reason : undefined);
}

export function createCounting({ counts }: { readonly counts: NodeCounts }, engine: Engine) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const begunAt = steadyClock.now();
    await next();
    counts.noteAnswer({ area: toArea(ctx.path), status: ctx.status, seconds: (steadyClock.now() - begunAt) / 1000 });
    const refusal = findRefusal(engine, ctx);
    const step = refusal === undefined ? findStep({ engine }, ctx) : undefined;
    if (refusal !== undefined) {
      counts.noteRefusal(refusal);
    }
    if (step !== undefined) {
      counts.noteStep(step);
    }
  };
}
