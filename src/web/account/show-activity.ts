// The place "activity": the person's whole thread, page by page, by service and by kind.

import type { Context } from 'koa';
import { activityGroups } from '../../../views/activity-model.ts';
import type { ActivityGroup, ActivityPage } from '../../../views/activity-model.ts';
import { renderActivityPage } from '../../../views/activity-page.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import type { ConsentReader } from './account-model.ts';
import { findActivity } from './activity.ts';
import { openAccount } from './open-account.ts';
import { createConsentReader } from './show-account.ts';

const url = '/account/activity';
const pageSize = 20;

type Filter = { readonly service: string | undefined; readonly group: ActivityGroup | undefined };

/** What the filters know is filtered by; anything else in the address is as if it were not there. */
function parseFilter(ctx: Context, services: ActivityPage['services']): Filter {
  const { service, kind } = ctx.query;
  return {
    service: services.find(({ clientId }) => clientId === service)?.clientId,
    group: activityGroups.find((group) => group === kind),
  };
}

function parseAfter(ctx: Context): number | undefined {
  const { after } = ctx.query;
  return typeof after === 'string' && /^\d{1,12}$/.test(after) ? Number(after) : undefined;
}

function toUrl({ service, group }: Filter, after: number | null): string {
  const query = new URLSearchParams({
    ...(service === undefined ? {} : { service }),
    ...(group === undefined ? {} : { kind: group }),
    ...(after === null ? {} : { after: String(after) }),
  });
  return query.size === 0 ? url : `${url}?${query.toString()}`;
}

function toServices(clientIds: readonly string[], reader: ConsentReader): ActivityPage['services'] {
  return [...new Set(clientIds)].flatMap((clientId) => {
    const registered = reader.findService(clientId);
    return registered === undefined ? [] : [{ clientId, name: registered.service.name[reader.language] }];
  });
}

export async function showActivity(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const consents = await needs.consents.listConsents(account.person.id);
  const reader = await createConsentReader(needs, account, consents);
  const services = toServices(
    consents.map((consent) => consent.clientId),
    reader,
  );
  const filter = parseFilter(ctx, services);
  const after = parseAfter(ctx);
  const found = await findActivity(needs, { personId: account.person.id, ...filter, after, limit: pageSize }, reader);
  const page = renderActivityPage(account.frame, {
    url,
    services,
    service: filter.service ?? null,
    group: filter.group ?? null,
    items: found.items,
    olderUrl: found.next === null ? null : toUrl(filter, found.next),
    newestUrl: after === undefined ? null : toUrl(filter, null),
  });
  sendPage(ctx, page);
}
