// JSON as it arrives from anywhere, read with care; and its one canonical spelling (RFC 8785).

/** @typedef {{ readonly [name: string]: unknown }} JsonObject */

/**
 * @param {unknown} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The object that a text spells, or `undefined`.
 * @param {string} text
 * @returns {JsonObject | undefined}
 */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {JsonObject} object
 * @param {string} name
 */
export function findString(object, name) {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * A whole number from zero up.
 * @param {JsonObject} object
 * @param {string} name
 */
export function findCount(object, name) {
  const value = object[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/**
 * @param {JsonObject} object
 * @param {string} name
 * @returns {readonly string[] | undefined}
 */
export function findStrings(object, name) {
  const value = object[name];
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

/**
 * @param {JsonObject} object
 * @param {string} name
 * @returns {JsonObject | undefined}
 */
export function findObject(object, name) {
  const value = object[name];
  return isObject(value) ? value : undefined;
}

/** Deeper nesting is taken for an attack. */
const deepest = 64;

const loneSurrogate = /\p{Surrogate}/u;

/**
 * RFC 8785 §3.2.2: the language's own spelling of literals, numbers and texts is the canonical one; half a character has none.
 * @param {unknown} value
 */
function spellPlain(value) {
  if (typeof value === 'string' && loneSurrogate.test(value)) {
    throw new RangeError('half a character');
  }
  return JSON.stringify(value);
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {string}
 */
function spell(value, depth) {
  if (depth > deepest) {
    throw new RangeError('nested too deeply');
  }
  if (Array.isArray(value)) {
    return `[${value.map((each) => spell(each, depth + 1)).join(',')}]`;
  }
  if (!isObject(value)) {
    return spellPlain(value);
  }
  // RFC 8785 §3.2.3: sorted by UTF-16 code units, as the language compares.
  const names = Object.keys(value).toSorted((left, right) => (left < right ? -1 : 1));
  return `{${names.map((name) => `${spellPlain(name)}:${spell(value[name], depth + 1)}`).join(',')}}`;
}

/**
 * The one spelling of a value. Throws a RangeError for what has none.
 * @param {unknown} value
 */
export function toCanonical(value) {
  return spell(value, 0);
}

/**
 * Whether the text is an object in canonical form. A name that stands twice is read once and so not spelled as it was.
 * @param {string} text
 */
export function isCanonicalObject(text) {
  const value = parseObject(text);
  try {
    return value !== undefined && spell(value, 0) === text;
  } catch {
    return false;
  }
}
