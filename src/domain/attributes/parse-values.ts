// Checks what an import gives against the catalogue. Problems name attributes, never values: they are printed for an operator.

import type { Json } from '../kernel/canonical.ts';
import { hasVerifiedCompanion } from './attribute.ts';
import type { Attribute } from './attribute.ts';
import { findAttribute } from './catalogue.ts';
import { findFormatProblem, toNormalForm } from './formats.ts';
import type { AttributeValues } from './tagged-value.ts';

export type ParsedValues = { readonly values: AttributeValues; readonly problems: readonly string[] };

/** Texts come out in Unicode normal form C, so that equal names are equal bytes. With problems, `values` MUST NOT be stored. */
export function parseAttributeValues(given: AttributeValues): ParsedValues {
  const checked = Object.entries(given).map(([key, value]) => {
    const normal = toNormalForm(value);
    return { key, normal, problem: findProblem(key, normal) };
  });
  return {
    values: Object.fromEntries(checked.map(({ key, normal }) => [key, normal])),
    problems: checked.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
  };
}

function findProblem(key: string, value: Json): string | undefined {
  const slot = findSlot(key);
  if (slot === undefined) {
    return `${toPrintableKey(key)} is not the name of an attribute`;
  }
  if (slot.kind === 'companion') {
    return typeof value === 'boolean' ? undefined : `${key} must be true or false`;
  }
  if (slot.attribute.origin === 'computed') {
    return `${key} is computed from other attributes and cannot be given`;
  }
  const problem = findFormatProblem(slot.attribute, value);
  return problem === undefined ? undefined : `${key} ${problem}`;
}

type Slot = { readonly kind: 'value'; readonly attribute: Attribute } | { readonly kind: 'companion' };

function findSlot(key: string): Slot | undefined {
  if (key.endsWith('_verified') && hasVerifiedCompanion(key.slice(0, -'_verified'.length))) {
    return { kind: 'companion' };
  }
  const tagged = /^([^#]*)#(?:ar|en)$/.exec(key)?.[1];
  const attribute = findAttribute(tagged ?? key);
  const isKnown = attribute !== undefined && (tagged === undefined || attribute.isTagged);
  return isKnown ? { kind: 'value', attribute } : undefined;
}

/** A value typed in the place of a name must not reach the terminal. */
function toPrintableKey(key: string): string {
  return /^[a-z][a-z_]{0,39}(?:#[A-Za-z-]{1,12})?$/.test(key) ? key : 'a member';
}
