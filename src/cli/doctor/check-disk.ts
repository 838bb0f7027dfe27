// Whether there is room where the product writes, and whether it may write there.

import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { failed, passed, toFailure, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const mebibyte = 1024 * 1024;
const leastBytes = 100 * mebibyte;
const lowBytes = 1024 * mebibyte;

type Place = { readonly what: string; readonly folder: string };

const toSize = (bytes: number): string =>
  bytes < lowBytes ? `${Math.floor(bytes / mebibyte)} MiB` : `${(bytes / lowBytes).toFixed(1)} GiB`;

function checkRoom({ what, folder }: Place): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const detail = `${toSize(free)} free for the ${what}`;
  if (free < leastBytes) {
    return failed('disk', detail, 'Make room now: without it nothing can be written and nothing is released');
  }
  return free < lowBytes ? warned('disk', detail, 'Make room') : passed('disk', detail);
}

function checkPlace(place: Place): Finding {
  try {
    accessSync(
      place.folder,
      place.what === 'database' ? constants.R_OK | constants.W_OK | constants.X_OK : constants.R_OK | constants.X_OK,
    );
    return checkRoom(place);
  } catch (thrown) {
    return toFailure('disk', thrown);
  }
}

function toPlaces({ locations: { database, keysFolder } }: Ground): readonly Place[] {
  return [
    ...(database?.kind === 'sqlite' ? [{ what: 'database', folder: dirname(database.path) }] : []),
    ...(keysFolder === undefined ? [] : [{ what: 'keys', folder: keysFolder }]),
  ];
}

export async function checkDisk(ground: Ground): Promise<readonly Finding[]> {
  const found = toPlaces(ground).map(checkPlace);
  const fine = found.filter(({ result }) => result === 'ok').map(({ detail }) => detail);
  return [...(fine.length > 0 ? [passed('disk', fine.join(', '))] : []), ...found.filter(({ result }) => result !== 'ok')];
}
