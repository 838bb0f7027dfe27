// `huwiya agencies history CLIENT_ID`: what a service was registered as, and since when.

import { findChangedMembers, toMembers } from '../domain/agencies/service-version.ts';
import type { ServiceVersion } from '../domain/agencies/service-version.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import type { Context, ExitCode, Output } from './context.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';

export type AgenciesHistoryOptions = { readonly clientId: string; readonly json: boolean };

/** `entry` is null while the event waits for its number, and where the version is older than its entry's being kept. */
type Told = { readonly version: ServiceVersion; readonly entry: number | null; readonly changed: readonly string[] };

export async function runAgenciesHistory(context: Context, { clientId, json }: AgenciesHistoryOptions): Promise<ExitCode> {
  const versions = await context.storage.agencies.listServiceVersions(clientId);
  if (versions.length === 0) {
    printFailure(context.err, 'agencies history', 'agency/unknown');
    return 1;
  }
  const told = await Promise.all(
    versions.map(async (version, place) => ({
      version,
      entry: await findEntry(context, version),
      changed: findChangedMembers(version, versions[place + 1]),
    })),
  );
  if (json) {
    printJson(context.out, { client_id: clientId, versions: told.map(toJson) });
  } else {
    told.forEach((each) => printVersion(context.out, each));
  }
  return 0;
}

async function findEntry({ storage }: Context, { entryId }: ServiceVersion): Promise<number | null> {
  const entry = entryId === null ? undefined : await storage.ledger.findEntryByEventId(entryId);
  return entry?.index ?? null;
}

/** The oldest with all it says, each other one with what is different from the one before. */
function printVersion(out: Output, { version, entry, changed }: Told): void {
  const members = toMembers(version);
  const origin = [
    version.since === null ? 'since before versions were kept' : `since ${toTimestamp(version.since)}`,
    ...(entry === null ? [] : [`entry ${entry}`]),
    ...(version.submissionId === null ? [] : [`submission ${version.submissionId}`]),
  ];
  printLine(out, `version ${version.version}, ${origin.join(', ')}`);
  printTable(
    out,
    changed.map((name) => [`  ${name}`, toText(name, members[name])]),
  );
}

function toText(name: string, value: Json | undefined): string {
  if (name === 'client_secret') {
    return 'another one';
  }
  return value === undefined ? 'no longer there' : JSON.stringify(value);
}

function toJson({ version, entry, changed }: Told): Json {
  const { version: number, since, submissionId } = version;
  const moment = since === null ? null : toTimestamp(since);
  return { version: number, since: moment, entry, submission: submissionId, changed, registered: toMembers(version) };
}
