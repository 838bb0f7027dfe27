// The folder into which a node of a test puts its letters, and the letters in it as a mail program reads them.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { World } from './world.ts';

/** For `createWorld({ env })`. */
export const mailEnv = {
  HUWIYA_MAIL_FOLDER: './mail',
  HUWIYA_MAIL_FROM: 'notices@huwiya.example',
  HUWIYA_SMS_ADDRESS: '{number}@sms.example',
} as const;

export type ReadLetter = {
  readonly to: string;
  readonly subject: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string | null;
};

type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

function splitPart(raw: string): Part {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { headers, body: rest.join('\r\n\r\n') };
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding') ?? '7bit';
  if (encoding === 'base64') {
    return Buffer.from(body, 'base64').toString('utf8');
  }
  if (encoding !== 'quoted-printable') {
    return body;
  }
  const bytes = body
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeBody({ headers: new Map([['content-transfer-encoding', 'quoted-printable']]), body: word.replaceAll('_', ' ') }),
    );
}

export function readLetter(raw: string): ReadLetter {
  const whole = splitPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(whole.headers.get('content-type') ?? '')?.[1];
  const parts =
    boundary === undefined
      ? [whole]
      : whole.body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => splitPart(part.trimStart()));
  const find = (type: string): string | undefined => {
    const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type));
    return part === undefined ? undefined : decodeBody(part);
  };
  return {
    to: whole.headers.get('to') ?? '',
    subject: decodeWords(whole.headers.get('subject') ?? ''),
    headers: whole.headers,
    text: find('text/plain') ?? '',
    html: find('text/html') ?? null,
  };
}

function getFolder({ config }: World): string {
  if (config.mail?.door.kind !== 'folder') {
    throw new TypeError('this world has no folder of letters');
  }
  return config.mail.door.folder;
}

/** Oldest first. */
export const readLetters = (world: World): readonly ReadLetter[] => readFolder(getFolder(world));

function readFolder(folder: string): readonly ReadLetter[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .toSorted()
      .map((name) => readLetter(readFileSync(join(folder, name), 'latin1')));
  } catch {
    return [];
  }
}

/** Until there are as many to this address as asked for; the newest of them. */
export async function waitForLetter(world: World, to: string, count = 1): Promise<ReadLetter> {
  return waitInFolder(getFolder(world), { to, count });
}

export async function waitInFolder(folder: string, { to, count }: { readonly to: string; readonly count: number }): Promise<ReadLetter> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const letters = readFolder(folder).filter((letter) => letter.to === to);
    const newest = letters.at(-1);
    if (letters.length >= count && newest !== undefined) {
      return newest;
    }
    await wait(50);
  }
  throw new Error(`no letter number ${count} arrived`);
}

/** The code that a letter or a text message holds. */
export function getCode({ text }: Pick<ReadLetter, 'text'>): string {
  const code = /\b(\d{4}) ?(\d{4})\b/.exec(text);
  if (code === null) {
    throw new Error('the letter holds no code');
  }
  return `${code[1]}${code[2]}`;
}
