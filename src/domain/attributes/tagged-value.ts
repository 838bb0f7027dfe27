// A value with its language variants apart (OIDC Core 1.0 §5.2). Pure.

import type { Json } from '../kernel/canonical.ts';

/** Attribute values under catalogue names, with language tags and `_verified` companions, as an import gives them. */
export type AttributeValues = Readonly<Record<string, Json>>;

/** Members that are absent have no value. */
export type TaggedValue = { readonly plain?: Json; readonly ar?: Json; readonly en?: Json };

export const languageTags = ['ar', 'en'] as const;
export type LanguageTag = (typeof languageTags)[number];

export function readTagged(data: AttributeValues, name: string): TaggedValue {
  return toTagged({ plain: data[name], ar: data[`${name}#ar`], en: data[`${name}#en`] });
}

type Parts = { readonly [Part in keyof TaggedValue]?: Json | undefined };

/** Leaves out what is absent. */
export function toTagged({ plain = null, ar = null, en = null }: Parts): TaggedValue {
  return { ...(plain === null ? {} : { plain }), ...(ar === null ? {} : { ar }), ...(en === null ? {} : { en }) };
}

export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
