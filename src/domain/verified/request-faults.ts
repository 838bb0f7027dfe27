// Why nothing can come of a request for verified claims, whoever the person is: for its developers alone. Nobody is refused for it (OpenID Connect for Identity Assurance
// 1.0 §5.7). Never here: whether a condition holds of a person, or a word that is in no specification.

import { allClaimNames, findAttributesOfClaim, getAttribute } from '../attributes/catalogue.ts';
import { checkMethods, documentTypes } from '../proofing/evidence.ts';
import { conditionNames, conditionSchema } from './condition.ts';
import type { Condition } from './condition.ts';
import { parseTemplate } from './template.ts';
import type { Template } from './template.ts';
import { isShallow, mostElements } from './verified-request.ts';

/** `absent`: has to be there. `form`: is another kind of thing. `unsupported`: names only what discovery does not list. `no-date`: has no age. */
export type VerifiedFault = {
  /** Names of members with a dot between, as far as a specification knows them. */
  readonly place: string;
  readonly fault: 'absent' | 'form' | 'condition' | 'unsupported' | 'no-date';
};

const verification = 'verified_claims.verification';
const evidence = `${verification}.evidence`;
const dates: ReadonlySet<string> = new Set([
  `${verification}.time`,
  `${evidence}.document_details.date_of_expiry`,
  `${evidence}.check_details.time`,
]);
const members: ReadonlySet<string> = new Set(
  'trust_framework assurance_level time evidence type document_details document_number date_of_expiry issuer name country_code check_details check_method organization'.split(
    ' ',
  ),
);

function toObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function join(place: string, name: string, known: ReadonlySet<string>): string {
  return known.has(name) ? `${place}.${name}` : place;
}

type Inner = readonly [place: string, value: unknown];

/** What stands inside, and is no part of a condition. */
function listInner(given: unknown, place: string): readonly Inner[] {
  if (Array.isArray(given)) {
    return given.map((item: unknown) => [place, item]);
  }
  const inner = Object.entries(toObject(given) ?? {}).filter(([name]) => !conditionNames.has(name));
  return inner.map(([name, value]) => [join(place, name, members), value]);
}

/** As deep as it can be told. */
function findMisshapen(given: unknown, place: string, depth = 0): readonly VerifiedFault[] {
  if (parseTemplate(given, depth) !== undefined) {
    return [];
  }
  const inner = listInner(given, place).flatMap(([name, value]) => findMisshapen(value, name, depth + 1));
  const isCondition = Object.keys(toObject(given) ?? {}).some((name) => conditionNames.has(name));
  return inner.length > 0 ? inner : [{ place, fault: isCondition ? 'condition' : 'form' }];
}

function findEvidenceFaults(template: Template | undefined): readonly VerifiedFault[] {
  if (template === undefined) {
    return [];
  }
  if (template.kind !== 'any') {
    return [{ place: evidence, fault: 'form' }];
  }
  return template.of.flatMap((each) => {
    const type = each.kind === 'members' ? each.members.get('type') : undefined;
    const isOne = type?.kind === 'value' && typeof type.condition.value === 'string' && type.condition.values === undefined;
    return isOne ? [] : [{ place: `${evidence}.type`, fault: type === undefined ? 'absent' : 'condition' } as const];
  });
}

type Demanded = readonly [place: string, condition: Condition];

function listDemanded(template: Template, place: string): readonly Demanded[] {
  switch (template.kind) {
    case 'value':
      return [[place, template.condition]];
    case 'any':
      return template.of.flatMap((each) => listDemanded(each, place));
    case 'members':
      return [...template.members].flatMap(([name, member]) => listDemanded(member, join(place, name, members)));
  }
}

function findDemandFaults([place, condition]: Demanded, supported: ReadonlyMap<string, readonly unknown[]>): readonly VerifiedFault[] {
  const { value, values, max_age: maxAge } = condition;
  const known = supported.get(place);
  const isThere = (wanted: unknown): boolean => known === undefined || known.includes(wanted);
  const isSupported = (value === undefined || isThere(value)) && (values === undefined || values.some(isThere));
  return [
    ...(isSupported ? [] : [{ place, fault: 'unsupported' } as const]),
    ...(maxAge === undefined || dates.has(place) ? [] : [{ place, fault: 'no-date' } as const]),
  ];
}

function findVerificationFaults(given: unknown, frameworks: readonly string[]): readonly VerifiedFault[] {
  const template = parseTemplate(given);
  if (template?.kind !== 'members') {
    return template === undefined ? findMisshapen(given, verification) : [{ place: `${verification}.trust_framework`, fault: 'absent' }];
  }
  const trust = template.members.get('trust_framework');
  if (trust?.kind !== 'value') {
    return [{ place: `${verification}.trust_framework`, fault: trust === undefined ? 'absent' : 'form' }];
  }
  const supported = new Map<string, readonly unknown[]>([
    [`${verification}.trust_framework`, frameworks],
    [`${evidence}.type`, ['document']],
    [`${evidence}.document_details.type`, documentTypes],
    [`${evidence}.check_details.check_method`, checkMethods],
  ]);
  const misshapen = findEvidenceFaults(template.members.get('evidence'));
  return misshapen.length > 0 ? misshapen : listDemanded(template, verification).flatMap((each) => findDemandFaults(each, supported));
}

const claimNames: ReadonlySet<string> = new Set(allClaimNames());

function findClaimFaults(name: string, given: unknown): readonly VerifiedFault[] {
  const place = join('verified_claims.claims', name, claimNames);
  if (given === null) {
    return [];
  }
  const condition = conditionSchema.safeParse(given).data;
  if (condition === undefined) {
    return [{ place, fault: toObject(given) === undefined ? 'form' : 'condition' }];
  }
  const isDate = findAttributesOfClaim(name).some((attribute) => getAttribute(attribute).format === 'date');
  return condition.max_age === undefined || isDate ? [] : [{ place, fault: 'no-date' }];
}

function findElementFaults(given: unknown, frameworks: readonly string[]): readonly VerifiedFault[] {
  const element = isShallow(given) ? toObject(given) : undefined;
  if (element === undefined) {
    return [{ place: 'verified_claims', fault: 'form' }];
  }
  const { verification: how, claims } = element;
  const named = toObject(claims);
  const ofClaims = Object.entries(named ?? {}).flatMap(([name, member]) => findClaimFaults(name, member));
  const claimsFault =
    named === undefined ? ([{ place: 'verified_claims.claims', fault: claims === undefined ? 'absent' : 'form' }] as const) : ofClaims;
  return [
    ...(how === undefined ? [{ place: verification, fault: 'absent' } as const] : findVerificationFaults(how, frameworks)),
    ...claimsFault,
  ];
}

/** Each once. `frameworks`: those that discovery lists. */
export function findVerifiedFaults(given: unknown, frameworks: readonly string[]): readonly VerifiedFault[] {
  const elements: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (elements.length === 0 || elements.length > mostElements) {
    return [{ place: 'verified_claims', fault: 'form' }];
  }
  const found = elements.flatMap((element) => findElementFaults(element, frameworks));
  return [...new Map(found.map((fault) => [`${fault.place} ${fault.fault}`, fault])).values()];
}
