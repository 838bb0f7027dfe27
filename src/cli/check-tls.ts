// Certificate and key of TLS in this process, before anybody connects: what they are and that they belong together. Never prints what stands in them.

import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Config, StartFault } from '../config/config.ts';
import { findFileText } from './files/read-file.ts';

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly StartFault[] };

type Asked<T> = { readonly setting: string; readonly file: string; readonly what: string; readonly parse: (text: string) => T };

function readPem<T>({ setting, file, what, parse }: Asked<T>): Read<T> {
  const text = findFileText(file);
  if (text === undefined) {
    return { ok: false, faults: [{ setting, problem: 'names a file that cannot be read', fix: 'Check its path and permissions' }] };
  }
  try {
    return { ok: true, value: parse(text) };
  } catch {
    return { ok: false, faults: [{ setting, problem: `names a file that is not ${what}`, fix: `Give ${what} in PEM form` }] };
  }
}

const readCertificate = (file: string): Read<X509Certificate> =>
  readPem({ setting: 'HUWIYA_TLS_CERT', file, what: 'a certificate', parse: (text) => new X509Certificate(text) });

const readKey = (file: string): Read<KeyObject> =>
  readPem({ setting: 'HUWIYA_TLS_KEY', file, what: 'a private key without a passphrase', parse: (text) => createPrivateKey(text) });

/** What is trusted for calls that leave must be there when the first of them is made. */
export function findExtraCaFaults({ extraCaFile: file }: Pick<Config, 'extraCaFile'>): readonly StartFault[] {
  if (file === undefined) {
    return [];
  }
  const read = readPem({ setting: 'HUWIYA_EXTRA_CA', file, what: 'a certificate', parse: (text) => new X509Certificate(text) });
  return read.ok ? [] : read.faults;
}

export function findTlsFaults({ tls }: Pick<Config, 'tls'>): readonly StartFault[] {
  if (tls === undefined) {
    return [];
  }
  const certificate = readCertificate(tls.certificateFile);
  const key = readKey(tls.keyFile);
  if (!certificate.ok || !key.ok) {
    return [certificate, key].flatMap((read) => (read.ok ? [] : read.faults));
  }
  const fix = 'Give the key that the first certificate of HUWIYA_TLS_CERT was made for';
  return certificate.value.checkPrivateKey(key.value)
    ? []
    : [{ setting: 'HUWIYA_TLS_KEY', problem: 'does not belong to the certificate', fix }];
}
