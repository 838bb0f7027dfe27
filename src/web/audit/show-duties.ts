// The auditor's page of overdue answers.

import type { Context } from 'koa';
import { z } from 'zod';
import { lookAtOverdueDuties } from '../../domain/audit/overdue-duties.ts';
import type { OverdueDuty } from '../../domain/audit/overdue-duties.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderAuditDutiesPage } from '../../../views/audit-duties.ts';
import type { OverdueRow } from '../../../views/audit-duties.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toLookNeeds } from './look-needs.ts';
import { openAudit } from './open-audit.ts';

const limit = 100;

const path = '/audit/duties';

const querySchema = z.strictObject({ after: z.uuid().optional(), lang: z.string().optional() });

async function toRow(needs: PageNeeds, duty: OverdueDuty, language: 'ar' | 'en'): Promise<OverdueRow> {
  const { service, purpose, kind, dueAt, daysOver, toldAt } = duty;
  const registered = await needs.agencies.findService(service);
  const asked = registered?.purposes.find(({ id }) => id === purpose);
  return {
    service: { name: registered?.service.name[language] ?? service, code: service },
    agency: registered?.agency.name[language] ?? duty.agency,
    purpose: { name: asked?.text[language] ?? purpose, code: purpose },
    kind,
    dueAt,
    daysOver,
    isTold: toldAt !== null,
  };
}

export async function showDuties(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const query = querySchema.safeParse({ ...ctx.query });
  if (!query.success) {
    throw new Fault('request/place-unknown', 'the address of a further page was altered');
  }
  const { after = null } = query.data;
  const { duties, next } = await lookAtOverdueDuties({ ...toLookNeeds(needs), duties: needs.duties }, audit.by, {
    after,
    limit,
    form: 'page',
  });
  const page = renderAuditDutiesPage(audit.frame, {
    rows: await Promise.all(duties.map(async (duty) => toRow(needs, duty, audit.language))),
    moreUrl: next === null ? null : `${path}?after=${next}`,
    firstUrl: after === null ? null : path,
  });
  sendPage(ctx, page);
}
