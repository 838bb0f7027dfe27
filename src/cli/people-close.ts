// `huwiya people close --closed-in DATABASE`: closes again what was closed after the backup that was restored, as a newer copy of the database remembers it.

import { existsSync } from 'node:fs';
import type { Parts } from '../app.ts';
import { parseDatabase } from '../config/settings.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { closeAgain } from '../domain/home/close-again.ts';
import { toInstallationFacts } from './check-installation.ts';
import { toAuthorityNeeds } from './consents-end.ts';
import type { ExitCode, Output } from './context.ts';
import { printJson, printLine } from './print.ts';
import { standardErr, standardOut, toContext } from './with-parts.ts';

export type PeopleCloseOptions = { readonly closedIn: string; readonly json: boolean };
type Outputs = { readonly out: Output; readonly err: Output };

type Read = { readonly ids: readonly string[] } | { readonly problem: string };

async function readClosed(parts: Parts, closedIn: string): Promise<Read> {
  const place = parseDatabase(closedIn);
  if (place === undefined) {
    return { problem: 'is neither sqlite:PATH nor a postgres:// URL' };
  }
  // Opening would create a file that is not there.
  if (place.kind === 'sqlite' && !existsSync(place.path)) {
    return { problem: 'names a file that is not there' };
  }
  const { openStorage } = await import('../storage/open-storage.ts');
  const survivor = openStorage(place);
  try {
    const known = await survivor.readInstallation();
    const own = toInstallationFacts(parts);
    const isOwn = ['issuer', 'encryption-key', 'lookup-key'].every((name) => known[name] === own[name]);
    return isOwn ? { ids: await survivor.erasures.listClosed() } : { problem: 'belongs to another installation' };
  } finally {
    await survivor.close();
  }
}

async function tryRead(parts: Parts, closedIn: string): Promise<Read> {
  try {
    return await readClosed(parts, closedIn);
  } catch (thrown) {
    return { problem: `cannot be read: ${thrown instanceof Fault ? thrown.detail : 'no database of this product'}` };
  }
}

export async function runPeopleClose(
  parts: Parts,
  { closedIn, json }: PeopleCloseOptions,
  { out, err }: Outputs = { out: standardOut, err: standardErr },
): Promise<ExitCode> {
  const read = await tryRead(parts, closedIn);
  if ('problem' in read) {
    printLine(err, `people close: --closed-in ${read.problem}`);
    return 1;
  }
  const { erasures, home } = parts.storage;
  const needs = { ...toAuthorityNeeds(toContext(parts)), clock: systemClock, random: systemRandom, home, erasures };
  const counts = { closed: 0, already: 0, unknown: 0 };
  for (const id of read.ids) {
    counts[await closeAgain(needs, id)] += 1;
  }
  await erasures.scrub();
  if (json) {
    printJson(out, counts);
  } else {
    printLine(out, `${counts.closed} closed again, ${counts.already} closed already, ${counts.unknown} not in this database`);
  }
  return 0;
}
