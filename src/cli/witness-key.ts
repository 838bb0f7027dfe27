// The key of a witness in its own folder: a private JWK under a name, readable by its owner alone.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseSigningKey } from '../config/parse-key.ts';
import { isNoteName, toVerifier, toVerifierText } from '../domain/ledger/signed-note.ts';
import type { NoteSigner } from '../domain/ledger/signed-note.ts';
import { findFileText } from './files/read-file.ts';

const form = z.strictObject({ name: z.string().refine(isNoteName), key: z.unknown() });

export function toKeyPath(folder: string): string {
  return join(folder, 'witness-ed25519.json');
}

function findJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The signer, or a sentence. */
export function readWitnessKey(folder: string): NoteSigner | string {
  const path = toKeyPath(folder);
  const text = findFileText(path);
  if (text === undefined) {
    return `${path}: cannot be read; "huwiya witness setup" makes it`;
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    return `${path}: others can read it; set its mode to 600`;
  }
  const parsed = form.safeParse(findJson(text));
  if (!parsed.success) {
    return `${path}: is no key of a witness`;
  }
  const key = parseSigningKey(parsed.data.key, 'EdDSA');
  return typeof key === 'string' ? `${path}: ${key}` : { name: parsed.data.name, key: key.privateKey };
}

export function toWitnessKeyText(signer: NoteSigner): string {
  return toVerifierText(toVerifier(signer, 'witness'), 'witness');
}

/** As it stands in the policy of a log (C2SP tlog-policy). */
export function toPolicyLine(signer: NoteSigner, url: string | undefined): string {
  return ['witness', signer.name, toWitnessKeyText(signer), ...(url === undefined ? [] : [url])].join(' ');
}
