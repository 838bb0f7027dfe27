// The form of a receipt file, read without believing any of it.

import { findCount, findString, findStrings, isObject, isStringOrNull, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';

export type ReceiptEntry = {
  readonly id: string;
  readonly index: number;
  readonly body: string;
  readonly salt: string;
  readonly person: string | null;
  readonly commitment: string;
};

export type ReceiptProof = { readonly index: number; readonly size: number; readonly path: readonly string[] };

export type Receipt = {
  readonly jws: string;
  readonly keys: JsonObject;
  readonly entry: ReceiptEntry;
  readonly proof: ReceiptProof;
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

function findEntry(value: unknown): ReceiptEntry | undefined {
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

function findProof(value: unknown): ReceiptProof | undefined {
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

export function findReceipt(text: string): Receipt | undefined {
  const file = parseObject(text);
  if (file?.['format'] !== 'huwiya-receipt/1') {
    return undefined;
  }
  const texts = findTexts(file, ['receipt', 'checkpoint', 'log']);
  const entry = findEntry(file['entry']);
  const proof = findProof(file['proof']);
  const keys = file['keys'];
  if (texts === undefined || entry === undefined || proof === undefined || proof.path.length > longestPath || !isObject(keys)) {
    return undefined;
  }
  const get = (name: 'receipt' | 'checkpoint' | 'log'): string => texts.get(name) ?? '';
  return { jws: get('receipt'), keys, entry, proof, checkpoint: get('checkpoint'), log: get('log') };
}
