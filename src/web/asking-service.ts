// The service that sent somebody here, kept with the request once its interaction is known to be genuine: a page that cannot go on names it and leads back.

import type { Context } from 'koa';
import type { RegisteredService } from '../domain/agencies/agency.ts';

export type AskingService = {
  readonly service: RegisteredService['service'];
  /** Where it sends people back to, one of its registered addresses. */
  readonly redirectUri: string | undefined;
};

const asking = new WeakMap<object, AskingService>();

export function noteAskingService(ctx: Pick<Context, 'req'>, service: AskingService): void {
  asking.set(ctx.req, service);
}

export function findAskingService(ctx: Pick<Context, 'req'>): AskingService | undefined {
  return asking.get(ctx.req);
}

/** Its first page: what it registered as such, or the site of its return address; none for an app, which has no site. */
export function findHomeOf({ service, redirectUri = '' }: AskingService): string | undefined {
  const registered = service.metadata['client_uri'];
  const url = typeof registered === 'string' ? registered : redirectUri;
  const home = URL.canParse(url) ? new URL(url) : undefined;
  if (home === undefined || !['https:', 'http:'].includes(home.protocol)) {
    return undefined;
  }
  return url === registered ? home.href : `${home.origin}/`;
}
