// `huwiya officers invite --role ROLE --name NAME [--agency ID] [--case NUMBER --until DAY]`

import { toTimestamp } from '../domain/kernel/clock.ts';
import { inviteOfficer } from '../domain/staff/invite-officer.ts';
import type { Role } from '../domain/staff/officer.ts';
import { parseOfficerName } from '../domain/staff/parse-name.ts';
import type { Context, ExitCode } from './context.ts';
import { findAppointment } from './expert-case.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type OfficersInviteOptions = {
  readonly role: Role;
  readonly name: string;
  readonly agencyId: string | null;
  /** Of an expert: the number of their case, and the last day, as YYYY-MM-DD. */
  readonly caseNumber?: string | null;
  readonly until?: string | null;
  readonly json: boolean;
};

/** What is wrong with the agency was said. */
async function refuseAgency({ storage, err }: Context, { role, agencyId }: OfficersInviteOptions): Promise<ExitCode | undefined> {
  if (role === 'developer' && agencyId === null) {
    printLine(err, 'officers invite: a developer works for one agency: name it with --agency');
    return 2;
  }
  if (agencyId !== null && !(await storage.agencies.listAgencies()).some(({ id }) => id === agencyId)) {
    printFailure(err, 'officers invite', 'agency/unknown');
    return 1;
  }
  return undefined;
}

/** The link is a bearer value: it goes to standard output, once, and nowhere else. */
export async function runOfficersInvite(context: Context, options: OfficersInviteOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const { role, agencyId } = options;
  const name = parseOfficerName(options.name);
  if (!name.ok) {
    printLine(err, `officers invite: --name must be ${name.detail}`);
    return 2;
  }
  const refused = await refuseAgency(context, options);
  if (refused !== undefined) {
    return refused;
  }
  const { refusal, appointment } = await findAppointment(context, options);
  if (refusal !== undefined) {
    return refusal;
  }
  const needs = { staff: storage.staff, clock, random };
  const asked = { role, name: name.value, agencyId, actor: { kind: 'operator', ref: null }, ...(appointment && { appointment }) } as const;
  const issued = await inviteOfficer(needs, asked);
  if (!issued.ok) {
    printFailure(err, `officers invite (${issued.detail})`, issued.code);
    return 1;
  }
  const { officerId, isNew, token, expiresAt } = issued.value;
  const url = `${context.issuer}/staff/enrol/${token}`;
  if (options.json) {
    printJson(out, { url, expires_at: toTimestamp(expiresAt), id: officerId });
  } else {
    printLine(out, url);
    printLine(out, `works once, until ${toTimestamp(expiresAt)}`);
    printLine(out, isNew ? `new ${role} ${officerId}` : `${role} ${officerId}, invited before: the earlier link no longer works`);
  }
  return 0;
}
