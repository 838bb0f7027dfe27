// Searches of the log. What became facts is found along their indexes, whatever the filter combines; what did not yet is walked, and so is what a service or a
// person leads to at once. Either way the entries themselves are given.

import type { FactFilter } from '../domain/audit/facts.ts';
import type { CountAsked, Entry, EntryFilter, EntryPage, PageAsked } from '../domain/ledger/store.ts';
import type { Engine } from './engine.ts';
import { countFacts } from './facts-groups.ts';
import { findIndexes } from './facts-page.ts';
import { countMatching, readEntriesAt, walkEntries } from './ledger-entries.ts';
import { findProjected } from './project-facts.ts';

/** What the entries have no index for. */
const isFoundByFacts = ({ attribute, from, personRef, purpose, to, types }: EntryFilter): boolean =>
  personRef === undefined && [attribute, from, purpose, to, types].some((member) => member !== undefined);

/** Only services that both members let through. */
function toServices({ service, services }: EntryFilter): readonly string[] | undefined {
  if (service === undefined) {
    return services;
  }
  return services === undefined || services.includes(service) ? [service] : [];
}

function toFactFilter(filter: EntryFilter, below: number): FactFilter {
  const { attribute, from, purpose, to, types } = filter;
  const services = toServices(filter);
  return {
    below,
    ...(types === undefined ? {} : { types }),
    ...(services === undefined ? {} : { services }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { marks: [{ kind: 'attribute', term: attribute }] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

type Search = { readonly engine: Engine; readonly filter: EntryFilter; readonly projected: number };

async function readProjected({ engine, filter, projected }: Search, page: PageAsked): Promise<readonly Entry[]> {
  const isNone = page.limit === 0 || projected === 0;
  return isNone ? [] : readEntriesAt(engine, await findIndexes(engine, toFactFilter(filter, projected), page));
}

async function readOldest(search: Search, { after, limit, order }: PageAsked): Promise<readonly Entry[]> {
  const first = await readProjected(search, { order, after, limit });
  const from = Math.max(search.projected, (after ?? -1) + 1);
  const left = limit - first.length;
  return left === 0 ? first : [...first, ...(await walkEntries(search.engine, search.filter, { from, order, limit: left }))];
}

async function readNewest(search: Search, { after, limit, order }: PageAsked): Promise<readonly Entry[]> {
  const below = after === null ? {} : { below: after };
  const first = await walkEntries(search.engine, search.filter, { from: search.projected, ...below, order, limit });
  return [...first, ...(await readProjected(search, { order, after, limit: limit - first.length }))];
}

async function readFound(engine: Engine, filter: EntryFilter, page: PageAsked): Promise<readonly Entry[]> {
  const projected = isFoundByFacts(filter) ? await findProjected(engine) : 0;
  const search = { engine, filter, projected };
  return page.order === 'oldest-first' ? readOldest(search, page) : readNewest(search, page);
}

export async function readPage(engine: Engine, filter: EntryFilter, page: PageAsked): Promise<EntryPage> {
  const found = await readFound(engine, filter, { ...page, limit: page.limit + 1 });
  const entries = found.slice(0, page.limit);
  return { entries, next: found.length > page.limit ? (entries.at(-1)?.index ?? null) : null };
}

export async function countFound(engine: Engine, filter: EntryFilter, { below, limit }: CountAsked): Promise<number> {
  const projected = isFoundByFacts(filter) ? Math.min(await findProjected(engine), below) : 0;
  const counted = projected === 0 ? 0 : await countFacts(engine, toFactFilter(filter, projected), limit);
  const left = limit === null ? null : limit - counted;
  return left === 0 ? counted : counted + (await countMatching(engine, filter, { from: projected, below, limit: left }));
}
