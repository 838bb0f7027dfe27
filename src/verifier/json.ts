// JSON as it arrives from anywhere: read with care, and compared with its one canonical spelling (RFC 8785).

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a text spells, or `undefined`. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function findString(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from zero up. */
export function findCount(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function findStrings(object: JsonObject, name: string): readonly string[] | undefined {
  const value = object[name];
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

export function isStringOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function toCanonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(toCanonical).join(',')}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).toSorted();
    return `{${names.map((name) => `${toCanonical(name)}:${toCanonical(value[name])}`).join(',')}}`;
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new TypeError('a lone surrogate has no canonical form');
  }
  return JSON.stringify(value);
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.every(isSorted);
  }
  return (
    isObject(value) && Object.keys(value).every((name, at, names) => (at === 0 || (names[at - 1] ?? '') < name) && isSorted(value[name]))
  );
}

/** True when `text`, which spells `value`, is the canonical spelling. Whole logs pass through here, so the common case is tried first. */
export function isCanonical(text: string, value: unknown): boolean {
  if (!text.includes(String.raw`\ud`) && JSON.stringify(value) === text && isSorted(value)) {
    return true;
  }
  try {
    return toCanonical(value) === text;
  } catch {
    return false;
  }
}
