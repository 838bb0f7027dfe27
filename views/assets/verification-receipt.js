// The form of a receipt file, read without believing any of it.

import { findCount, findStrings, isObject, parseObject } from './verification-json.js';

/** @typedef {import('./verification-json.js').JsonObject} JsonObject */

/**
 * @typedef {object} ReceiptEntry
 * @property {string} id
 * @property {number} index
 * @property {string} body
 * @property {string} salt
 * @property {string | null} person
 * @property {string} commitment
 */

/** @typedef {{ readonly index: number, readonly size: number, readonly path: readonly string[] }} ReceiptProof */

/**
 * @typedef {object} Receipt
 * @property {string} jws
 * @property {JsonObject} keys
 * @property {ReceiptEntry} entry
 * @property {ReceiptProof} proof
 * @property {string} checkpoint
 * @property {string} log
 */

/**
 * @template {string} Name
 * @param {JsonObject} object
 * @param {readonly Name[]} names
 * @returns {object is JsonObject & Readonly<Record<Name, string>>}
 */
function hasTexts(object, names) {
  return names.every((name) => typeof object[name] === 'string');
}

/**
 * @param {unknown} value
 * @returns {ReceiptEntry | undefined}
 */
export function findEntry(value) {
  if (!isObject(value) || !hasTexts(value, ['id', 'body', 'salt', 'commitment'])) {
    return undefined;
  }
  const { id, body, salt, commitment } = value;
  const index = findCount(value, 'index');
  const person = value['person'];
  const isPerson = person === null || typeof person === 'string';
  return index !== undefined && isPerson ? { id, index, body, salt, person, commitment } : undefined;
}

/** More hashes than a path of any tree has are not looked at. */
const longestPath = 64;

/**
 * @param {unknown} value
 * @returns {ReceiptProof | undefined}
 */
export function findProof(value) {
  if (!isObject(value)) {
    return undefined;
  }
  const index = findCount(value, 'index');
  const size = findCount(value, 'size');
  const path = findStrings(value, 'path');
  return index === undefined || size === undefined || path === undefined || path.length > longestPath ? undefined : { index, size, path };
}

/**
 * @param {string} text
 * @returns {Receipt | undefined}
 */
export function findReceipt(text) {
  const file = parseObject(text);
  if (file?.['format'] !== 'huwiya-receipt/1' || !hasTexts(file, ['receipt', 'checkpoint', 'log'])) {
    return undefined;
  }
  const { receipt: jws, checkpoint, log } = file;
  const entry = findEntry(file['entry']);
  const proof = findProof(file['proof']);
  const keys = file['keys'];
  return entry === undefined || proof === undefined || !isObject(keys) ? undefined : { jws, keys, entry, proof, checkpoint, log };
}
