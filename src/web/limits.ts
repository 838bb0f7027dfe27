// Limits as a request meets them: under which address it is counted, and the answer to one that has to wait.

import type { Context } from 'koa';
import { toAddressSubject } from '../domain/limits/address.ts';
import { countBegun, countFinished } from '../domain/limits/count-begun.ts';
import type { Begun } from '../domain/limits/count-begun.ts';
import { countFailure } from '../domain/limits/count-failure.ts';
import type { LimitRule, LimitState, Subject } from '../domain/limits/limit.ts';
import { giveBackTry, takeTry } from '../domain/limits/take-try.ts';
import { Fault, getValue } from '../domain/kernel/errors.ts';
import type { ErrorCode, Outcome } from '../domain/kernel/errors.ts';
import type { WebNeeds } from './needs.ts';

type Needs = Pick<WebNeeds, 'limiting' | 'trustedHops'>;

/** `also`: beside the address, as the account that a code belongs to. */
type Counted = { readonly rule: LimitRule; readonly also?: readonly Subject[] };

/**
 * As the outermost proxy of ours has seen it: what stands before its word was written by whoever sent the request. Where proxies hand one word on, there is no
 * other.
 */
export function findAddress(ctx: Pick<Context, 'get' | 'req'>, { trustedHops }: Pick<WebNeeds, 'trustedHops'>): Subject {
  const header = ctx.get('x-forwarded-for');
  const said = header === '' ? [] : header.split(',');
  const trusted = trustedHops > 0 ? said.at(-Math.min(trustedHops, said.length)) : undefined;
  return toAddressSubject(trusted ?? ctx.req.socket.remoteAddress ?? '');
}

export function assertRoom(ctx: Context, state: LimitState): void {
  if (!state.isOpen) {
    ctx.set('Retry-After', String(state.retryAfterSeconds));
    throw new Fault('limit/reached', 'too often');
  }
}

const toSubjects = (needs: Needs, ctx: Context, { also = [] }: Counted): readonly Subject[] => [findAddress(ctx, needs), ...also];

export type Taken = {
  /** For a code that was right. */
  readonly giveBack: () => Promise<void>;
  /** For one that was wrong, before anything is said of it: throws where there was no room for it. */
  readonly assertRoom: () => void;
};

/**
 * Before anybody looks at a code. Where nothing can be counted, no code is looked at. Where others have filled the address, it is looked at all the same: nobody guesses
 * it, and whoever holds the right one is not to wait for them.
 */
export async function takeTryOf(needs: Needs, ctx: Context, counted: Counted): Promise<Taken> {
  const subjects = toSubjects(needs, ctx, counted);
  const state = await takeTry(needs.limiting, counted.rule, subjects);
  return {
    giveBack: async () => (state.isOpen ? giveBackTry(needs.limiting, counted.rule, subjects) : undefined),
    assertRoom: () => assertRoom(ctx, state),
  };
}

/** What a code leads to, where it was right. */
export async function getRight<Value>(taken: Taken, found: Outcome<Value, ErrorCode>): Promise<Value> {
  if (!found.ok) {
    taken.assertRoom();
  }
  const value = getValue(found);
  await taken.giveBack();
  return value;
}

/** After something failed that cannot be guessed. Returns where there is still room. */
export async function countFailureOf(needs: Needs, ctx: Context, counted: Counted): Promise<void> {
  assertRoom(ctx, await countFailure(needs.limiting, counted.rule, toSubjects(needs, ctx, counted)));
}

type BegunHere = Counted & Pick<Begun, 'occasion'>;

const toBegun = (needs: Needs, ctx: Context, begun: BegunHere): Begun => ({ ...begun, subjects: toSubjects(needs, ctx, begun) });

/** What anybody may begin and leave lying. Throws where too much of it lies there. */
export function countBegunOf(needs: Needs, ctx: Context, begun: BegunHere): void {
  assertRoom(ctx, countBegun(needs.limiting, toBegun(needs, ctx, begun)));
}

/** It came to its end, by the same name: it was never left lying. */
export function countFinishedOf(needs: Needs, ctx: Context, begun: BegunHere): void {
  countFinished(needs.limiting, toBegun(needs, ctx, begun));
}

/**
 * A ceremony that anybody may begin, with an answer that did not lead on: whoever answers leaves nothing lying, and has failed. One whose challenge was not there
 * answered nothing.
 */
export async function countFailedCeremony(
  needs: Needs,
  ctx: Context,
  { occasion, code }: Pick<Begun, 'occasion'> & { readonly code: string },
): Promise<void> {
  if (code !== 'passkey/challenge-unknown') {
    countFinished(needs.limiting, toBegun(needs, ctx, { rule: 'ceremony', occasion }), 'last');
  }
  await countFailureOf(needs, ctx, { rule: 'sign-in' });
}
