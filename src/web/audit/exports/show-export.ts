// One export: how it stands, the second auditor's word with their passkey, calling it off, and fetching what it holds.

import type { Context } from 'koa';
import { isFetchable, isWaiting } from '../../../domain/audit/exports/export.ts';
import type { AuditExport } from '../../../domain/audit/exports/export.ts';
import { checkDecider, settleExport } from '../../../domain/audit/exports/settle-export.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import type { ExportPage } from '../../../../views/audit-export-model.ts';
import { renderExportPage } from '../../../../views/audit-export.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { getOpenCase } from '../cases/open-case.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { findProgressOf, sendProgress } from './export-progress.ts';
import { getExport, sendExportFile } from './get-export.ts';
import { toExportRow, toExportsUrl, toOfficerName } from './show-exports.ts';

type Shown = { readonly staff: Staff; readonly opened: OpenedCase; readonly found: AuditExport };

async function findShown(needs: PageNeeds, ctx: Context, staff: Staff): Promise<Shown> {
  // /audit/cases/CASE/exports/EXPORT/…
  const [, , , caseId = '', , id = ''] = ctx.path.split('/');
  const opened = await getOpenCase(needs, staff.officer.id, caseId);
  return { staff, opened, found: await getExport(needs, opened, id) };
}

type Act = 'approve' | 'deny';

/** Every word of what is agreed to, in the session of this desk. */
function toAct(needs: PageNeeds, { found, staff }: Shown, act: Act): string {
  return toAbout(needs, staff, [
    'export',
    act,
    found.id,
    found.form,
    JSON.stringify(found.query),
    String(found.rows),
    found.recipient,
    found.reason,
  ]);
}

type Presses = Pick<ExportPage, 'fetch' | 'cancel' | 'decide'>;

function toPresses(needs: PageNeeds, shown: Shown, act: Act): Presses {
  const { found, staff } = shown;
  const now = needs.clock.now();
  const isOwn = found.askedBy === staff.officer.id;
  const base = `${toExportsUrl(found.caseId)}/${found.id}`;
  const to = (step: string) => ({ action: `${base}/${step}`, token: staff.token });
  const isLive = isFetchable(found, now) || isWaiting(found, now);
  return {
    fetch: isOwn && isFetchable(found, now) ? to('file') : null,
    cancel: isOwn && isLive ? to('cancel') : null,
    decide:
      !isOwn && isWaiting(found, now)
        ? { act, approve: to('approve'), deny: to('deny'), ceremony: toConfirming(needs, staff, toAct(needs, shown, act)) }
        : null,
  };
}

function toAboutFacts({ query }: AuditExport): ExportPage['about'] {
  return (['service', 'record', 'person'] as const).flatMap((key) => {
    const value = query[key];
    return value === null ? [] : [{ key, value }];
  });
}

async function send(needs: PageNeeds, ctx: Context, shown: Shown & { readonly isUnconfirmed: boolean; readonly act: Act }): Promise<void> {
  const { act, found, isUnconfirmed, opened, staff } = shown;
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.viewed', payload: { case: opened.number, export: found.id } });
  const { decidedAt, decidedBy, endsAt, query, reason, recipient, size } = found;
  const page = renderExportPage(staff.frame, {
    ...(await toExportRow(needs, staff, found)),
    number: opened.number,
    listUrl: toExportsUrl(opened.id),
    reason,
    recipient,
    about: toAboutFacts(found),
    period: { from: query.from, to: query.to },
    size,
    decidedBy: decidedBy === null ? null : await toOfficerName(needs, staff, decidedBy),
    decidedAt,
    endsAt,
    ...toPresses(needs, shown, act),
    progress: await findProgressOf(needs, staff, found),
    isUnconfirmed,
  });
  sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
}

export async function showExport(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    await send(needs, ctx, { ...(await findShown(needs, ctx, staff)), isUnconfirmed: false, act: 'approve' });
  }
}

/** Leaves no entry: it says nothing but how far a file has come that whoever asks fetches. */
export async function showProgress(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    await sendProgress(needs, ctx, await findShown(needs, ctx, staff));
  }
}

async function settle(needs: PageNeeds, { found, opened, staff }: Shown, state: 'approved' | 'denied' | 'cancelled'): Promise<string> {
  getValue(await settleExport(needs, opened, { found, state, by: staff.officer.id }));
  return `${toExportsUrl(opened.id)}/${found.id}`;
}

export async function submitApproval(needs: PageNeeds, ctx: Context): Promise<void> {
  const { form, staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const shown = await findShown(needs, ctx, staff);
  if ((await takeConfirmation(needs, toAct(needs, shown, 'approve'), form)) === undefined) {
    await send(needs, ctx, { ...shown, isUnconfirmed: true, act: 'approve' });
    return;
  }
  redirectTo(ctx, await settle(needs, shown, 'approved'));
}

export async function submitDenial(needs: PageNeeds, ctx: Context): Promise<void> {
  const { form, staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const shown = await findShown(needs, ctx, staff);
  getValue(await checkDecider(needs, { found: shown.found, by: staff.officer.id }));
  const isUnconfirmed = form.has('confirmation');
  if (!isUnconfirmed || (await takeConfirmation(needs, toAct(needs, shown, 'deny'), form)) === undefined) {
    await send(needs, ctx, { ...shown, isUnconfirmed, act: 'deny' });
    return;
  }
  redirectTo(ctx, await settle(needs, shown, 'denied'));
}

export async function submitCancelling(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  redirectTo(ctx, await settle(needs, await findShown(needs, ctx, staff), 'cancelled'));
}

export async function fetchExportFile(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const { found, opened } = await findShown(needs, ctx, staff);
  await sendExportFile(needs, ctx, { found, opened, by: staff.officer.id, language: staff.language });
}
