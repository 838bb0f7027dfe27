// A pack made anew by somebody who holds the key of the issuer: every digest is right and the manifest is signed, so that only its parts can give it away.

import { hash, sign } from 'node:crypto';
import { toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import type { PackFiles } from '../../src/verifier/pack-files.ts';
import { receiptSigner } from './receipt-samples.ts';

export const readText = (files: PackFiles, name: string): string => files.get(name)?.toString() ?? '';
export const readLines = (files: PackFiles, name: string): readonly string[] => readText(files, name).split('\n').slice(0, -1);

export type Members = { readonly [name: string]: Json };

/** `JSON.parse` gives nothing else. */
const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;

export function parseMembers(text: string): Members {
  const value: unknown = JSON.parse(text);
  return isMembers(value) ? value : {};
}

/** The same object with some members as they are given, in canonical form. */
export const bendObject = (text: string, members: object): string =>
  toCanonicalJson(parseMembers(JSON.stringify({ ...parseMembers(text), ...members })));

export type Forgery = {
  /** Parts in the place of others; `undefined` takes one out. */
  readonly changes?: Readonly<Record<string, string | undefined>>;
  /** Members of the manifest. */
  readonly members?: object;
  /** The text of the manifest, where its members cannot say it. */
  readonly manifest?: string;
};

function changeFiles(from: PackFiles, changes: Readonly<Record<string, string | undefined>>): Map<string, Buffer> {
  const files = new Map(from);
  for (const [name, content] of Object.entries(changes)) {
    files.delete(name);
    if (content !== undefined) {
      files.set(name, Buffer.from(content));
    }
  }
  return files;
}

export function forgePack(from: PackFiles, { changes = {}, members = {}, manifest: given }: Forgery): PackFiles {
  const files = changeFiles(from, changes);
  const named = [...files].filter(([name]) => !name.startsWith('manifest.')).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const list = Object.fromEntries(
    named.map(([name, bytes]) => [name, { bytes: bytes.length, sha256: hash('sha256', bytes, 'base64url') }]),
  );
  const manifest = given ?? bendObject(readText(from, 'manifest.json'), { files: list, ...members });
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'receipt-1', typ: 'huwiya-pack+jwt' })).toString('base64url');
  const signed = `${head}.${Buffer.from(manifest).toString('base64url')}`;
  files.set('manifest.json', Buffer.from(manifest));
  files.set('manifest.jws', Buffer.from(`${signed}.${sign(null, Buffer.from(signed), receiptSigner.key).toString('base64url')}`));
  return files;
}
