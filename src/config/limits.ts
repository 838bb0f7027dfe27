// How often something may fail before whoever does it has to wait: defaults that are safe, and how far each may be moved. docs/reference/limits.md is printed from
// here; ADR-0081 says why these.

/** So many at once; then again one each `withinSeconds / most`. */
export type Limit = { readonly most: number; readonly withinSeconds: number };

/** By `rule.kind`, as HUWIYA_LIMITS names them. */
export type Limits = ReadonlyMap<string, Limit>;

export type LimitBound = Limit & {
  /** Up to here an operator may raise `most`; the default itself where it may only be lowered. */
  readonly upTo: number;
};

const minute = 60;
const hour = 3600;

const lowered = (most: number, withinSeconds: number): LimitBound => ({ most, withinSeconds, upTo: most });

/** One address of IPv4 may stand for thousands of people, whose operator shares it out. */
const shared = (most: number, withinSeconds: number): LimitBound => ({ most, withinSeconds, upTo: most * 10 });

export const limitBounds: ReadonlyMap<string, LimitBound> = new Map([
  ['enrolment-code.ipv4', shared(60, 10 * minute)],
  ['enrolment-code.ipv6', lowered(20, 10 * minute)],
  ['freeze-code.ipv4', shared(30, 10 * minute)],
  ['freeze-code.ipv6', lowered(10, 10 * minute)],
  ['recovery-code.ipv4', shared(30, 10 * minute)],
  ['recovery-code.ipv6', lowered(10, 10 * minute)],
  ['recovery-begun.ipv4', shared(30, hour)],
  ['recovery-begun.ipv6', lowered(5, hour)],
  ['sign-in.ipv4', shared(200, 10 * minute)],
  ['sign-in.ipv6', lowered(40, 10 * minute)],
  ['ceremony.ipv4', shared(5000, 10 * minute)],
  ['ceremony.ipv6', lowered(500, 10 * minute)],
  // Of identities that one officer freezes without a fresh passkey.
  ['counter-freeze.officer', lowered(5, hour)],
  // Of documents of one person that did not agree with the registry, in the hands of one officer.
  ['counter-document.officer', lowered(3, hour)],
  // Of auditors: codes of registrars that they tried, unmaskings that they asked for, and looks.
  ['case-code.officer', lowered(10, hour)],
  ['unmask.officer', lowered(20, 24 * hour)],
  ['audit-look.officer', lowered(600, hour)],
  // Of requests that a service pushed and nobody opened: by the service alone, which has proven who it is.
  ['pushed.service', shared(10_000, 10 * minute)],
  ['request.client', shared(2000, 10 * minute)],
  ['request.ipv4', shared(5000, 10 * minute)],
  ['request.ipv6', lowered(300, 10 * minute)],
]);

export const defaultLimits: Limits = new Map([...limitBounds].map(([name, { most, withinSeconds }]) => [name, { most, withinSeconds }]));

function parseItem(item: string): readonly [string, Limit] | undefined {
  const [, name = '', digits = ''] = /^\s*([a-z-]+\.[a-z\d]+)=(\d{1,6})\s*$/.exec(item) ?? [];
  const bound = limitBounds.get(name);
  const most = Number(digits);
  return bound === undefined || most < 1 || most > bound.upTo ? undefined : [name, { most, withinSeconds: bound.withinSeconds }];
}

/** `rule.kind=number`, separated by commas. Undefined where an item is none, is said twice, or goes beyond its bound. What is not named keeps its default. */
export function parseLimits(text: string): Limits | undefined {
  const items = text.split(',').map(parseItem);
  const given = items.filter((item) => item !== undefined);
  const named = new Map(given);
  return named.size === items.length ? new Map([...defaultLimits, ...named]) : undefined;
}
