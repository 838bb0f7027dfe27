// People as JSON Lines: untrusted text from outside, read as a stream so that its length does not matter. Reasons never repeat a value.

import { createReadStream } from 'node:fs';
import { z } from 'zod';
import type { Json } from '../../domain/kernel/canonical.ts';
import type { GivenLine } from '../../domain/people/import-people.ts';
import { personKinds, registryStatuses } from '../../domain/people/person.ts';
import { findRepeatedMember } from './repeated-member.ts';

const maxLineBytes = 64 * 1024;
const maxNesting = 200;
const lineEnd = 0x0a;

const head = z.object(
  {
    id: z.string('id must be a text'),
    kind: z.enum(personKinds, `kind must be one of ${personKinds.join(', ')}`),
    status: z.enum(registryStatuses, `status must be one of ${registryStatuses.join(', ')}`).optional(),
  },
  'is not a JSON object',
);

/** Each call of the result reads the file from its beginning. Blank lines are counted and passed over. */
export function openPeopleFile(file: string): () => AsyncIterable<GivenLine> {
  return () => readPeople(createReadStream(file));
}

export async function* readPeople(chunks: AsyncIterable<Uint8Array>): AsyncIterable<GivenLine> {
  for await (const line of splitLines(chunks)) {
    const parsed = line.isTooLong ? toBadLine(line.number, `is longer than ${maxLineBytes} bytes`) : parseLine(line);
    if (parsed !== undefined) {
      yield parsed;
    }
  }
}

type Line = { readonly number: number; readonly bytes: Uint8Array; readonly isTooLong: boolean };

/** A line without end would fill the memory: what is over the limit is dropped and told. */
async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  let number = 1;
  let kept: Uint8Array[] = [];
  let size = 0;
  const take = (): Line => {
    const line = { number, bytes: Buffer.concat(kept), isTooLong: size > maxLineBytes };
    number += 1;
    kept = [];
    size = 0;
    return line;
  };
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size <= maxLineBytes) {
      kept.push(part);
    }
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, from)) {
      keep(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) {
    yield take();
  }
}

function parseLine({ number, bytes }: Line): GivenLine | undefined {
  const text = decode(bytes);
  if (text === undefined) {
    return toBadLine(number, 'is not UTF-8');
  }
  return text.trim() === '' ? undefined : parsePerson(number, text);
}

function parsePerson(number: number, text: string): GivenLine {
  const value = parseJson(text);
  if (value === undefined) {
    return toBadLine(number, 'is not JSON');
  }
  const parsed = head.safeParse(value);
  if (!parsed.success || !isObject(value)) {
    return toBadLine(number, parsed.error?.issues.map(({ message }) => message).join('; ') ?? 'is not a JSON object');
  }
  // Without its name, which may be a value in the wrong place.
  if (findRepeatedMember(text) !== undefined) {
    return toBadLine(number, 'names a member twice');
  }
  const { id: _id, kind: _kind, status: _status, ...data } = value;
  return { number, ok: true, given: { ...parsed.data, status: parsed.data.status ?? null, data } };
}

function toBadLine(number: number, reason: string): GivenLine {
  return { number, ok: false, reason };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Nesting that no attribute has would only exhaust the stack further on. */
function parseJson(text: string): unknown {
  try {
    return text.split(/[[{]/).length > maxNesting ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What JSON.parse gives holds JSON all the way down. */
function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
