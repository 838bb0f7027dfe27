// How far a witness cosigned each log, in a file beside its database: a database that comes from a backup does not take it along, and would let it cosign
// another history of the entries between. Written whole or not at all.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

export type HeadPlace = { readonly origin: string; readonly size: number; readonly root: string };

/** One line for each log: size, root, origin. */
function readHeads(path: string): ReadonlyMap<string, HeadPlace> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = [...text.matchAll(/^(\d{1,15}) (\S+) (.+)$/gm)];
  return new Map(lines.map(([, size, root = '', origin = '']) => [origin, { origin, size: Number(size), root }]));
}

/** Empty, so that its absence says something from the first head on. */
export function beginHeadFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

function replace(path: string, text: string): void {
  const next = `${path}.part-${process.pid}`;
  const file = openSync(next, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

/** After the database has it and before anybody sees the cosignature. A smaller head than the one that is known changes nothing. */
export function keepHeadPlace(path: string, head: HeadPlace): void {
  const known = readHeads(path);
  if ((known.get(head.origin)?.size ?? -1) < head.size) {
    const all = [...new Map([...known, [head.origin, head]]).values()];
    replace(path, all.map(({ size, root, origin }) => `${size} ${root} ${origin}\n`).join(''));
  }
}

/** A log of which the file knows more than the database does, or something else. */
export function findForgotten(path: string, find: (origin: string) => HeadPlace | undefined): HeadPlace | undefined {
  return [...readHeads(path).values()].find(({ origin, size, root }) => {
    const kept = find(origin);
    return kept === undefined || kept.size < size || (kept.size === size && kept.root !== root);
  });
}
