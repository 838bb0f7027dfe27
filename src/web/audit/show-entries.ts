// Searching at the desk. Opening the page searches nothing; each press of the button, and each further page, is a look of its own.

import type { Context } from 'koa';
import type { Place, Search } from '../../domain/audit/search-entries.ts';
import { searchEntries } from '../../domain/audit/search-entries.ts';
import { getValue } from '../../domain/kernel/errors.ts';
import { eventCatalogue } from '../../domain/ledger/event.ts';
import { filterFields } from '../../../views/audit-model.ts';
import type { AuditEntriesPage, AuditFilters, AuditResult, FilterField } from '../../../views/audit-model.ts';
import { renderAuditEntriesPage } from '../../../views/audit-entries.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { parseEntryQuery } from './entry-query.ts';
import type { EntryQuery } from './entry-query.ts';
import { toEntryRow } from './entry-rows.ts';
import { toLookNeeds } from './look-needs.ts';
import { openAudit } from './open-audit.ts';
import type { Audit } from './open-audit.ts';
import { readRegister, toDetailOptions, toPurposeGroups, toServiceGroups } from './register.ts';
import type { Register } from './register.ts';

const path = '/audit/entries';
/** Parameters that are no filter: where a page stands, and its language. */
const noFilters = ['after', 'before', 'lang'];
const eventTypes = Object.keys(eventCatalogue);

export function readGiven(ctx: Context): URLSearchParams {
  const given = new URLSearchParams(ctx.querystring);
  given.delete('lang');
  return given;
}

function toFilterParameters(given: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...given].filter(([name, value]) => value !== '' && !noFilters.includes(name)));
}

function toTyped(given: URLSearchParams): AuditFilters['typed'] {
  const typed = new Map<FilterField, string>();
  for (const field of filterFields) {
    const text = field === 'type' ? given.getAll(field).join(',') : given.get(field);
    if (text !== null && text !== '') {
      typed.set(field, text);
    }
  }
  return typed;
}

function toFilters({ frame, language }: Audit, register: Register, given: URLSearchParams): AuditFilters {
  return {
    url: path,
    typed: toTyped(given),
    services: toServiceGroups(register),
    purposes: toPurposeGroups(register, (purpose) => frame.texts.t('entries-purpose-ended', { purpose })),
    attributes: toDetailOptions(language),
  };
}

function toPlaceUrl(given: URLSearchParams, place: Place | null): string | null {
  if (place === null || place.at === 'start') {
    return null;
  }
  const parameters = toFilterParameters(given);
  parameters.set(place.at, String(place.index));
  return `${path}?${parameters.toString()}`;
}

type Shown = { readonly register: Register; readonly given: URLSearchParams; readonly downloadLimit: number };

function toResult({ order }: EntryQuery, search: Search, { downloadLimit, given, register }: Shown): AuditResult {
  const [newer, older] = order === 'newest-first' ? [search.previous, search.next] : [search.next, search.previous];
  const query = toFilterParameters(given).toString();
  return {
    rows: search.entries.map((entry) => toEntryRow(register, entry)),
    found: search.found,
    order,
    size: search.checkpoint?.size ?? 0,
    newerUrl: toPlaceUrl(given, newer),
    olderUrl: toPlaceUrl(given, older),
    downloads: { csv: `${path}.csv?${query}`, jsonl: `${path}.jsonl?${query}`, limit: downloadLimit },
  };
}

/** What is wrong is shown beside what was typed, and nothing was searched. */
async function toPage(needs: PageNeeds, audit: Audit, given: URLSearchParams): Promise<AuditEntriesPage> {
  const register = await readRegister(needs.agencies, audit.language);
  const filters = toFilters(audit, register, given);
  const parsed = await parseEntryQuery(needs, given);
  if (given.size === 0 || !parsed.ok) {
    return { filters, problems: parsed.ok ? [] : parsed.problems, result: null };
  }
  const search = getValue(await searchEntries(toLookNeeds(needs), audit.by, { ...parsed.value, form: 'page' }));
  return { filters, problems: [], result: toResult(parsed.value, search, { register, given, downloadLimit: needs.exportAloneLimit }) };
}

export async function showEntries(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const page = await toPage(needs, audit, readGiven(ctx));
  sendPage(ctx, renderAuditEntriesPage(audit.frame, page, eventTypes), page.problems.length > 0 ? 400 : 200);
}
