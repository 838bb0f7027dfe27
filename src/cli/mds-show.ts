// `huwiya mds show`: which metadata count, how long they are good for, and how passkeys stand by them.

import { toTimestamp } from '../domain/kernel/clock.ts';
import { isLate } from '../domain/metadata/model.ts';
import type { MetadataSource, Model } from '../domain/metadata/model.ts';
import type { StandingCounts } from '../domain/metadata/store.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine, printTable } from './print.ts';

const toDay = (at: number): string => toTimestamp(at).slice(0, 10);

const countOf = (models: readonly Model[], { source }: MetadataSource) => ({
  models: models.filter((model) => model.source === source && model.isListed).length,
  warned: models.filter((model) => model.source === source && model.isWarned).length,
});

export async function runMdsShow(context: Context, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const { out, clock, storage } = context;
  const sources = await storage.metadata.listSources();
  const models = await storage.metadata.listModels();
  const passkeys = await storage.metadata.countStandings();
  const waiting = await storage.metadata.countUnjudged();
  const now = clock.now();
  const listed = sources.map((source) => ({ ...source, ...countOf(models, source), isLate: isLate(source, now) }));
  if (json) {
    const { person, officer } = passkeys;
    printJson(out, { sources: listed.map(toJson), passkeys: { people: { ...person }, staff: { ...officer }, to_judge: waiting } });
    return 0;
  }
  if (listed.length === 0) {
    printLine(out, 'no metadata were imported; every passkey is unknown');
  } else {
    printTable(out, [['SOURCE', 'NUMBER', 'NEXT', 'MODELS', 'WARNED', 'NAME'], ...listed.map(toRow)]);
  }
  printCounts(context, passkeys, waiting);
  return 0;
}

type Listed = MetadataSource & { readonly models: number; readonly warned: number; readonly isLate: boolean };

function toJson({ source, name, number, nextUpdate, importedAt, models, warned, isLate: late }: Listed) {
  return { source, name, number, next_update: toDay(nextUpdate), late, imported_at: toTimestamp(importedAt), models, warned };
}

function toRow({ source, name, number, nextUpdate, models, warned, isLate: late }: Listed): readonly string[] {
  return [source.slice(0, 16), String(number), `${toDay(nextUpdate)}${late ? ' late' : ''}`, String(models), String(warned), name];
}

function printCounts({ out }: Context, { person, officer }: StandingCounts, waiting: number): void {
  printTable(out, [
    ['PASSKEYS', 'TRUSTED', 'UNKNOWN', 'REVOKED'],
    ...(
      [
        ['of people', person],
        ['of staff', officer],
      ] as const
    ).map(([name, { trusted, unknown, revoked }]) => [name, String(trusted), String(unknown), String(revoked)]),
  ]);
  if (waiting > 0) {
    printLine(out, `${waiting} passkeys are still to be judged; a node that runs does it`);
  }
}
