// What a pack brings of the word of witnesses: a checkpoint that others cosigned, and the path that shows it to hold the log of the pack.

import { decodeBase64url } from './base64.ts';
import { findSignedHead } from './checkpoint.ts';
import type { Head } from './checkpoint.ts';
import { findGrownRoot } from './consistency.ts';
import { findCount, findStrings, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { LogKeys } from './log-keys.ts';
import type { PackFiles } from './pack-files.ts';
import { toTreeHash } from './tree.ts';

export type Witnessed = {
  readonly text: string;
  readonly head: Head | undefined;
  readonly first: number;
  readonly second: number;
  readonly path: readonly string[];
};

function findGrowth(object: JsonObject): Pick<Witnessed, 'first' | 'second' | 'path'> | undefined {
  const [first, second, path] = [findCount(object, 'first'), findCount(object, 'second'), findStrings(object, 'path')];
  return first === undefined || second === undefined || path === undefined ? undefined : { first, second, path };
}

/** `null` where the pack brings none; `undefined` where it brings half of it, or something else. */
export function findWitnessed(files: PackFiles, logKeys: LogKeys | undefined): Witnessed | null | undefined {
  const [checkpoint, proof] = [files.get('witnesses/checkpoint.txt'), files.get('witnesses/consistency.json')];
  if (checkpoint === undefined || proof === undefined) {
    return checkpoint === proof ? null : undefined;
  }
  const growth = findGrowth(parseObject(proof.toString()) ?? {});
  const text = checkpoint.toString();
  return growth && { ...growth, text, head: logKeys === undefined ? undefined : findSignedHead(text, logKeys) };
}

/** Whether the log signed what the witnesses cosigned, and it begins with the log of the pack. */
export function isGrownFrom({ first, head, path, second }: Witnessed, own: Head | undefined): boolean {
  const hashes = path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  if (own === undefined || head === undefined || own.size !== first || head.size !== second || hashes.length !== path.length) {
    return false;
  }
  const known = hashes.filter((bytes) => bytes !== undefined).map(toTreeHash);
  return findGrownRoot({ first, second, path: known, firstRoot: toTreeHash(own.root) }) === toTreeHash(head.root);
}
