// Certificate and key of TLS in this process: what they are, that they belong together, and for how long. Never prints what stands in them.

import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Checked, Config, StartFault, TlsFiles } from './config.ts';

export type TlsPair = {
  /** The chain and the key, in PEM. */
  readonly certificate: string;
  readonly key: string;
  /** The certificate that names this listener. */
  readonly leaf: X509Certificate;
  /** When the first certificate of the chain to end does so, in milliseconds since the epoch. */
  readonly endsAt: number;
};

/** Days before the end of a certificate at which whoever looks after it is told; at the last it is urgent. */
const tellingDays = [3, 14, 30] as const;
export const urgentDays = tellingDays[0];

/** The number of days that the end has come near to; -1 once it is over, null while it is far. */
export function findEndStep(days: number): number | null {
  return days < 0 ? -1 : (tellingDays.find((step) => days <= step) ?? null);
}

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
function findTimeFault(setting: string, chain: readonly X509Certificate[], now: number): StartFault | undefined {
  if (chain.some(({ validFromDate }) => validFromDate.getTime() > now)) {
    return { setting, problem: 'holds a certificate that is not valid yet', fix: 'Check the clock, or wait' };
  }
  const hasEnded = chain.some(({ validToDate }) => validToDate.getTime() <= now);
  return hasEnded ? { setting, problem: 'holds a certificate that has ended', fix: 'Renew it' } : undefined;
}

export function readTlsPair({ certificateFile, keyFile, settings }: TlsFiles, now: number): Checked<TlsPair> {
  const names = { certificate: `${settings}_CERT`, key: `${settings}_KEY` };
  const chain = readPem({ setting: names.certificate, file: certificateFile, what: 'a certificate', parse: parseChain });
  const what = 'a private key without a passphrase';
  const key = readPem({ setting: names.key, file: keyFile, what, parse: (text) => createPrivateKey(text) });
  if (!chain.ok || !key.ok) {
    return { ok: false, faults: [chain, key].flatMap((read) => (read.ok ? [] : read.faults)) };
  }
  const [leaf] = chain.value.parsed;
  if (leaf?.checkPrivateKey(key.value.parsed) !== true) {
    const fix = `Give the key that the first certificate of ${names.certificate} was made for`;
    return refuse(names.key, 'does not belong to the certificate', fix);
  }
  const fault = findTimeFault(names.certificate, chain.value.parsed, now);
  const endsAt = Math.min(...chain.value.parsed.map(({ validToDate }) => validToDate.getTime()));
  return fault === undefined
    ? { ok: true, value: { certificate: chain.value.text, key: key.value.text, leaf, endsAt } }
    : { ok: false, faults: [fault] };
}

export function findTlsFaults(
  { tls, certificateDoor }: Pick<Config, 'tls'> & Partial<Pick<Config, 'certificateDoor'>>,
  now: number,
): readonly StartFault[] {
  const own = certificateDoor?.tls === tls ? undefined : certificateDoor?.tls;
  const pairs = [tls, own].flatMap((files) => (files === undefined ? [] : [readTlsPair(files, now)]));
  const authorities = readAuthorities(certificateDoor?.authoritiesFile);
  return [...pairs, authorities].flatMap((read) => (read.ok ? [] : read.faults));
}

/** Who issues certificates to services. Their time is looked at whenever one of them is needed. */
export function readAuthorities(file: string | undefined): Checked<readonly X509Certificate[]> {
  if (file === undefined) {
    return { ok: true, value: [] };
  }
  const setting = 'HUWIYA_MTLS_CA';
  const read = readPem({ setting, file, what: 'a list of certificates', parse: parseChain });
  if (!read.ok) {
    return read;
  }
  return read.value.parsed.every(({ ca }) => ca)
    ? { ok: true, value: read.value.parsed }
    : refuse(setting, 'holds a certificate that may issue no others', 'Name the authorities, not the certificates of services');
}

/** What is trusted for calls that leave must be there when the first of them is made. */
export function findExtraCaFaults({ extraCaFile: file }: Pick<Config, 'extraCaFile'>): readonly StartFault[] {
  const read = file === undefined ? undefined : readPem({ setting: 'HUWIYA_EXTRA_CA', file, what: 'a certificate', parse: parseChain });
  return read?.ok === false ? read.faults : [];
}
