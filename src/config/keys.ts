// The keys of this provider, one file per use, so that a leaked key opens one door only.
// Parses what the key files say, or lists everything that is missing, weak, shared or readable by others. Never prints a value of a key.

import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import type { Checked, StartFault } from './config.ts';
import { parseSecret, parseSigningKey } from './parse-key.ts';
import type { SigningKey } from './parse-key.ts';

/** A key file as it was found; `mode` holds the permission bits. */
export type KeyFile = { readonly name: string; readonly text: string; readonly mode: number };

export type Keys = {
  /** Of an installation that began before its database held the keys of tokens: taken over at the first start, and of no use afterwards. */
  readonly earlierTokens: readonly SigningKey[];
  /** Consent receipts, and nothing else. */
  readonly receipt: SigningKey;
  /** Checkpoints of the ledger, and nothing else. */
  readonly checkpoint: SigningKey;
  /** The key that waits to sign checkpoints, or signs them already while the one above ends. */
  readonly nextCheckpoint?: SigningKey;
  /** HMAC keys of cookies: the first signs, all verify. */
  readonly cookies: readonly KeyObject[];
  readonly dpopNonce: KeyObject;
  /** `encryption` wraps the keys of persons; `lookup` makes keyed digests for looking up. */
  readonly data: { readonly encryption: KeyObject; readonly lookup: KeyObject };
};

function keyFile<T>(parse: (content: unknown) => T | string): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const parsed = parse(parseJson(text));
    if (typeof parsed !== 'string') {
      return parsed;
    }
    context.issues.push({ code: 'custom', message: parsed, input: undefined });
    return z.NEVER;
  });
}

/** The key of the log that waits for its turn. */
export const nextLogKeyFile = 'checkpoint-next-ed25519.json';

const cookieFile = z.object({ keys: z.array(z.unknown()).min(1) });
const nonceFile = z.object({ key: z.unknown() });
const dataFile = z.object({ encryption: z.unknown(), lookup: z.unknown() });

const keysSchema = z.object({
  'receipt-ed25519.json': keyFile((content) => parseSigningKey(content, 'EdDSA')),
  'checkpoint-ed25519.json': keyFile((content) => parseSigningKey(content, 'EdDSA')),
  'cookies.json': keyFile((content) => parseSecrets(cookieFile.safeParse(content).data?.keys)),
  'dpop-nonce.json': keyFile((content) => parseSecrets([nonceFile.safeParse(content).data?.key])),
  'data.json': keyFile((content) => parseSecrets(toDataSecrets(content))),
  [nextLogKeyFile]: keyFile((content) => parseSigningKey(content, 'EdDSA')).optional(),
  'token-es256.json': keyFile((content) => parseSigningKey(content, 'ES256')).optional(),
  'token-rs256.json': keyFile((content) => parseSigningKey(content, 'RS256')).optional(),
});

export const earlierFileNames: readonly string[] = ['token-es256.json', 'token-rs256.json'];

/** Those that there may be. */
export const optionalFileNames: readonly string[] = [...earlierFileNames, nextLogKeyFile];

/** Those that there must be. */
export const keyFileNames: readonly string[] = Object.keys(keysSchema.shape).filter((name) => !optionalFileNames.includes(name));

export function parseKeys(files: readonly KeyFile[]): Checked<Keys> {
  const known = files.filter(({ name }) => keyFileNames.includes(name) || optionalFileNames.includes(name));
  const parsed = keysSchema.safeParse(Object.fromEntries(known.map(({ name, text }) => [name, text])));
  const malformed = parsed.success ? [] : parsed.error.issues.map((issue) => toKeyFault(String(issue.path[0]), issue));
  const faults = [...malformed, ...findOpenFiles(known), ...findSharedKeys(known)];
  if (!parsed.success || faults.length > 0) {
    return { ok: false, faults };
  }
  return { ok: true, value: toKeys(parsed.data) };
}

function toKeys(parsed: z.output<typeof keysSchema>): Keys {
  const next = parsed[nextLogKeyFile];
  const [dpopNonce] = parsed['dpop-nonce.json'];
  const [encryption, lookup] = parsed['data.json'];
  if (dpopNonce === undefined || encryption === undefined || lookup === undefined) {
    throw new TypeError('a key file was accepted without its keys');
  }
  return {
    earlierTokens: [parsed['token-es256.json'], parsed['token-rs256.json']].filter((key) => key !== undefined),
    receipt: parsed['receipt-ed25519.json'],
    checkpoint: parsed['checkpoint-ed25519.json'],
    ...(next === undefined ? {} : { nextCheckpoint: next }),
    cookies: parsed['cookies.json'],
    dpopNonce,
    data: { encryption, lookup },
  };
}

function toDataSecrets(content: unknown): readonly unknown[] | undefined {
  const parsed = dataFile.safeParse(content);
  return parsed.success ? [parsed.data.encryption, parsed.data.lookup] : undefined;
}

function parseSecrets(values: readonly unknown[] | undefined): readonly KeyObject[] | string {
  const secrets = values?.map(parseSecret) ?? ['does not hold the secrets it should hold'];
  const problem = secrets.find((secret) => typeof secret === 'string');
  return problem ?? secrets.filter((secret) => typeof secret !== 'string');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toKeyFault(name: string, issue: { readonly code?: string | undefined; readonly message: string }): StartFault {
  const isMissing = issue.code === 'invalid_type';
  const fix = isMissing
    ? 'Bring the keys that belong to this database or backup: no other set opens it. Only a new installation takes a fresh set from "huwiya setup"'
    : 'Bring it back from a copy: a fresh one cannot open what is stored';
  return { setting: `HUWIYA_KEYS/${name}`, problem: isMissing ? 'is missing or cannot be read' : issue.message, fix };
}

function findOpenFiles(files: readonly KeyFile[]): readonly StartFault[] {
  const open = files.filter(({ mode }) => (mode & 0o077) !== 0);
  return open.map(({ name }) => ({
    setting: `HUWIYA_KEYS/${name}`,
    problem: 'can be read or changed by others than its owner',
    fix: 'Run chmod 600 on it',
  }));
}

/** Any long string that stands in a second place is a key with two uses. */
function findSharedKeys(files: readonly KeyFile[]): readonly StartFault[] {
  const materials = files.map(({ name, text }) => ({ name, found: [...text.matchAll(/[A-Za-z0-9_-]{40,}/g)].map(String) }));
  return materials.flatMap(({ name, found }, index) => {
    const earlier = materials.slice(0, index).find((other) => other.found.some((material) => found.includes(material)));
    const isRepeated = new Set(found).size < found.length;
    const problem = earlier === undefined ? 'holds the same key twice' : `holds a key that ${earlier.name} uses too`;
    const isShared = isRepeated || earlier !== undefined;
    return isShared ? [{ setting: `HUWIYA_KEYS/${name}`, problem, fix: 'Make a fresh key for each use' }] : [];
  });
}
