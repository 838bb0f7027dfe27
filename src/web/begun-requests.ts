// Requests for authorization that browsers in which nobody is signed in begin and leave lying: counted by service and address, by address of IPv4, and by network
// of IPv6 (RX-01, ADR-0081). Whoever is signed in, signs in or turns back is never stopped.

import type { Context, Next } from 'koa';
import { findAnonymousTurn, findPushedTurn } from '../oidc/begun-request.ts';
import type { AnonymousRequest } from '../oidc/begun-request.ts';
import { countBegun, countFinished } from '../domain/limits/count-begun.ts';
import type { Engine } from '../oidc/engine.ts';
import { findUnitOfWork } from '../oidc/unit-of-work.ts';
import { assertRoom, countBegunOf, countFinishedOf, findAddress } from './limits.ts';
import type { WebNeeds } from './needs.ts';

type BegunNeeds = Pick<WebNeeds, 'limiting' | 'trustedHops'> & Pick<Engine, 'findClientId'>;

/** By the service and no address: whoever pushes has proven who they are, so nobody stops a service but itself (RX-02). */
function countPushed({ limiting, findClientId }: BegunNeeds, ctx: Context): void {
  const { begun, ended } = findPushedTurn();
  const toPushed = (name: string) =>
    ({ rule: 'pushed', subjects: [{ kind: 'service', name: findClientId(ctx) ?? '' }], occasion: name }) as const;
  findUnitOfWork()?.afterwards.push(() => ended.forEach((name) => countFinished(limiting, toPushed(name))));
  begun.forEach((name) => assertRoom(ctx, countBegun(limiting, toPushed(name))));
}

/** MUST stand inside the unit of work: what finds no room is not written. */
export function createBegunRequests(needs: BegunNeeds) {
  const toBegun = (ctx: Context, { name, clientId }: AnonymousRequest) => {
    const { kind, name: address } = findAddress(ctx, needs);
    return { rule: 'request', also: [{ kind: 'client', name: `${clientId}\n${kind} ${address}` }], occasion: name } as const;
  };
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const { begun, ended } = findAnonymousTurn();
    // Of two that answer it at once, one ends it.
    findUnitOfWork()?.afterwards.push(() => ended.forEach((request) => countFinishedOf(needs, ctx, toBegun(ctx, request))));
    begun.forEach((request) => countBegunOf(needs, ctx, toBegun(ctx, request)));
    countPushed(needs, ctx);
  };
}
