// A request's picture of `verification` filled with what there is. A condition that is unmet, also on what there is not, unmakes the whole; what is only asked and not there
// is left out, and with it the place that cannot do without it (OpenID Connect for Identity Assurance 1.0 §5.7.4, §5.7.5).

import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { isDemanding, isMet } from './condition.ts';
import type { Condition } from './condition.ts';
import type { Template } from './template.ts';

/** `undefined`: nothing to say here, and nothing wrong with that. */
export type Filled = { readonly isMet: false } | { readonly isMet: true; readonly value: Json | undefined };

const unmet: Filled = { isMet: false };
const nothing: Filled = { isMet: true, value: undefined };

/** Without these a place says nothing (OpenID Identity Assurance Schema Definition 1.0 §5). */
const required: ReadonlyMap<string, string> = new Map([
  ['evidence', 'type'],
  ['document_details', 'type'],
  ['check_details', 'check_method'],
]);

type Place = { readonly name: string; readonly now: Millis };

export function fillTemplate(template: Template, given: Json | undefined, place: Place): Filled {
  switch (template.kind) {
    case 'value':
      return fillValue(template.condition, given, place);
    case 'members':
      return fillMembers(template.members, given, place);
    case 'any':
      return fillAny(template.of, given, place);
  }
}

/** A place with members is never had whole: each of them has to be asked for (§5.4). */
function fillValue(condition: Condition, given: Json | undefined, { now }: Place): Filled {
  if (given === undefined || typeof given === 'object') {
    return isDemanding(condition) ? unmet : nothing;
  }
  return isMet(condition, given, now) ? { isMet: true, value: given } : unmet;
}

function findMember(given: Json | undefined, name: string): Json | undefined {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? Object.entries(given).find(([known]) => known === name)?.[1]
    : undefined;
}

function fillMembers(members: ReadonlyMap<string, Template>, given: Json | undefined, { name, now }: Place): Filled {
  const filled = [...members].map(
    ([member, template]) => [member, fillTemplate(template, findMember(given, member), { name: member, now })] as const,
  );
  if (filled.some(([, each]) => !each.isMet)) {
    return unmet;
  }
  const said = filled.flatMap(([member, each]) => (each.isMet && each.value !== undefined ? [[member, each.value] as const] : []));
  const needed = required.get(name);
  const isValid = said.length > 0 && (needed === undefined || said.some(([member]) => member === needed));
  return isValid ? { isMet: true, value: Object.fromEntries(said) } : nothing;
}

/** Each item of the list that one of the templates fits, as the first of them that does shows it. */
function fillAny(of: readonly Template[], given: Json | undefined, place: Place): Filled {
  const items: readonly Json[] = Array.isArray(given) ? given : [];
  const fitting = items.flatMap((item) => of.map((template) => fillTemplate(template, item, place)).find((each) => each.isMet) ?? []);
  if (fitting.length === 0) {
    return of.some((template) => !fillTemplate(template, undefined, place).isMet) ? unmet : nothing;
  }
  const values = fitting.flatMap((each) => (each.isMet && each.value !== undefined ? [each.value] : []));
  return { isMet: true, value: values.length === 0 ? undefined : values };
}
