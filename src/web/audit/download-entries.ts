// The result as a file, as far as one auditor takes it alone: one look, however many pages it would have been. More leaves by an export of a case.

import type { Context } from 'koa';
import { takeEntries } from '../../domain/audit/take-entries.ts';
import { getValue } from '../../domain/kernel/errors.ts';
import { redirectTo } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createLineForms } from './entry-lines.ts';
import { parseEntryQuery } from './entry-query.ts';
import { toLookNeeds } from './look-needs.ts';
import { openAudit } from './open-audit.ts';
import { toDay } from './parse-instant.ts';
import { readGiven } from './show-entries.ts';

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson' } as const;

async function download(needs: PageNeeds, ctx: Context, form: 'csv' | 'jsonl'): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const given = readGiven(ctx);
  const parsed = await parseEntryQuery(needs, given);
  if (!parsed.ok) {
    redirectTo(ctx, `/audit/entries?${given.toString()}`);
    return;
  }
  const { filter, order } = parsed.value;
  const taken = getValue(await takeEntries(toLookNeeds(needs), audit.by, { filter, order, limit: needs.exportAloneLimit, form }));
  const { head, toLines } = createLineForms(needs.texts[audit.language])[form];
  const parts: string[] = [head];
  for await (const entries of taken.pages) {
    parts.push(toLines(entries));
  }
  ctx.set('Content-Disposition', `attachment; filename="huwiya-entries-${toDay(needs.clock.now())}.${form}"`);
  ctx.type = types[form];
  ctx.body = parts.join('');
}

export async function downloadCsv(needs: PageNeeds, ctx: Context): Promise<void> {
  await download(needs, ctx, 'csv');
}

export async function downloadJsonLines(needs: PageNeeds, ctx: Context): Promise<void> {
  await download(needs, ctx, 'jsonl');
}
