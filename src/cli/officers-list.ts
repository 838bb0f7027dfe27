// `huwiya officers list`

import { toTimestamp } from '../domain/kernel/clock.ts';
import { toFitness } from '../domain/staff/passkey-rule.ts';
import type { ListedOfficer } from '../domain/staff/store.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printTable } from './print.ts';

/** As the rule of staff sees them (ADR-0069), and of a suspended officer too. */
const toFitnesses = ({ passkeys }: ListedOfficer): readonly string[] => passkeys.map(toFitness);

export async function runOfficersList(context: Context, options: { readonly json: boolean }): Promise<ExitCode> {
  const officers = await context.storage.staff.listOfficers();
  if (options.json) {
    const listed = officers.map((officer) => ({
      id: officer.id,
      name: officer.name,
      role: officer.role,
      agency: officer.agencyId,
      status: officer.status,
      passkeys: officer.passkeyCount,
      fitness: [...toFitnesses(officer)],
      invited_at: toTimestamp(officer.createdAt),
    }));
    printJson(context.out, { officers: listed });
    return 0;
  }
  printTable(context.out, [
    ['ID', 'ROLE', 'AGENCY', 'STATUS', 'PASSKEYS', 'FITNESS', 'NAME'],
    ...officers.map((officer) => [
      officer.id,
      officer.role,
      officer.agencyId ?? '-',
      officer.status,
      String(officer.passkeyCount),
      toFitnesses(officer).join(' ') || '-',
      officer.name,
    ]),
  ]);
  return 0;
}
