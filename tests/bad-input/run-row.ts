// Sends one row and reads who is told what.

import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import type { ErrorCode } from '../../src/domain/kernel/errors.ts';
import { toErrorWords } from '../../views/error.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { Language } from '../../views/messages/messages.ts';
import { permitRedirect } from '../support/sample-services.ts';
import type { World } from '../support/world.ts';
import type { Header, WebRow } from './row.ts';
import { sendBytes, toBytes } from './send.ts';
import type { RawResponse } from './send.ts';
import type { Stage } from './stages.ts';

const texts = { ar: createTexts('ar'), en: createTexts('en') };

/** The title that stands above an error, as the person reads it. */
export function toTitle(code: ErrorCode, language: Language): string {
  return toErrorWords(texts[language], errorCatalogue[code].text).title;
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

type Asked = { readonly world: World; readonly row: WebRow; readonly stage: Stage; readonly language: Language };

function toHeaders({ world, row, stage, language }: Asked, sizeBytes: number): readonly (readonly [string, string])[] {
  const { sent } = row;
  const usual: readonly Header[] = [
    ['Host', new URL(world.issuer).host],
    ['Connection', 'close'],
    ['Accept', 'text/html'],
    ['Accept-Language', language],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', stage.cookiesFor(fill(sent.path, stage.values).split('?')[0] ?? '') || null],
    ['Content-Type', sent.body === undefined ? null : 'application/x-www-form-urlencoded'],
    ['Content-Length', sent.body === undefined ? null : String(sizeBytes)],
  ];
  const own = sent.headers ?? [];
  const named = new Set(own.map(([name]) => name.toLowerCase()));
  return [...usual.filter(([name]) => !named.has(name.toLowerCase())), ...own].flatMap(([name, value]) =>
    value === null ? [] : [[name, fill(value, { ...stage.values, host: new URL(world.issuer).host, issuer: world.issuer })] as const],
  );
}

async function sendOnce(asked: Asked): Promise<RawResponse> {
  const { world, row, stage } = asked;
  const values = { ...stage.values, issuer: world.issuer };
  const body = fill(row.sent.body ?? '', values);
  const head = `${row.sent.method ?? 'GET'} ${fill(row.sent.path, values)} HTTP/1.1`;
  return sendBytes(Number(new URL(world.issuer).port), toBytes(head, toHeaders(asked, Buffer.byteLength(body)), body));
}

function findNextPath({ status, headers }: RawResponse, { world }: Asked): string | undefined {
  const target = new URL(headers['location'] ?? 'none:', world.issuer);
  return status === 303 && target.origin === world.issuer ? `${target.pathname}${target.search}` : undefined;
}

/** As a browser does, a redirect to a page of ours is followed, with the cookies that it brought. */
export async function sendRow(asked: Asked): Promise<RawResponse> {
  const response = await sendOnce(asked);
  const path = findNextPath(response, asked);
  if (path === undefined) {
    return response;
  }
  const cookies = (to: string): string => [asked.stage.cookiesFor(to), ...response.cookies].filter((one) => one !== '').join('; ');
  return sendRow({ ...asked, row: { ...asked.row, sent: { path } }, stage: { ...asked.stage, cookiesFor: cookies } });
}

export type Told = { readonly status: number; readonly code: string; readonly title: string | null; readonly language: string | null };

function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

function toTold(status: number, told: Partial<Told>): Told {
  return { status, code: '-', title: null, language: null, ...told };
}

function readPage({ status, body }: RawResponse): Told {
  const title = /<h1[^>]*>([^<]*)<\/h1>/.exec(body)?.[1] ?? null;
  return toTold(status, {
    code: /data-error="([^"]*)"/.exec(body)?.[1] ?? '-',
    title,
    language: /<html lang="([a-z]+)"/.exec(body)?.[1] ?? null,
  });
}

/** The words that the ceremony script shows. */
function readWords(error: unknown): Partial<Told> | undefined {
  const isWords = typeof error === 'object' && error !== null && 'code' in error && 'title' in error;
  return isWords ? { code: String(error.code), title: String(error.title) } : undefined;
}

function readProgramAnswer({ status, headers, body }: RawResponse): Told {
  const { error, code, title } = readJson(body);
  // RFC 9457.
  if ((headers['content-type'] ?? '').startsWith('application/problem+json')) {
    return toTold(status, { code: String(code), title: String(title) });
  }
  const challenged = /error="([^"]*)"/.exec(headers['www-authenticate'] ?? '')?.[1];
  return toTold(status, readWords(error) ?? { code: typeof error === 'string' ? error : (challenged ?? '-') });
}

/** What arrived, whoever it is for. */
export function readTold(response: RawResponse): Told {
  const location = response.headers['location'] ?? '';
  if (location.startsWith(permitRedirect)) {
    const { searchParams, hash } = new URL(location);
    return toTold(response.status, { code: searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error') ?? '-' });
  }
  return (response.headers['content-type'] ?? '').startsWith('text/html') ? readPage(response) : readProgramAnswer(response);
}

/** Languages in which a row is sent: both, where a person reads the answer and nothing but the browser says in which. */
export function toLanguages({ answer }: WebRow): readonly Language[] {
  return answer.reader === 'form' || (answer.reader === 'person' && answer.language === undefined) ? ['ar', 'en'] : ['ar'];
}

/** What must arrive. The words of the ceremony script carry no language of their own: their title tells it. */
export function toExpected({ answer }: WebRow, asked: Language): Partial<Told> {
  if (answer.reader === 'nobody') {
    return { status: answer.status, code: '-', ...(answer.language === undefined ? {} : { language: answer.language }) };
  }
  const told = { status: answer.status, code: answer.code };
  if (answer.reader === 'form') {
    return { ...told, language: asked };
  }
  return answer.reader === 'person' ? { ...told, title: toTitle(answer.code, answer.language ?? asked) } : told;
}
