// The form of a receipt file, read without believing any of it.

import { findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findProvenEntry } from './proof-form.ts';
import type { ProvenEntry } from './proof-form.ts';

export type Receipt = ProvenEntry & { readonly jws: string; readonly keys: JsonObject };

export function findReceipt(text: string): Receipt | undefined {
  const file = parseObject(text);
  if (file?.['format'] !== 'huwiya-receipt/1') {
    return undefined;
  }
  const proven = findProvenEntry(file);
  const jws = findString(file, 'receipt');
  const keys = file['keys'];
  return proven === undefined || jws === undefined || !isObject(keys) ? undefined : { ...proven, jws, keys };
}
