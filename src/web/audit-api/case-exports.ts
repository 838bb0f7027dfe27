// Taking something out of a case: an auditor of the case, signed in, asks, sees how it stands, fetches and calls off, as at the desk. Where a second auditor must
// agree, they do so at the desk, with their passkey. A program is a member of no case, so there is nothing here for it.

import type { Context } from 'koa';
import { z } from 'zod';
import { askExport } from '../../domain/audit/exports/ask-export.ts';
import { exportForms, exportStates, isFetchable } from '../../domain/audit/exports/export.ts';
import type { AuditExport } from '../../domain/audit/exports/export.ts';
import { settleExport } from '../../domain/audit/exports/settle-export.ts';
import { findUnknown } from '../../domain/audit/exports/take-pack.ts';
import { recordLook } from '../../domain/audit/look.ts';
import type { OpenedCase } from '../../domain/audit/case.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { exportFields } from '../../../views/audit-export-model.ts';
import type { ExportField } from '../../../views/audit-export-model.ts';
import { getOpenCase } from '../audit/cases/open-case.ts';
import { toExportNeeds } from '../audit/exports/export-needs.ts';
import { getExport, sendExportFile } from '../audit/exports/get-export.ts';
import { parseExport } from '../audit/exports/parse-export.ts';
import { toLookNeeds } from '../audit/look-needs.ts';
import { readJson } from '../body.ts';
import { sendParameterProblem } from '../error-page.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';
import { getCaller } from './access.ts';
import { apiPath } from './protected-resource.ts';
import { getMemberId } from './standing.ts';

const time = z.string().describe('RFC 3339, UTC, milliseconds');

const exportRow = z.strictObject({
  id: z.uuid(),
  form: z.enum(exportForms),
  state: z.enum(exportStates).describe('`waiting`: a second auditor of the case has to agree, at the desk'),
  entries: z.int().min(0).describe('that met the query when it was asked for'),
  as_of: z.int().min(0).describe('entries of the ledger then; the export holds nothing later'),
  asked_at: time,
  ends_at: time.describe('until then it waits, or can be fetched'),
  is_fetchable: z.boolean().describe('by whoever asked'),
});

export const exportsAnswer = z
  .strictObject({ exports: z.array(exportRow) })
  .describe('What was asked for within the case, the newest first.');

const words = z.string().min(3).max(120);

export const exportAnswer = exportRow
  .extend({
    service: z.string().nullable(),
    record: z.string().nullable(),
    person: z.string().nullable().describe('a pseudonym of the case'),
    from: time.nullable(),
    to: time.nullable().describe('the first moment that is no longer meant'),
    recipient: words,
    reason: words,
    decided_at: time.nullable(),
  })
  .describe('An export and how it stands.');

/** What `parseExport` takes, as the description tells it. */
export const exportAsked = z
  .strictObject({
    form: z.enum(exportForms),
    service: z.string().optional(),
    record: z.string().optional().describe('id of a consent'),
    person: z.string().optional().describe('a pseudonym of the case'),
    from: z.string().optional().describe('a day of the country, or an instant with its zone'),
    to: z.string().optional().describe('a day, whole, or an instant that is no longer meant'),
    recipient: words.describe('for whom it is; stands in the file'),
    reason: words.describe('stands in the file'),
  })
  .describe('What to take out. At least one of service, record, person and from is needed.');

function toRow(found: AuditExport, now: number): z.infer<typeof exportRow> {
  const { askedAt, endsAt, form, id, rows, size, state } = found;
  const times = { asked_at: toTimestamp(askedAt), ends_at: toTimestamp(endsAt) };
  return { id, form, state, entries: rows, as_of: size, ...times, is_fetchable: isFetchable(found, now) };
}

const toTime = (at: number | null): string | null => (at === null ? null : toTimestamp(at));

function toAnswer(needs: PageNeeds, found: AuditExport): z.infer<typeof exportAnswer> {
  const { from, person, record, service, to } = found.query;
  const { decidedAt, reason, recipient } = found;
  const about = { service, record, person, from: toTime(from), to: toTime(to) };
  return { ...toRow(found, needs.clock.now()), ...about, recipient, reason, decided_at: toTime(decidedAt) };
}

type Member = { readonly officerId: string; readonly opened: OpenedCase; readonly exportId: string };

async function getMember(needs: PageNeeds, ctx: Context): Promise<Member> {
  // /audit/api/v1/cases/CASE/exports/EXPORT/…
  const [, , , , , caseId = '', , exportId = ''] = ctx.path.split('/');
  const officerId = getMemberId(await getCaller(needs, ctx));
  return { officerId, opened: await getOpenCase(needs, officerId, caseId), exportId };
}

export async function listCaseExports(needs: PageNeeds, ctx: Context): Promise<void> {
  const { officerId, opened } = await getMember(needs, ctx);
  const found = await needs.exports.listExports(opened.id);
  const by = { kind: 'officer', ref: officerId } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, exports: found.length } });
  const now = needs.clock.now();
  const answer: z.infer<typeof exportsAnswer> = { exports: found.map((each) => toRow(each, now)) };
  ctx.body = answer;
}

export async function showCaseExport(needs: PageNeeds, ctx: Context): Promise<void> {
  const { exportId, officerId, opened } = await getMember(needs, ctx);
  const found = await getExport(needs, opened, exportId);
  const by = { kind: 'officer', ref: officerId } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.viewed', payload: { case: opened.number, export: found.id } });
  ctx.body = toAnswer(needs, found);
}

type Wrong = {
  readonly name: string;
  readonly problem: string;
  readonly text: `export-problem-${Exclude<ExportField, 'service'> | 'about'}` | 'parameter-service-unknown' | 'parameter-field-unknown';
};

const toWrong = (name: ExportField): Wrong =>
  name === 'service'
    ? { name, problem: 'service-unknown', text: 'parameter-service-unknown' }
    : { name, problem: `${name}-invalid`, text: `export-problem-${name}` };

function refuseMembers(needs: PageNeeds, ctx: Context, wrong: readonly Wrong[]): void {
  const { t } = needs.texts[findProgramLanguage(needs, ctx)];
  const errors = wrong.map(({ name, problem, text }) => ({ parameter: name, problem, detail: t(text) }));
  sendParameterProblem(needs, ctx, errors);
}

const isField = (name: string): name is ExportField => exportFields.some((known) => known === name);

/** The members as the desk's form has them. What is no text can be none of them. */
function toFields(body: unknown): { readonly form: URLSearchParams; readonly wrong: readonly Wrong[] } {
  const members = z.record(z.string(), z.unknown()).safeParse(body);
  if (!members.success) {
    throw new Fault('request/invalid', 'an object was expected');
  }
  const form = new URLSearchParams();
  const wrong = Object.entries(members.data).flatMap(([name, value]): readonly Wrong[] => {
    if (!isField(name)) {
      return [{ name, problem: 'field-unknown', text: 'parameter-field-unknown' }];
    }
    if (typeof value !== 'string') {
      return [toWrong(name)];
    }
    form.set(name, value);
    return [];
  });
  return { form, wrong };
}

function parseAsked(body: unknown): {
  readonly asking?: Extract<ReturnType<typeof parseExport>, { ok: true }>['value'];
  readonly wrong: readonly Wrong[];
} {
  const { form, wrong } = toFields(body);
  const parsed = parseExport(form);
  if (parsed.ok) {
    return wrong.length > 0 ? { wrong } : { asking: parsed.value, wrong };
  }
  const named = new Set(wrong.map(({ name }) => name));
  const more = parsed.problems.map(({ field, problem }): Wrong => {
    return problem === 'about' ? { name: field, problem: 'about-missing', text: 'export-problem-about' } : toWrong(problem);
  });
  return { wrong: [...wrong, ...more.filter(({ name }) => !named.has(name))] };
}

export async function askCaseExport(needs: PageNeeds, ctx: Context): Promise<void> {
  const { officerId, opened } = await getMember(needs, ctx);
  const { asking, wrong } = parseAsked(await readJson(ctx));
  const exportNeeds = toExportNeeds(needs, opened, null);
  const unknown = asking === undefined ? [] : (await findUnknown(exportNeeds, asking.query)).filter(isField).map(toWrong);
  if (asking === undefined || unknown.length > 0) {
    refuseMembers(needs, ctx, [...wrong, ...unknown]);
    return;
  }
  const found = getValue(await askExport(exportNeeds, opened, { ...asking, askedBy: officerId }));
  ctx.status = 201;
  ctx.set('Location', `${apiPath}/cases/${opened.id}/exports/${found.id}`);
  ctx.body = toAnswer(needs, found);
}

export async function fetchCaseExport(needs: PageNeeds, ctx: Context): Promise<void> {
  const { exportId, officerId, opened } = await getMember(needs, ctx);
  const language = findProgramLanguage(needs, ctx);
  await sendExportFile(needs, ctx, { found: await getExport(needs, opened, exportId), opened, by: officerId, language });
}

/** The body is an empty object: a form of another site can send none of its type (Fetch standard, CORS-safelisted request-header). */
export async function cancelCaseExport(needs: PageNeeds, ctx: Context): Promise<void> {
  const { exportId, officerId, opened } = await getMember(needs, ctx);
  await readJson(ctx);
  const found = await getExport(needs, opened, exportId);
  getValue(await settleExport(toExportNeeds(needs, opened, null), opened, { found, state: 'cancelled', by: officerId }));
  ctx.body = toAnswer(needs, await getExport(needs, opened, exportId));
}
