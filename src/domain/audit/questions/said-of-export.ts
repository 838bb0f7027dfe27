// What the entry of an export says of it: how much of the log it is of, how many entries it holds, and by which conditions they were chosen.

import type { Json } from '../../kernel/canonical.ts';
import { isEventType } from '../../ledger/event.ts';
import type { Entry } from '../../ledger/store.ts';
import { toEntryBody } from '../entry-body.ts';
import type { EntrySearch } from './entry-search.ts';

export type Said = {
  readonly size: number | null;
  readonly rows: number | null;
  /** Null where the entry does not say. A person stands in it by the pseudonym of the case. */
  readonly search: EntrySearch | null;
};

type Members = { readonly [name: string]: Json };

const isMembers = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const toNumber = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

function toTexts(query: Members): EntrySearch {
  const texts = (['record', 'service', 'purpose', 'person'] as const).flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(texts);
}

function toSearch(query: Members): EntrySearch {
  const { attribute, from, to, types } = { attribute: query['attribute'], from: query['from'], to: query['to'], types: query['types'] };
  return {
    ...toTexts(query),
    ...(Array.isArray(types) ? { types: types.map(String).filter(isEventType) } : {}),
    ...(typeof attribute === 'string' ? { marks: [{ kind: 'attribute', term: attribute }] } : {}),
    ...(typeof from === 'number' ? { from } : {}),
    ...(typeof to === 'number' ? { to } : {}),
  };
}

export function readSaid({ body }: Pick<Entry, 'body'>): Said {
  const { payload } = toEntryBody(body);
  const query = payload['what'] === 'log' ? {} : payload['query'];
  return { size: toNumber(payload['size']), rows: toNumber(payload['rows']), search: isMembers(query) ? toSearch(query) : null };
}
