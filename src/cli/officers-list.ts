// `huwiya officers list`

import { toTimestamp } from '../domain/kernel/clock.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printTable } from './print.ts';

export async function runOfficersList(context: Context, options: { readonly json: boolean }): Promise<ExitCode> {
  const officers = await context.storage.staff.listOfficers();
  if (options.json) {
    const listed = officers.map(({ id, name, role, agencyId, status, passkeyCount, createdAt }) => ({
      id,
      name,
      role,
      agency: agencyId,
      status,
      passkeys: passkeyCount,
      invited_at: toTimestamp(createdAt),
    }));
    printJson(context.out, { officers: listed });
    return 0;
  }
  printTable(context.out, [
    ['ID', 'ROLE', 'AGENCY', 'STATUS', 'PASSKEYS', 'NAME'],
    ...officers.map((officer) => [
      officer.id,
      officer.role,
      officer.agencyId ?? '-',
      officer.status,
      String(officer.passkeyCount),
      officer.name,
    ]),
  ]);
  return 0;
}
