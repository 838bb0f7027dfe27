// Where a list goes on, in the address of its next page: opaque, and good for this person and this list alone. An altered one, or somebody else's, is
// refused before anything is read, so that no address can lead into another person's rows.

import { timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Context } from 'koa';
import type { z } from 'zod';
import { Fault } from '../../domain/kernel/errors.ts';
import { toKeyedDigest } from '../../domain/kernel/ids.ts';

export type CursorNeeds = { readonly formKey: KeyObject };

/** `name` tells the list with its filters from every other. */
export type List = { readonly personId: string; readonly name: string };

const toMark = (needs: CursorNeeds, list: List, place: string): string =>
  toKeyedDigest(needs.formKey, `cursor:${JSON.stringify([list.personId, list.name, place])}`);

export function createCursor(needs: CursorNeeds, list: List, place: unknown): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url');
  return `${text}.${toMark(needs, list, text)}`;
}

function isOwn(needs: CursorNeeds, list: List, { text, mark }: { readonly text: string; readonly mark: string }): boolean {
  const expected = Buffer.from(toMark(needs, list, text));
  const given = Buffer.from(mark);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Null for the first page. Throws `request/place-unknown` for whatever this list did not give out to this person. */
export function parsePlace<T>(needs: CursorNeeds, ctx: Context, asked: { readonly list: List; readonly schema: z.ZodType<T> }): T | null {
  const { after } = ctx.query;
  if (after === undefined) {
    return null;
  }
  const [text = '', mark = '', ...more] = typeof after === 'string' ? after.split('.') : [];
  if (more.length > 0 || !isOwn(needs, asked.list, { text, mark })) {
    throw new Fault('request/place-unknown', 'the place of a further page was not given out for this list and person');
  }
  return asked.schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
}

/** The address of a page of the list: its filters, and where it goes on. */
export function toListUrl(path: string, filter: Readonly<Record<string, string | undefined>>, after: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) {
      query.set(name, value);
    }
  }
  if (after !== null) {
    query.set('after', after);
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
