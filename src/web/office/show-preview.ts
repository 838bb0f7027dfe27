// The page of a purpose that waits for an approver, as people would see it.

import type { Context } from 'koa';
import { z } from 'zod';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { personKinds } from '../../domain/people/person.ts';
import { createBareFrame, sendPage } from '../frame.ts';
import { renderPreview } from '../interactions/preview.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';
import { findRegistration } from './describe-change.ts';
import { getWaiting, recordLook } from './submissions.ts';

const query = z.object({ change: z.coerce.number().int().min(0).max(10_000), kind: z.enum(personKinds), language: z.enum(['ar', 'en']) });

async function findPreviewed(needs: PageNeeds, id: string, place: number): Promise<RegisteredService | undefined> {
  const { content } = await getWaiting(needs, id);
  const change = content.changes[place];
  const registered = { agencies: await needs.agencies.listAgencies(), services: await needs.agencies.listServices() };
  return change?.what === 'purpose' ? findRegistration(change, { content, registered }) : undefined;
}

export async function showSubmissionPreview(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles: ['approver'] });
  if (staff === undefined) {
    return;
  }
  const asked = query.safeParse(ctx.query);
  const registered = asked.success ? await findPreviewed(needs, id, asked.data.change) : undefined;
  const [purpose] = registered?.purposes ?? [];
  if (!asked.success || registered === undefined || purpose === undefined) {
    throw new Fault('request/invalid', 'no such preview');
  }
  const { kind, language, change } = asked.data;
  await recordLook(needs, { id, officerId: staff.officer.id, shown: { part: 'preview', change, kind, language } });
  sendPage(ctx, renderPreview(createBareFrame(needs, language), { registered, purpose, kind, now: needs.clock.now() }));
}
