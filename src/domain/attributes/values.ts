// What a person has of one attribute: the value as stored or as computed from others. Pure; the moment comes in.

import type { Millis } from '../kernel/clock.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Attribute } from './attribute.ts';
import { findAttribute } from './catalogue.ts';
import { derivations } from './derivations.ts';
import { languageTags, readTagged } from './tagged-value.ts';
import type { AttributeValues, LanguageTag, TaggedValue } from './tagged-value.ts';

/** A person as far as attributes go. `kind` is what `id_type` and the answers about belonging say. */
export type Holder = { readonly kind: string; readonly data: AttributeValues };

/** `undefined` when the person has no value of this attribute. */
export function findValue(attribute: Attribute, holder: Holder, now: Millis): TaggedValue | undefined {
  const data = { ...holder.data, id_type: holder.kind };
  const computed = attribute.origin === 'stored' ? {} : (derivations[attribute.name]?.(data, now) ?? {});
  const value = attribute.origin === 'computed' ? computed : { ...computed, ...readTagged(data, attribute.name) };
  return Object.keys(value).length === 0 ? undefined : value;
}

/** Those of `names` for which the person has a value, in the order given. */
export function findAvailable(names: readonly string[], holder: Holder, now: Millis): readonly string[] {
  return names.filter((name) => {
    const attribute = findAttribute(name);
    return attribute !== undefined && findValue(attribute, holder, now) !== undefined;
  });
}

/** One variant for a place that holds one: the first language wished for that exists, then Arabic, the untagged value, English. */
export function pickVariant(value: TaggedValue, locales: readonly string[]): Json | undefined {
  const wished = locales.map(toLanguageTag).find((tag) => tag !== undefined && value[tag] !== undefined);
  return wished === undefined ? (value.ar ?? value.plain ?? value.en) : value[wished];
}

function toLanguageTag(locale: string): LanguageTag | undefined {
  const language = locale.toLowerCase().split('-')[0];
  return languageTags.find((tag) => tag === language);
}
