// What was taken out of a case, and asking for more.

import type { Context } from 'koa';
import { askExport } from '../../../domain/audit/exports/ask-export.ts';
import { exportForms, isFetchable, isWaiting } from '../../../domain/audit/exports/export.ts';
import type { AuditExport } from '../../../domain/audit/exports/export.ts';
import { toCaseFilter } from '../../../domain/audit/case-people.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import { exportFields } from '../../../../views/audit-export-model.ts';
import type { ExportField, ExportRow, ShownExportState } from '../../../../views/audit-export-model.ts';
import { renderExportsPage } from '../../../../views/audit-exports.ts';
import type { Choice } from '../../../../views/select.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { getOpenCase, toCaseUrl } from '../cases/open-case.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { toExportNeeds } from './export-needs.ts';
import { parseExport } from './parse-export.ts';
import type { Problems } from './parse-export.ts';

export const toExportsUrl = (caseId: string): string => `${toCaseUrl(caseId)}/exports`;

export function toShownState(found: AuditExport, now: number): ShownExportState {
  const isLive = isFetchable(found, now) || isWaiting(found, now) || found.state === 'denied' || found.state === 'cancelled';
  return isLive ? found.state : 'ended';
}

/** Whoever works at a desk stands by name to what was done there. */
export async function toOfficerName(needs: PageNeeds, { language }: Pick<Staff, 'language'>, id: string): Promise<string> {
  return toSpellingIn((await needs.staff.findOfficer(id))?.name ?? id, language);
}

export async function toExportRow(needs: PageNeeds, staff: Staff, found: AuditExport): Promise<ExportRow> {
  const { askedAt, askedBy, caseId, form, id, rows } = found;
  const url = `${toExportsUrl(caseId)}/${id}`;
  return { url, form, rows, askedAt, askedBy: await toOfficerName(needs, staff, askedBy), state: toShownState(found, needs.clock.now()) };
}

async function toServices(needs: PageNeeds, opened: OpenedCase, { language }: Staff): Promise<readonly Choice[]> {
  const { services: within } = await toCaseFilter(needs, opened);
  const services = await needs.agencies.listServices();
  return services
    .filter(({ service }) => within?.includes(service.clientId) ?? true)
    .map(({ service }) => ({ value: service.clientId, label: service.name[language] }));
}

type Asked = { readonly staff: Staff; readonly opened: OpenedCase; readonly form: URLSearchParams; readonly problems: Problems };

async function send(needs: PageNeeds, ctx: Context, { form, opened, problems, staff }: Asked): Promise<void> {
  const found = await needs.exports.listExports(opened.id);
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, exports: found.length } });
  const page = renderExportsPage(staff.frame, {
    number: opened.number,
    caseUrl: toCaseUrl(opened.id),
    exports: await Promise.all(found.map((each) => toExportRow(needs, staff, each))),
    form: { action: toExportsUrl(opened.id), token: staff.token },
    typed: new Map(exportFields.flatMap((name: ExportField) => (form.has(name) ? [[name, findField(form, name) ?? '']] : []))),
    problems,
    forms: exportForms,
    services: await toServices(needs, opened, staff),
    aloneLimit: needs.exportAloneLimit,
  });
  sendPage(ctx, page, problems.length > 0 ? errorCatalogue['request/invalid'].status : 200);
}

export async function showExports(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    const opened = await getOpenCase(needs, staff.officer.id, caseId);
    // What a page of the case leads here with is filled in.
    await send(needs, ctx, { staff, opened, form: new URLSearchParams(ctx.querystring), problems: [] });
  }
}

export async function submitExport(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { form, staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const opened = await getOpenCase(needs, staff.officer.id, caseId);
  const parsed = parseExport(form);
  if (!parsed.ok) {
    await send(needs, ctx, { staff, opened, form, problems: parsed.problems });
    return;
  }
  const asked = await askExport(toExportNeeds(needs, opened, null), opened, { ...parsed.value, askedBy: staff.officer.id });
  if (!asked.ok && asked.code === 'audit/filter-unknown') {
    await send(needs, ctx, { staff, opened, form, problems: [{ field: 'record', problem: 'record' }] });
    return;
  }
  redirectTo(ctx, `${toExportsUrl(caseId)}/${getValue(asked).id}`);
}
