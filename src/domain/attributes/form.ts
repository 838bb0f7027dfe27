// How much of a value leaves, from the answer alone to the value itself.

import type { Form } from './attribute.ts';
import { findAttribute } from './catalogue.ts';

const order: Readonly<Record<Form, number>> = { yes_no: 0, masked: 1, derived: 2, raw: 3 };

/** The form that is asked for, or the one the attribute has by itself. */
export function toForm({ name, form }: { readonly name: string; readonly form?: Form }): Form {
  return form ?? findAttribute(name)?.forms[0] ?? 'raw';
}

export function saysMore(one: Form, other: Form): boolean {
  return order[one] > order[other];
}
