// The parts that every file with a proof has: the entry, its path, the checkpoint, the key of the log. Read without believing any of it.

import { findCount, findString, findStrings, isObject, isStringOrNull } from './json.ts';
import type { JsonObject } from './json.ts';

export type ProvenEntry = {
  readonly entry: {
    readonly id: string;
    readonly index: number;
    readonly body: string;
    readonly salt: string;
    readonly person: string | null;
    readonly commitment: string;
  };
  readonly proof: { readonly index: number; readonly size: number; readonly path: readonly string[] };
  readonly checkpoint: string;
  readonly log: string;
};

/** Every member as a string, or `undefined` when one is not. */
function findTexts<Name extends string>(object: JsonObject, names: readonly Name[]): ReadonlyMap<Name, string> | undefined {
  const texts = new Map<Name, string>();
  for (const name of names) {
    const text = findString(object, name);
    if (text === undefined) {
      return undefined;
    }
    texts.set(name, text);
  }
  return texts;
}

function findEntry(value: unknown): ProvenEntry['entry'] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const texts = findTexts(value, ['id', 'body', 'salt', 'commitment']);
  const index = findCount(value, 'index');
  const person = value['person'];
  if (texts === undefined || index === undefined || !isStringOrNull(person)) {
    return undefined;
  }
  const get = (name: 'id' | 'body' | 'salt' | 'commitment'): string => texts.get(name) ?? '';
  return { id: get('id'), index, body: get('body'), salt: get('salt'), person, commitment: get('commitment') };
}

function findProof(value: unknown): ProvenEntry['proof'] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const index = findCount(value, 'index');
  const size = findCount(value, 'size');
  const path = findStrings(value, 'path');
  return index === undefined || size === undefined || path === undefined ? undefined : { index, size, path };
}

/** More hashes than a path of any tree has are not looked at. */
const longestPath = 64;

export function findProvenEntry(file: JsonObject): ProvenEntry | undefined {
  const texts = findTexts(file, ['checkpoint', 'log']);
  const entry = findEntry(file['entry']);
  const proof = findProof(file['proof']);
  if (texts === undefined || entry === undefined || proof === undefined || proof.path.length > longestPath) {
    return undefined;
  }
  return { entry, proof, checkpoint: texts.get('checkpoint') ?? '', log: texts.get('log') ?? '' };
}
