// The `verification` of a request as what it is: a picture of the answer, in which each value may carry a condition (OpenID Connect for Identity Assurance 1.0 §5.4).

import { z } from 'zod';
import { conditionNames, conditionSchema } from './condition.ts';
import type { Condition } from './condition.ts';

export type Template =
  | { readonly kind: 'value'; readonly condition: Condition }
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, Template> }
  /** Any one of these is enough. */
  | { readonly kind: 'any'; readonly of: readonly Template[] };

const longestList = 20;
const deepest = 6;

const objectSchema = z.record(z.string().max(100), z.unknown());
const listSchema = z.array(z.unknown()).min(1).max(longestList);

/** Undefined for what is not in the form of the specification. */
export function parseTemplate(given: unknown, depth = 0): Template | undefined {
  if (given === null) {
    return { kind: 'value', condition: {} };
  }
  const list = listSchema.safeParse(given).data;
  if (list !== undefined) {
    return depth < deepest ? parseAny(list, depth) : undefined;
  }
  const members = objectSchema.safeParse(given).data;
  return members === undefined ? undefined : parseObject(members, depth);
}

function parseAny(list: readonly unknown[], depth: number): Template | undefined {
  const of = list.flatMap((item) => parseTemplate(item, depth + 1) ?? []);
  const isWhole = of.length === list.length && of.every(({ kind }) => kind === 'members');
  return isWhole ? { kind: 'any', of } : undefined;
}

/** A condition, or a place with members; what mixes the two is neither. */
function parseObject(given: Readonly<Record<string, unknown>>, depth: number): Template | undefined {
  const names = Object.keys(given);
  if (names.every((name) => conditionNames.has(name))) {
    const condition = conditionSchema.safeParse(given).data;
    return condition && { kind: 'value', condition };
  }
  if (depth >= deepest || names.length > longestList) {
    return undefined;
  }
  const members = names.flatMap((name) => {
    const template = parseTemplate(given[name], depth + 1);
    return template === undefined ? [] : [[name, template] as const];
  });
  return members.length === names.length ? { kind: 'members', members: new Map(members) } : undefined;
}
