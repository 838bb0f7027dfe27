// The roots under which FIDO signs its metadata, as files beside this one; docs/guides/operator.md says how to compare them with their issuer's word.

import { readFileSync } from 'node:fs';
import { findCertificate } from '../../domain/metadata/certificate.ts';
import type { TrustedRoot } from '../../domain/metadata/verify-blob.ts';

const files = ['globalsign-root-r3.pem', 'globalsign-root-r46.pem'] as const;

/** Whom the signing certificate must be for: GlobalSign vouches for servers of the whole world. */
const host = 'mds.fidoalliance.org';

export function readFidoRoots(): readonly TrustedRoot[] {
  return files.map((file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    const certificate = findCertificate(Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64'));
    if (certificate === undefined) {
      throw new TypeError(`${file} is no certificate`);
    }
    return { certificate, host };
  });
}
