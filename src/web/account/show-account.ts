// The first place of the own page: by agency. One page of services, what was just decided, what ends soon, what happened lately.

import { dayMs } from '../../domain/kernel/clock.ts';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Consent } from '../../domain/consent/consent.ts';
import { consentGroups } from '../../domain/home/store.ts';
import type { ServiceFilter } from '../../domain/home/store.ts';
import type { AccountPage, Ending } from '../../../views/account-model.ts';
import { renderAccountPage } from '../../../views/account.ts';
import { sendPage, toGivenName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toNameForRoom } from '../shared-computer.ts';
import {
  consentsPerService,
  createConsentReader,
  createServiceReader,
  toAccountServices,
  toPurposeText,
  toReceiptLink,
  toServiceUrl,
} from './account-model.ts';
import { findActivity } from './activity.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { readPasskeys } from './own-passkeys.ts';

const url = '/account';
const pageSize = 10;
const soonDays = 14;
const endingDays = 60;
const endingShown = 5;
const activityShown = 6;
/** Somebody whose last sign-in lies further back is not told of it on the first page. */
const lastSignIns = { before: null, limit: 2, lookThrough: 500 } as const;

const wordsLength = 80;

/** What the filters know is filtered by; anything else in the address is as if it were not there. */
function parseFilter(ctx: Context): ServiceFilter {
  const { state, q } = ctx.query;
  const words = typeof q === 'string' ? q.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, wordsLength) : '';
  return { group: consentGroups.find((group) => group === state), words: words === '' ? undefined : words };
}

const placeSchema = z.object({ stands: z.int(), decidedAt: z.int(), clientId: z.string() });

async function findServices(needs: PageNeeds, ctx: Context, account: Account): Promise<AccountPage['services']> {
  const personId = account.person.id;
  const filter = parseFilter(ctx);
  const query = { q: filter.words, state: filter.group };
  const list = { personId, name: `services:${JSON.stringify(query)}` };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const now = needs.clock.now();
  const found = await needs.home.readServices(personId, filter, { now, after, limit: pageSize });
  const asked = { now, group: filter.group, perService: consentsPerService + 1 };
  const consents = await needs.home.readConsentsOf(personId, found.clientIds, asked);
  const reader = await createConsentReader(needs, account, consents);
  return {
    url,
    words: filter.words ?? '',
    group: filter.group ?? null,
    count: found.count,
    items: toAccountServices(found.clientIds, consents, reader),
    moreUrl: found.next === null ? null : toListUrl(url, query, createCursor(needs, list, found.next)),
    firstUrl: after === null ? null : toListUrl(url, query, null),
  };
}

async function findEnding(needs: PageNeeds, account: Account): Promise<readonly Ending[]> {
  const now = needs.clock.now();
  const between = { now, until: now + endingDays * dayMs };
  const consents = await needs.home.readEnding(account.person.id, between, endingShown);
  const reader = await createServiceReader(needs, account, consents);
  return consents.map((consent: Consent) => ({
    purpose: toPurposeText(consent, reader),
    endsAt: consent.expiresAt,
    days: Math.max(1, account.frame.dates.countDays(now, consent.expiresAt)),
    url: toServiceUrl(consent.clientId),
  }));
}

/** From the decisions themselves: they are there from their first moment, before the log has given them a number. */
async function findLatest(needs: PageNeeds, account: Account): Promise<AccountPage['latest']> {
  const { receipts } = await needs.home.readReceipts(account.person.id, { after: null, limit: 1 });
  const [latest] = receipts;
  if (latest === undefined || needs.clock.now() - latest.createdAt >= dayMs) {
    return null;
  }
  const consent = await needs.consents.findConsent(latest.consentId);
  if (consent === undefined) {
    return null;
  }
  const reader = await createServiceReader(needs, account, [consent]);
  const registered = reader.findService(consent.clientId);
  return {
    kind: latest.change,
    actedBy: latest.actedBy,
    at: latest.createdAt,
    service:
      registered === undefined
        ? null
        : {
            serviceName: registered.service.name[account.language],
            agencyName: registered.agency.name[account.language],
            url: toServiceUrl(consent.clientId),
          },
    purpose: toPurposeText(consent, reader),
    attributeLabels: [],
    receipt: toReceiptLink(latest),
    url: null,
  };
}

const actions: AccountPage['actions'] = [
  { url: '/account/notices', text: 'alerts-title' },
  { url: '/account/freeze', text: 'freeze-title' },
  { url: '/account/attributes', text: 'attributes-title' },
  { url: '/account/reports', text: 'reports-title' },
  { url: '/account/take', text: 'take-title' },
  { url: '/verify', text: 'receipt-check' },
  { url: '/account/close', text: 'close-title' },
];

export async function showAccount(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const services = await findServices(needs, ctx, account);
  const passkeys = await readPasskeys(needs, account);
  const { items } = await findActivity(needs, account, { filter: {}, page: { before: null, limit: activityShown } });
  const signIns = await needs.home.readEntries(account.person.id, { types: ['session.started'] }, lastSignIns);
  const ending = await findEnding(needs, account);
  const page = renderAccountPage(account.frame, {
    givenName: toNameForRoom(toGivenName(account.data, account.language), account.session),
    switchUrl: '/account/switch',
    lastSignInAt: signIns.entries[1]?.at ?? null,
    latest: await findLatest(needs, account),
    endingSoon: ending.find(({ days }) => days <= soonDays) ?? null,
    ending,
    services,
    activity: items,
    alerts: { count: await needs.protection.countNotices(account.person.id, needs.clock.now() - 14 * dayMs), url: '/account/notices' },
    passkeys: passkeys.map(({ shown }) => shown),
    actions,
  });
  sendPage(ctx, page);
}
