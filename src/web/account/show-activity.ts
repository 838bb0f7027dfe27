// The place "activity": by time. The person's whole thread, page by page, by service, detail, kind and period.

import { dayMs } from '../../domain/kernel/clock.ts';
import type { Context } from 'koa';
import { z } from 'zod';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import type { OwnEntryFilter } from '../../domain/home/store.ts';
import { activityGroups, activityPeriods } from '../../../views/activity-model.ts';
import type { ActivityGroup, ActivityPage, ActivityPeriod } from '../../../views/activity-model.ts';
import { renderActivityPage } from '../../../views/activity-page.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createServiceReader } from './account-model.ts';
import { findActivity, toTypes } from './activity.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

const url = '/account/activity';
const pageSize = 20;
/** In the list to choose from; every other service has its own way here from its page. */
const servicesOffered = 50;
type Filter = {
  readonly service: string | undefined;
  readonly attribute: string | undefined;
  readonly kind: ActivityGroup | undefined;
  readonly period: ActivityPeriod | undefined;
};

/** What the filters know is filtered by; anything else in the address is as if it were not there. */
function parseFilter(ctx: Context, services: ActivityPage['services']): Filter {
  const { service, kind, attribute, period } = ctx.query;
  return {
    service: services.find(({ clientId }) => clientId === service)?.clientId,
    attribute: attributeCatalogue.find(({ name }) => name === attribute)?.name,
    kind: activityGroups.find((group) => group === kind),
    period: activityPeriods.find((candidate) => candidate === period),
  };
}

const periodDays: Readonly<Record<ActivityPeriod, number>> = { month: 30, quarter: 91, year: 365, older: 365 };

function toEntryFilter({ service, attribute, kind, period }: Filter, now: number): OwnEntryFilter {
  const edge = period === undefined ? 0 : now - periodDays[period] * dayMs;
  const isOlder = period === 'older';
  return {
    service,
    attribute,
    types: toTypes(kind),
    from: period === undefined || isOlder ? undefined : edge,
    to: isOlder ? edge : undefined,
  };
}

/** The services that were decided about last, and the one asked for when the person has it. */
async function findServices(needs: PageNeeds, ctx: Context, account: Account): Promise<ActivityPage['services']> {
  const page = { now: needs.clock.now(), after: null, limit: servicesOffered };
  const { clientIds } = await needs.home.readServices(account.person.id, {}, page);
  const { service } = ctx.query;
  const isMore = typeof service === 'string' && !clientIds.includes(service);
  const asked = isMore ? await needs.home.readConsents(account.person.id, service, { after: null, limit: 1 }) : undefined;
  const all = [...clientIds, ...(asked?.consents.map(({ clientId }) => clientId) ?? [])];
  const named = all.map((clientId) => ({ clientId }));
  const reader = await createServiceReader(needs, account, named);
  return all.flatMap((clientId) => {
    const registered = reader.findService(clientId);
    return registered === undefined ? [] : [{ clientId, name: registered.service.name[account.language] }];
  });
}

function toAttributes(language: Account['language']): ActivityPage['attributes'] {
  const collator = new Intl.Collator(language);
  return attributeCatalogue
    .map(({ name, labels }) => ({ name, label: labels[language] }))
    .toSorted((one, other) => collator.compare(one.label, other.label));
}

export async function showActivity(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const services = await findServices(needs, ctx, account);
  const filter = parseFilter(ctx, services);
  const list = { personId: account.person.id, name: `activity:${JSON.stringify(filter)}` };
  const before = parsePlace(needs, ctx, { list, schema: z.string() });
  const asked = { filter: toEntryFilter(filter, needs.clock.now()), page: { before, limit: pageSize } };
  const found = await findActivity(needs, account, asked);
  const page = renderActivityPage(account.frame, {
    url,
    services,
    attributes: toAttributes(account.language),
    service: filter.service ?? null,
    attribute: filter.attribute ?? null,
    group: filter.kind ?? null,
    period: filter.period ?? null,
    items: found.items,
    lookedBackTo: found.lookedBackTo,
    olderUrl: found.next === null ? null : toListUrl(url, filter, createCursor(needs, list, found.next)),
    newestUrl: before === null ? null : toListUrl(url, filter, null),
  });
  sendPage(ctx, page);
}
