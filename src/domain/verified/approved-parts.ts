// What of a check of identity a purpose was approved for, as places in `verification`. Everything else is cut out before a request is looked at, so that no condition can
// ask after what the service may not know.

import type { Verification } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Template } from './template.ts';

const always = ['trust_framework'];
const kinds = ['evidence.type', 'evidence.document_details.type', 'evidence.check_details.check_method'];
const particulars = [
  'evidence.document_details.document_number',
  'evidence.document_details.date_of_expiry',
  'evidence.document_details.issuer.name',
  'evidence.document_details.issuer.country_code',
  'evidence.check_details.organization',
  'evidence.check_details.time',
];

const byDepth = { none: [], types: kinds, details: [...kinds, ...particulars] } as const;

export type Places = ReadonlySet<string>;

/** Names of members with a dot between; members of a list stand under the list. */
export function toApprovedPlaces({ parts, evidence }: Pick<Verification, 'parts' | 'evidence'>): Places {
  return new Set([...always, ...parts, ...byDepth[evidence]]);
}

const join = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Those parts of a value that stand at one of the places; undefined where there are none. */
export function cutToPlaces(value: Json, places: Places, place = ''): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.flatMap((item: Json) => cutToPlaces(item, places, place) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) {
    return places.has(place) ? value : undefined;
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    const cut = cutToPlaces(member, places, join(place, name));
    return cut === undefined ? [] : [[name, cut] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Places that hold something. */
export function listPlaces(value: Json, place = ''): readonly string[] {
  if (Array.isArray(value)) {
    return [...new Set(value.flatMap((item: Json) => listPlaces(item, place)))];
  }
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => listPlaces(member, join(place, name))) : [place];
}

function listAsked(template: Template, place = ''): readonly string[] {
  switch (template.kind) {
    case 'value':
      return [place];
    case 'any':
      return template.of.flatMap((each) => listAsked(each, place));
    case 'members':
      return [...template.members].flatMap(([name, member]) => listAsked(member, join(place, name)));
  }
}

/** Whether a request wants something that this product keeps and the purpose was not approved for. */
export function asksBeyond(template: Template, places: Places): boolean {
  const kept = toApprovedPlaces({ parts: ['assurance_level', 'time'], evidence: 'details' });
  return listAsked(template).some((place) => kept.has(place) && !places.has(place));
}
