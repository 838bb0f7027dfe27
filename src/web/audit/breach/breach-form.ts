// What a list is asked with, as a form brings it. What is wrong is named field by field.

import type { BreachAsked } from '../../../domain/audit/breach/ask-list.ts';
import type { BreachList } from '../../../domain/audit/breach/list.ts';
import { breachFields } from '../../../../views/breach-model.ts';
import type { BreachField } from '../../../../views/breach-model.ts';
import { findField } from '../../body.ts';
import { findMinutes, parseReason } from '../cases/unmask-form.ts';
import { findFrom, findTo } from '../parse-instant.ts';

export type BreachFields = ReadonlyMap<BreachField, string>;

export function readBreachFields(form: URLSearchParams): BreachFields {
  return new Map(breachFields.map((name: BreachField) => [name, (findField(form, name) ?? '').normalize('NFC').trim()]));
}

type Asked = BreachAsked & Pick<BreachList, 'reason' | 'minutes'>;

type Parsed = { readonly ok: true; readonly value: Asked } | { readonly ok: false; readonly problems: readonly BreachField[] };

type Read = { readonly [Name in keyof Asked]: Asked[Name] | undefined };

function readPeriod(fields: BreachFields): Pick<Read, 'from' | 'to'> {
  const from = findFrom(fields.get('from') ?? '');
  const to = findTo(fields.get('to') ?? '');
  return { from, to: to !== undefined && to > (from ?? 0) ? to : undefined };
}

const isWhole = (read: Read): read is Asked => breachFields.every((name) => read[name] !== undefined);

/** `services`: those that the case reaches. */
export function parseBreach(fields: BreachFields, services: readonly string[]): Parsed {
  const service = services.find((known) => known === fields.get('service'));
  const reason = parseReason(fields.get('reason') ?? '');
  const read: Read = { service, ...readPeriod(fields), reason, minutes: findMinutes(fields.get('minutes') ?? '') };
  return isWhole(read) ? { ok: true, value: read } : { ok: false, problems: breachFields.filter((name) => read[name] === undefined) };
}
