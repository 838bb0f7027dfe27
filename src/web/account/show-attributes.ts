// By attribute: who may see my email? Per detail which services hold a standing permission, and when it left last.

import type { Context } from 'koa';
import { z } from 'zod';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import type { Consent } from '../../domain/consent/consent.ts';
import { findHolders } from '../../domain/home/find-holders.ts';
import type { Holding } from '../../domain/home/find-holders.ts';
import type { StandingConsent } from '../../domain/home/store.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderAttributePage, renderAttributesPage } from '../../../views/own-attributes.ts';
import type { AttributeHolder, AttributePage } from '../../../views/account-model.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createServiceReader, toPurposeText, toServiceUrl, toShownState } from './account-model.ts';
import type { ServiceReader } from './account-model.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

const url = '/account/attributes';
const namedPerAttribute = 3;
const pageSize = 20;

async function readHoldings(needs: PageNeeds, account: Account): Promise<readonly Holding[]> {
  const consents = await needs.home.readStanding(account.person.id, needs.clock.now());
  return findHolders(consents, await needs.home.readLastReleases(account.person.id));
}

const toAttributeUrl = (name: string): string => `${url}/${encodeURIComponent(name)}`;

export async function showAttributes(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const holdings = await readHoldings(needs, account);
  const named = holdings.map((holding) => holding.services.slice(0, namedPerAttribute));
  const reader = await createServiceReader(needs, account, named.flat());
  const byName = new Map(holdings.map((holding) => [holding.attribute, holding]));
  const held = attributeCatalogue.flatMap((attribute) => {
    const holding = byName.get(attribute.name);
    return holding === undefined
      ? []
      : [
          {
            label: attribute.labels[account.language],
            sensitive: attribute.sensitivity !== 'normal',
            count: holding.services.length,
            serviceNames: holding.services
              .slice(0, namedPerAttribute)
              .map(({ clientId }) => reader.findService(clientId)?.service.name[account.language] ?? clientId),
            lastReleasedAt: holding.lastReleasedAt,
            url: toAttributeUrl(attribute.name),
          },
        ];
  });
  sendPage(ctx, renderAttributesPage(account.frame, { attributes: held, accountUrl: '/account' }));
}

function toHolder(consent: Consent, lastReleasedAt: number | null, reader: ServiceReader): AttributeHolder {
  const registered = reader.findService(consent.clientId);
  return {
    serviceName: registered?.service.name[reader.language] ?? consent.clientId,
    agencyName: registered?.agency.name[reader.language] ?? '',
    purpose: toPurposeText(consent, reader),
    state: toShownState(consent, reader.now),
    endsAt: consent.expiresAt,
    lastReleasedAt,
    url: toServiceUrl(consent.clientId),
  };
}

const placeSchema = z.object({ decidedAt: z.int(), id: z.string() });

const isAfter = (consent: StandingConsent, place: z.infer<typeof placeSchema> | null): boolean =>
  place === null || consent.decidedAt < place.decidedAt || (consent.decidedAt === place.decidedAt && consent.id < place.id);

type Holders = Pick<AttributePage, 'count' | 'holders' | 'moreUrl' | 'firstUrl'>;

async function findPage(needs: PageNeeds, ctx: Context, asked: { readonly account: Account; readonly name: string }): Promise<Holders> {
  const { account, name } = asked;
  const list = { personId: account.person.id, name: `attribute:${name}` };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const standing = await needs.home.readStanding(account.person.id, needs.clock.now());
  const holding = standing
    .filter((consent) => consent.granted.includes(name))
    .toSorted((one, other) => other.decidedAt - one.decidedAt || (one.id < other.id ? 1 : -1));
  const left = holding.filter((consent) => isAfter(consent, after));
  const shown = left.slice(0, pageSize);
  const last = shown.length < left.length ? shown.at(-1) : undefined;
  const ids = shown.map(({ id }) => id);
  const held = findHolders(holding, await needs.home.readLastReleases(account.person.id)).find(({ attribute }) => attribute === name);
  const releases = new Map(held?.services.map(({ clientId, lastReleasedAt }) => [clientId, lastReleasedAt]));
  const records = new Map((await needs.home.readRecords(account.person.id, ids)).map((consent) => [consent.id, consent]));
  const inOrder = ids.map((id) => records.get(id)).filter((consent) => consent !== undefined);
  const reader = await createServiceReader(needs, account, inOrder);
  const url = toAttributeUrl(name);
  return {
    count: new Set(holding.map(({ clientId }) => clientId)).size,
    holders: inOrder.map((consent) => toHolder(consent, releases.get(consent.clientId) ?? null, reader)),
    moreUrl: last === undefined ? null : toListUrl(url, {}, createCursor(needs, list, { decidedAt: last.decidedAt, id: last.id })),
    firstUrl: after === null ? null : url,
  };
}

export async function showAttribute(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const attribute = attributeCatalogue.find((candidate) => candidate.name === name);
  if (attribute === undefined) {
    throw new Fault('request/not-found', 'the catalogue has no such attribute');
  }
  const page = renderAttributePage(account.frame, {
    label: attribute.labels[account.language],
    explanation: attribute.explanation[account.language],
    source: attribute.source.id === 'self' ? null : attribute.source.labels[account.language],
    sensitive: attribute.sensitivity !== 'normal',
    backUrl: url,
    activityUrl: toListUrl('/account/activity', { attribute: name }, null),
    ...(await findPage(needs, ctx, { account, name })),
  });
  sendPage(ctx, page);
}
