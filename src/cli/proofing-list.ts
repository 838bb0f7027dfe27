// `huwiya proofing list`

import { toTimestamp, toTimestampOrNull } from '../domain/kernel/clock.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printTable } from './print.ts';

export async function runProofingList({ storage, out }: Context, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const issuers = await storage.proofings.listIssuers();
  if (json) {
    const listed = issuers.map(({ since, endedAt, jwks, ...issuer }) => ({
      ...issuer,
      keys: jwks.keys.map(({ kid }) => kid),
      since: toTimestamp(since),
      ended_at: toTimestampOrNull(endedAt),
    }));
    printJson(out, { issuers: listed });
    return 0;
  }
  printTable(out, [
    ['STATE', 'FRAMEWORK', 'LEVELS', 'HIGH BY', 'ISSUER'],
    ...issuers.map(({ issuer, endedAt, trust_framework: framework, assurance_levels: levels, high_methods: high }) => [
      endedAt === null ? 'taken' : 'ended',
      framework,
      levels.join(' '),
      high.join(' ') || '-',
      issuer,
    ]),
  ]);
  return 0;
}
