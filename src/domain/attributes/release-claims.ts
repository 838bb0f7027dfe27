// What attributes become when they leave. Whether they may leave is decided before: this only says what a name means on the wire.

import type { Json } from '../kernel/canonical.ts';
import type { Clock } from '../kernel/clock.ts';
import { hasVerifiedCompanion } from './attribute.ts';
import { findAttribute } from './catalogue.ts';
import { languageTags } from './tagged-value.ts';
import type { TaggedValue } from './tagged-value.ts';
import { findValue, pickVariant } from './values.ts';
import type { Holder } from './values.ts';

export type ReleaseAsked = Holder & {
  /** requested ∩ approved ∩ granted (decision 11). */
  readonly names: readonly string[];
  /** Wishes for the plain member, best first: `claims_locales`, then the person's language. Arabic follows by itself. */
  readonly locales: readonly string[];
};

export type ReleasedClaims = {
  /** Those of the names asked for which the person has a value, each once. */
  readonly names: readonly string[];
  readonly claims: Readonly<Record<string, Json>>;
};

/** Exactly the claims of the named attributes, and of those only what the person has: what is missing is absent, never null (OIDC Core 1.0 §5.3.2). */
export function toReleasedClaims(needs: { readonly clock: Clock }, asked: ReleaseAsked): ReleasedClaims {
  const now = needs.clock.now();
  const released = [...new Set(asked.names)].flatMap((name) => {
    const attribute = findAttribute(name);
    const value = attribute === undefined ? undefined : findValue(attribute, asked, now);
    return value === undefined ? [] : [{ name, members: toMembers(name, value, asked) }];
  });
  return { names: released.map(({ name }) => name), claims: Object.fromEntries(released.flatMap(({ members }) => members)) };
}

type Member = readonly [name: string, value: Json];

function toMembers(name: string, value: TaggedValue, asked: ReleaseAsked): readonly Member[] {
  const plain = pickVariant(value, asked.locales);
  const tagged = languageTags.flatMap((tag): readonly Member[] => (value[tag] === undefined ? [] : [[`${name}#${tag}`, value[tag]]]));
  // An address nobody checked says so instead of saying nothing (OIDC Core 1.0 §5.1).
  const companion: readonly Member[] = hasVerifiedCompanion(name) ? [[`${name}_verified`, asked.data[`${name}_verified`] === true]] : [];
  return [...(plain === undefined ? [] : [[name, plain] as const]), ...tagged, ...companion];
}
