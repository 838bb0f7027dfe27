// What an unmasking is asked with, as a form brings it. What is wrong is named field by field.

import { isCasePseudonym } from '../../../domain/audit/case.ts';
import { longestSilenceMs, longestUnmaskReason, unmaskMinutes } from '../../../domain/audit/unmask.ts';
import type { Unmasking } from '../../../domain/audit/unmask.ts';
import { hasPersonNumber } from '../../../domain/people/person-number.ts';
import { unmaskFields } from '../../../../views/unmask-model.ts';
import type { UnmaskField } from '../../../../views/unmask-model.ts';
import { findField } from '../../body.ts';
import { findFrom } from '../parse-instant.ts';

export type UnmaskFields = ReadonlyMap<UnmaskField, string>;

export function readUnmaskFields(form: URLSearchParams): UnmaskFields {
  return new Map(unmaskFields.map((name: UnmaskField) => [name, (findField(form, name) ?? '').normalize('NFC').trim()]));
}

type Asked = Pick<Unmasking, 'pseudonym' | 'reason' | 'minutes' | 'later'>;

type Parsed = { readonly ok: true; readonly value: Asked } | { readonly ok: false; readonly problems: readonly UnmaskField[] };

/** It stands in the log for ever, so nothing that could be the number of a person. */
function isReference(text: string): boolean {
  return /^[A-Za-z0-9./-]{1,40}$/.test(text) && !hasPersonNumber(text);
}

function findTellAt(text: string, now: number): number | undefined {
  const at = findFrom(text);
  return at !== undefined && at > now && at <= now + longestSilenceMs ? at : undefined;
}

function findLater(fields: UnmaskFields, now: number): Asked['later'] {
  const tellAt = findTellAt(fields.get('tell') ?? '', now);
  const court = fields.get('court') ?? '';
  return court === '' || tellAt === undefined ? null : { court, tellAt };
}

/** One without the other is no order. */
function findLaterProblems(fields: UnmaskFields, now: number): readonly UnmaskField[] {
  const [court, tell] = [fields.get('court') ?? '', fields.get('tell') ?? ''];
  if (court === '' && tell === '') {
    return [];
  }
  const isCourtWrong = !isReference(court);
  return [...(isCourtWrong ? (['court'] as const) : []), ...(findTellAt(tell, now) === undefined ? (['tell'] as const) : [])];
}

const readField = (fields: UnmaskFields, name: UnmaskField): string => fields.get(name) ?? '';

/** In one line, in 10 to `longestUnmaskReason` characters. */
export function parseReason(text: string): string | undefined {
  const reason = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  const length = Array.from(reason).length;
  return length < 10 || length > longestUnmaskReason ? undefined : reason;
}

export function findMinutes(text: string): (typeof unmaskMinutes)[number] | undefined {
  return unmaskMinutes.find((known) => String(known) === text);
}

export function parseUnmask(fields: UnmaskFields, now: number): Parsed {
  const pseudonym = readField(fields, 'pseudonym').toUpperCase();
  const reason = parseReason(readField(fields, 'reason'));
  const minutes = findMinutes(readField(fields, 'minutes'));
  const wrong: readonly UnmaskField[] = [
    ...(isCasePseudonym(pseudonym) ? [] : (['pseudonym'] as const)),
    ...(reason === undefined ? (['reason'] as const) : []),
    ...(minutes === undefined ? (['minutes'] as const) : []),
    ...findLaterProblems(fields, now),
  ];
  return minutes === undefined || reason === undefined || wrong.length > 0
    ? { ok: false, problems: wrong }
    : { ok: true, value: { pseudonym, reason, minutes, later: findLater(fields, now) } };
}
