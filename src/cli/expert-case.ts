// The one case of an expert, as `huwiya officers invite` names it. An expert without a case would read nothing, and a case says nothing about anybody else.

import { isCaseOver } from '../domain/audit/case.ts';
import { toDayBegin } from '../domain/audit/country-day.ts';
import { dayMs, isDay } from '../domain/kernel/clock.ts';
import type { OfficerAsked } from '../domain/staff/invite-officer.ts';
import type { Role } from '../domain/staff/officer.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printLine } from './print.ts';

export type ExpertOptions = { readonly role: Role; readonly caseNumber?: string | null; readonly until?: string | null };

type Found = { readonly refusal?: ExitCode; readonly appointment?: NonNullable<OfficerAsked['appointment']> };

/** The first moment after the last day, in the country. */
const toEnd = (day: string): number | undefined => (isDay(day) ? toDayBegin(Date.parse(day) / dayMs + 1) : undefined);

/** What is wrong was said. */
export async function findAppointment(context: Context, { role, caseNumber, until }: ExpertOptions): Promise<Found> {
  const said = [caseNumber ?? '', until ?? ''] as const;
  if (role !== 'expert' && said.join('') === '') {
    return {};
  }
  const [number, end] = [said[0], toEnd(said[1])];
  if (role !== 'expert' || number === '' || end === undefined) {
    printLine(context.err, 'officers invite: an expert, and nobody else, takes --case NUMBER and --until YYYY-MM-DD');
    return { refusal: 2 };
  }
  return findCase(context, number, end);
}

async function findCase({ storage, clock, err }: Context, number: string, end: number): Promise<Found> {
  const found = await storage.cases.findCaseByNumber(number);
  const now = clock.now();
  if (found === undefined || isCaseOver(found, now) || end <= now) {
    printFailure(err, 'officers invite', found === undefined ? 'audit/case-unknown' : 'audit/case-ended');
    return { refusal: 1 };
  }
  return { appointment: { caseId: found.id, caseNumber: found.number, endsAt: Math.min(end, found.endsAt) } };
}
