// How far the file of an export has come, for whoever fetches it: on the page of the export, on a page of its own, and as JSON for the script of both.

import type { Context } from 'koa';
import { isFetchable } from '../../../domain/audit/exports/export.ts';
import type { AuditExport, ExportProgress } from '../../../domain/audit/exports/export.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { Fault } from '../../../domain/kernel/errors.ts';
import type { ExportPage, ShownProgress } from '../../../../views/audit-export-model.ts';
import { renderProgressPage } from '../../../../views/audit-export-progress.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toExportsUrl } from './show-exports.ts';

/** After so long without a word it counts as stopped. */
const silentMs = 30_000;

type About = Pick<AuditExport, 'endsAt' | 'rows' | 'state'>;

export function toShownProgress(found: ExportProgress | undefined, about: About, now: number): ShownProgress {
  const of = about.rows;
  if (found === undefined) {
    return { state: 'none', rows: 0, of };
  }
  const { at, rows, step } = found;
  if (step === 'send' && rows >= of) {
    return { state: 'whole', rows, of };
  }
  return { state: now - at > silentMs || !isFetchable(about, now) ? 'stopped' : step, rows, of };
}

/** A pack is made as a whole, and small. */
const isList = ({ form }: AuditExport): boolean => form !== 'pack';
const toUrl = ({ caseId, id }: AuditExport): string => `${toExportsUrl(caseId)}/${id}`;

async function read(needs: PageNeeds, found: AuditExport): Promise<ShownProgress> {
  return toShownProgress(await needs.exports.findProgress(found.id), found, needs.clock.now());
}

/** For whoever fetches it, and nobody else. */
export async function findProgressOf(needs: PageNeeds, { officer }: Staff, found: AuditExport): Promise<ExportPage['progress']> {
  const isShown = isList(found) && found.askedBy === officer.id && isFetchable(found, needs.clock.now());
  return isShown ? { url: `${toUrl(found)}/progress`, progress: await read(needs, found) } : null;
}

type Shown = { readonly staff: Staff; readonly opened: OpenedCase; readonly found: AuditExport };

export async function sendProgress(needs: PageNeeds, ctx: Context, { found, opened, staff }: Shown): Promise<void> {
  if (found.askedBy !== staff.officer.id) {
    throw new Fault('audit/export-own', 'only whoever asked fetches it');
  }
  const progress = await read(needs, found);
  ctx.vary('Accept');
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.body = { state: progress.state, rows: progress.rows };
    return;
  }
  const exportUrl = toUrl(found);
  const page = renderProgressPage(staff.frame, {
    url: `${exportUrl}/progress`,
    exportUrl,
    number: opened.number,
    form: found.form,
    progress,
    cancel: isFetchable(found, needs.clock.now()) ? { action: `${exportUrl}/cancel`, token: staff.token } : null,
  });
  sendPage(ctx, page);
}
