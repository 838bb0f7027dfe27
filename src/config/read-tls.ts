// Certificate and key of TLS in this process: what they are, that they belong together, and for how long. Never prints what stands in them.

import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Checked, Config, StartFault, TlsFiles } from './config.ts';

export type TlsPair = {
  /** The chain and the key, in PEM. */
  readonly certificate: string;
  readonly key: string;
  /** When the first certificate of the chain to end does so, in milliseconds since the epoch. */
  readonly endsAt: number;
};

type Asked<T> = { readonly setting: string; readonly file: string; readonly what: string; readonly parse: (text: string) => T };

type Read<T> = Checked<{ readonly text: string; readonly parsed: T }>;

function refuse(setting: string, problem: string, fix: string): { readonly ok: false; readonly faults: readonly StartFault[] } {
  return { ok: false, faults: [{ setting, problem, fix }] };
}

function findText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readPem<T>({ setting, file, what, parse }: Asked<T>): Read<T> {
  const text = findText(file);
  if (text === undefined) {
    return refuse(setting, 'names a file that cannot be read', 'Check its path and permissions');
  }
  try {
    return { ok: true, value: { text, parsed: parse(text) } };
  } catch {
    return refuse(setting, `names a file that is not ${what}`, `Give ${what} in PEM form`);
  }
}

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Throws where there is none, and where one was begun and not written to its end. */
function parseChain(text: string): readonly X509Certificate[] {
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0 || blocks.length !== text.split('-----BEGIN').length - 1) {
    throw new TypeError('not a chain of whole certificates');
  }
  return blocks.map((certificate) => new X509Certificate(certificate));
}

/** The whole chain: a certificate in between that has ended breaks it as well. */
function findTimeFault(chain: readonly X509Certificate[], now: number): StartFault | undefined {
  const setting = 'HUWIYA_TLS_CERT';
  if (chain.some(({ validFromDate }) => validFromDate.getTime() > now)) {
    return { setting, problem: 'holds a certificate that is not valid yet', fix: 'Check the clock, or wait' };
  }
  const hasEnded = chain.some(({ validToDate }) => validToDate.getTime() <= now);
  return hasEnded ? { setting, problem: 'holds a certificate that has ended', fix: 'Renew it' } : undefined;
}

export function readTlsPair({ certificateFile, keyFile }: TlsFiles, now: number): Checked<TlsPair> {
  const chain = readPem({ setting: 'HUWIYA_TLS_CERT', file: certificateFile, what: 'a certificate', parse: parseChain });
  const what = 'a private key without a passphrase';
  const key = readPem({ setting: 'HUWIYA_TLS_KEY', file: keyFile, what, parse: (text) => createPrivateKey(text) });
  if (!chain.ok || !key.ok) {
    return { ok: false, faults: [chain, key].flatMap((read) => (read.ok ? [] : read.faults)) };
  }
  const [leaf] = chain.value.parsed;
  if (leaf?.checkPrivateKey(key.value.parsed) !== true) {
    const fix = 'Give the key that the first certificate of HUWIYA_TLS_CERT was made for';
    return refuse('HUWIYA_TLS_KEY', 'does not belong to the certificate', fix);
  }
  const fault = findTimeFault(chain.value.parsed, now);
  const endsAt = Math.min(...chain.value.parsed.map(({ validToDate }) => validToDate.getTime()));
  return fault === undefined
    ? { ok: true, value: { certificate: chain.value.text, key: key.value.text, endsAt } }
    : { ok: false, faults: [fault] };
}

export function findTlsFaults({ tls }: Pick<Config, 'tls'>, now: number): readonly StartFault[] {
  const pair = tls === undefined ? undefined : readTlsPair(tls, now);
  return pair?.ok === false ? pair.faults : [];
}

/** What is trusted for calls that leave must be there when the first of them is made. */
export function findExtraCaFaults({ extraCaFile: file }: Pick<Config, 'extraCaFile'>): readonly StartFault[] {
  const read = file === undefined ? undefined : readPem({ setting: 'HUWIYA_EXTRA_CA', file, what: 'a certificate', parse: parseChain });
  return read?.ok === false ? read.faults : [];
}
