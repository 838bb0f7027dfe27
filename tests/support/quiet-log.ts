// What must stand in no line that a node logs, whatever a test does with it: every world of every test is asked at its end. Names and numbers of its people, its own
// keys, and whatever has the form of a secret, an address or a person's number.

import type { KeyObject } from 'node:crypto';
import type { Keys } from '../../src/config/keys.ts';
import { isFoundIn } from './find-secret.ts';

const forms: Readonly<Record<string, RegExp>> = {
  'a JWT': /eyJ[\w-]{8,}\.[\w-]*/,
  'a value of 256 bits': /(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{43}(?![\w/.-])/,
  'a digest or key in hexadecimal': /(?<![\w-])[0-9a-f]{64}(?![\w-])/,
  'a private key': /PRIVATE KEY|"d":"/,
  'the number of a person': /(?<![\w.:-])[12]\d{9}(?![\w.])/,
  'an address of mail': /[\w.+-]+@[\w-]+\.[a-z]{2,}/,
  'an address of a machine': /(?<![\d.])(?!127\.0\.0\.1\b|0\.0\.0\.0\b)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/,
  'a word in Arabic': /[\u0600-\u06ff]/,
  'part of a request': /Bearer |[?&](?:code|state|token|id_token_hint|login_hint|client_secret)=|_session=|"cookie"/,
};

/** Of a fault the place in a file, which is of ours; where a service registered that its keys are; the name of a key, which is published with it. */
const withoutKnown = (line: string): string => line.replaceAll(/"(?:at|host)":"[^"]*"|(?<=signing key )[\w-]{43}/g, '');

/** Values of people that are words of ours as well. */
const ordinary: ReadonlySet<string> = new Set(['female', 'citizen', 'resident', 'visitor', 'single', 'married']);

/** What has fewer characters is in every second word. */
const shortest = 5;

function isTelling(value: unknown): value is string {
  return typeof value === 'string' && value.length >= shortest && !ordinary.has(value);
}

const toText = (key: KeyObject): string => key.export().toString('base64url');

export type Quietness = {
  readonly lines: readonly string[];
  /** What was said of its people. */
  readonly values: Iterable<unknown>;
  readonly keys: Pick<Keys, 'cookies' | 'data'>;
};

/** What stands in a line and must not; undefined where all are quiet. */
export function findLoudLine({ lines, values, keys }: Quietness): string | undefined {
  const quiet = lines.map(withoutKnown);
  const all = Buffer.from(quiet.join(''));
  const given = [...new Set([...values].filter(isTelling)), ...[...keys.cookies, keys.data.encryption, keys.data.lookup].map(toText)];
  const said = given.find((value) => isFoundIn(all, value));
  if (said !== undefined) {
    return `${said} stands in the log`;
  }
  const [what, form] = Object.entries(forms).find(([, one]) => quiet.some((line) => one.test(line))) ?? [];
  return form && `${what} stands in the log: ${quiet.find((line) => form.test(line))?.trim()}`;
}
