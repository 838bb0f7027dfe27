// What the body of an entry says, read without believing it: a damaged body still has to be shown.

import type { Json } from '../kernel/canonical.ts';

type JsonObject = { readonly [name: string]: Json };

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const toText = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

export type EntryBody = {
  readonly actor: { readonly kind: string | null; readonly ref: string | null };
  readonly actedBy: string | null;
  readonly purposeVersion: number | null;
  readonly record: string | null;
  readonly reason: string | null;
  readonly payload: JsonObject;
  /** Not damaged: it is an object of JSON. */
  readonly isReadable: boolean;
};

/** Members that are missing or of another type stand as nothing. */
export function toEntryBody(text: string): EntryBody {
  const parsed = parseObject(text);
  const body = parsed ?? {};
  const {
    actor,
    payload,
    purpose_version: version,
  } = { actor: body['actor'], payload: body['payload'], purpose_version: body['purpose_version'] };
  return {
    actor: isObject(actor) ? { kind: toText(actor['kind']), ref: toText(actor['ref']) } : { kind: null, ref: null },
    actedBy: toText(body['acted_by']),
    purposeVersion: typeof version === 'number' ? version : null,
    record: toText(body['record']),
    reason: toText(body['reason']),
    payload: isObject(payload) ? payload : {},
    isReadable: parsed !== undefined,
  };
}

/** Id of the consent record that the entry belongs to. */
export function findRecord(body: string): string | null {
  return toEntryBody(body).record;
}
