// Requests for authorization that browsers in which nobody is signed in begin and leave lying: counted by service and address, by address of IPv4, and by network
// of IPv6 (RX-01, ADR-0081). Whoever is signed in, signs in or turns back is never stopped.

import type { Context, Next } from 'koa';
import { findAnonymousTurn } from '../oidc/begun-request.ts';
import type { AnonymousRequest } from '../oidc/begun-request.ts';
import { findUnitOfWork } from '../oidc/unit-of-work.ts';
import { countBegunOf, countFinishedOf, findAddress } from './limits.ts';
import type { WebNeeds } from './needs.ts';

/** MUST stand inside the unit of work: what finds no room is not written. */
export function createBegunRequests(needs: Pick<WebNeeds, 'limiting' | 'trustedHops'>) {
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
  };
}
