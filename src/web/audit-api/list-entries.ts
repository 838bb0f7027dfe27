// The list of entries: a page with a cursor, or the whole result as lines. The cursor is a place in the ledger and not a count, so that entries which are
// added meanwhile neither repeat nor hide one.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { Looker } from '../../domain/audit/look.ts';
import { searchEntries } from '../../domain/audit/search-entries.ts';
import type { Search } from '../../domain/audit/search-entries.ts';
import { takeEntries } from '../../domain/audit/take-entries.ts';
import type { Taken } from '../../domain/audit/take-entries.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toLookNeeds } from '../audit/look-needs.ts';
import { sendParameterProblem } from '../error-page.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';
import { getCaller } from './access.ts';
import type { pageAnswer } from './answers.ts';
import { parseListQuery } from './api-query.ts';
import type { ListForm, ListQuery } from './api-query.ts';
import { toEntryJson } from './entry-json.ts';

export const linesType = 'application/x-ndjson';

function getForm(ctx: Context): ListForm {
  const type = ctx.accepts('application/json', linesType);
  if (type === false) {
    throw new Fault('request/not-acceptable', 'neither JSON nor lines');
  }
  return type === linesType ? 'lines' : 'page';
}

function toCursor({ next }: Search): string | null {
  return next?.at === 'after' ? String(next.index) : null;
}

function toPage(search: Search): z.infer<typeof pageAnswer> {
  const { entries, found, checkpoint } = search;
  return {
    entries: entries.map(toEntryJson),
    next: toCursor(search),
    found: { count: found.count, is_more: found.isMore },
    checkpoint: checkpoint === null ? null : { size: checkpoint.size, at: toTimestamp(checkpoint.at) },
  };
}

/** RFC 8288, for programs that follow links. */
function setNextLink(ctx: Context, next: string | null): void {
  if (next !== null) {
    const query = new URLSearchParams(ctx.querystring);
    query.set('cursor', next);
    ctx.set('Link', `<${ctx.path}?${query.toString()}>; rel="next"`);
  }
}

async function* toLines({ pages }: Taken): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map((entry) => `${JSON.stringify(toEntryJson(entry))}\n`).join('');
  }
}

/** How many lines there are comes before them: a file that was cut on the way is seen to be. */
function sendLines(ctx: Context, taken: Taken): void {
  ctx.set('Huwiya-Entries', String(taken.count));
  ctx.set('Huwiya-Log-Size', String(taken.size));
  ctx.set('Huwiya-Cut', String(taken.isCut));
  ctx.body = Readable.from(toLines(taken));
  ctx.type = linesType;
}

/** An officer takes no more than anybody takes alone: more leaves by an export of a case. Null: all. */
function toLimit({ exportAloneLimit }: PageNeeds, { kind }: Looker, { isLimited, limit }: ListQuery): number | null {
  const asked = isLimited ? limit : null;
  return kind === 'officer' ? Math.min(asked ?? exportAloneLimit, exportAloneLimit) : asked;
}

export async function listEntries(needs: PageNeeds, ctx: Context): Promise<void> {
  const caller = await getCaller(needs, ctx);
  const form = getForm(ctx);
  const texts = needs.texts[findProgramLanguage(needs, ctx)];
  const parsed = await parseListQuery({ agencies: needs.agencies, ledger: needs.ledger, texts }, ctx, form);
  ctx.vary('Accept');
  if (!parsed.ok) {
    sendParameterProblem(needs, ctx, parsed.errors);
    return;
  }
  if (form === 'lines') {
    const { filter, order } = parsed.value;
    const limit = toLimit(needs, caller, parsed.value);
    sendLines(ctx, getValue(await takeEntries(toLookNeeds(needs), caller, { filter, order, limit, form: 'jsonl' })));
    return;
  }
  const search = getValue(await searchEntries(toLookNeeds(needs), caller, { ...parsed.value, form: 'json' }));
  setNextLink(ctx, toCursor(search));
  ctx.body = toPage(search);
}
