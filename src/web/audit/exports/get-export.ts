// An export by its id within a case, and the file of it on its way to whoever asked.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { AuditExport } from '../../../domain/audit/exports/export.ts';
import { fetchExport } from '../../../domain/audit/exports/fetch-export.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { Fault, getValue } from '../../../domain/kernel/errors.ts';
import type { PageNeeds } from '../../needs.ts';
import type { Language } from '../../../domain/people/person.ts';
import { createListForms } from './list-lines.ts';
import { createTell, toExportNeeds } from './export-needs.ts';

/** Throws `audit/export-unknown` for one of another case as well. */
export async function getExport(needs: PageNeeds, opened: OpenedCase, id: string): Promise<AuditExport> {
  const found = await needs.exports.findExport(id);
  if (found?.caseId !== opened.id) {
    throw new Fault('audit/export-unknown', 'the case has no such export');
  }
  return found;
}

type Sent = { readonly found: AuditExport; readonly opened: OpenedCase; readonly by: string; readonly language: Language };

/** Only to whoever asked, and under whose name it stands; to anybody else throws `audit/export-own`. */
export async function sendExportFile(needs: PageNeeds, ctx: Context, { by, found, language, opened }: Sent): Promise<void> {
  if (found.askedBy !== by) {
    throw new Fault('audit/export-own', 'only whoever asked fetches it');
  }
  const listForms = createListForms(needs.texts[language]);
  const exportNeeds = { ...toExportNeeds(needs, opened, found.size), listForms, tell: createTell(needs, found) };
  const { read, sizeBytes } = getValue(await fetchExport(exportNeeds, opened, found));
  ctx.type = 'application/zip';
  ctx.set('Content-Disposition', `attachment; filename="huwiya-${found.form}-${found.id.slice(0, 13)}.zip"`);
  ctx.body = Readable.from(read());
  ctx.length = sizeBytes;
}
