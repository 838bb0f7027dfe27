// Entries by every filter, inside a case under its pseudonyms and outside without anybody: a page with a cursor, or all of them as lines that are read while
// they leave.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { z } from 'zod';
import { searchFacts } from '../../domain/audit/questions/search-facts.ts';
import type { NamedFact } from '../../domain/audit/questions/search-facts.ts';
import { takeFacts } from '../../domain/audit/questions/take-facts.ts';
import type { TakenFacts } from '../../domain/audit/questions/take-facts.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toAskNeeds } from '../audit/questions/ask-needs.ts';
import { factQuerySchema } from '../audit/questions/fact-query.ts';
import { parseFactSearch } from '../audit/questions/fact-search.ts';
import type { FactSearch } from '../audit/questions/fact-search.ts';
import { placeSchemas } from '../audit/questions/value-schemas.ts';
import type { PageNeeds } from '../needs.ts';
import { entryAnswer, pageAnswer } from './answers.ts';
import { refuseParameters, toDeskQuery } from './asked.ts';
import { linesType } from './list-entries.ts';
import { openCaller } from './standing.ts';
import type { Caller } from './standing.ts';

export const matchAnswer = entryAnswer
  .extend({
    purpose_version: z.int().nullable(),
    reason: z.string().nullable().describe('code of the reason'),
    actor: z.strictObject({ kind: z.string(), ref: z.string().nullable().describe('id of an officer or a program; null for a person') }),
    acted_by: z.string().nullable(),
    elapsed_ms: z.int().nullable().describe('milliseconds since what this entry answers'),
    flaws: z.array(z.string()).describe('what the log itself shows to be wrong'),
    record: z.string().nullable().describe('id of the consent record; inside a case only'),
    person: z.string().nullable().describe('pseudonym of the case; null outside one'),
  })
  .describe('An entry as a search by every filter lists it.');

export const matchPageAnswer = pageAnswer.extend({ entries: z.array(matchAnswer).describe('newest first') }).describe('A page of entries.');

/** Every filter. `person` inside a case only. */
export const matchQuery = factQuerySchema.extend({
  as_of: placeSchemas.as_of.optional(),
  cursor: placeSchemas.after.describe('the `next` of the page before; not with application/x-ndjson').optional(),
  limit: placeSchemas.limit.optional(),
});

function toMatchJson(fact: NamedFact, isInside: boolean): z.infer<typeof matchAnswer> {
  const { actor, at, index, marks, person, purpose, reason, record, service, type } = fact;
  const termsOf = (kind: 'attribute' | 'flaw'): string[] => marks.filter((mark) => mark.kind === kind).map(({ term }) => term);
  return {
    index,
    type,
    at: toTimestamp(at),
    service,
    purpose,
    attributes: termsOf('attribute'),
    purpose_version: fact.purposeVersion,
    reason,
    actor: { kind: actor.kind, ref: actor.kind === 'person' ? null : actor.ref },
    acted_by: fact.actedBy,
    elapsed_ms: fact.elapsed,
    flaws: termsOf('flaw'),
    record: isInside ? record : null,
    person,
  };
}

async function* toLines({ pages }: TakenFacts, isInside: boolean): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map((fact) => `${JSON.stringify(toMatchJson(fact, isInside))}\n`).join('');
  }
}

type Asked = { readonly caller: Caller; readonly asked: FactSearch };

async function sendPage(needs: PageNeeds, ctx: Context, { asked, caller }: Asked): Promise<void> {
  const { by, standing } = caller;
  const reply = getValue(await searchFacts(toAskNeeds(needs), by, { ...asked, standing, form: 'json' }));
  const { checkpoint, facts, found, next } = reply;
  const answer: z.infer<typeof matchPageAnswer> = {
    entries: facts.map((fact) => toMatchJson(fact, standing.inside !== null)),
    next: next === null ? null : String(next),
    found: { count: found.count, is_more: found.isMore },
    checkpoint: checkpoint === null ? null : { size: checkpoint.size, at: toTimestamp(checkpoint.at) },
  };
  ctx.body = answer;
}

/** How many lines there are comes before them. Bytes are counted and not lines, so that no more is read ahead than a reader takes. */
async function sendLines(needs: PageNeeds, ctx: Context, { asked, caller }: Asked): Promise<void> {
  const { search, asOf } = asked;
  const { by, requireStanding, standing } = caller;
  // An officer takes no more than anybody takes alone: more leaves by an export of a case.
  const limit = by.kind === 'officer' ? needs.exportAloneLimit : null;
  const taken = getValue(await takeFacts(toAskNeeds(needs), by, { search, asOf, standing, form: 'jsonl', requireStanding, limit }));
  ctx.set('Huwiya-Entries', String(taken.count));
  ctx.set('Huwiya-Log-Size', String(taken.checkpoint?.size ?? 0));
  ctx.set('Huwiya-Cut', String(taken.isCut));
  ctx.body = Readable.from(toLines(taken, standing.inside !== null), { objectMode: false });
  ctx.type = linesType;
}

export async function listMatches(needs: PageNeeds, ctx: Context): Promise<void> {
  const caller = await openCaller(needs, ctx);
  const type = ctx.accepts('application/json', linesType);
  if (type === false) {
    throw new Fault('request/not-acceptable', 'neither JSON nor lines');
  }
  ctx.vary('Accept');
  const parsed = await parseFactSearch(needs, toDeskQuery(ctx, caller.standing));
  if (!parsed.ok) {
    refuseParameters(needs, ctx, parsed.problems);
    return;
  }
  await (type === linesType ? sendLines : sendPage)(needs, ctx, { caller, asked: parsed.value });
}
