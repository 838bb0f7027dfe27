// What the demo knows and a page cannot: whom to enrol, by which link, and where things are. The demo writes it anew at every start.

import { readFileSync } from 'node:fs';
import { findMember, getList, getText } from '../service/read-json.ts';
import type { Words } from '../service/settings.ts';

export type Invited = {
  /** Of a person; an officer's role. */
  readonly kind: string;
  /** In the registry. `undefined`: of an officer, who has none. */
  readonly number: string | undefined;
  readonly name: Words;
  /** Works once. `undefined`: there is none to give. */
  readonly link: string | undefined;
  readonly hasPasskey: boolean;
};

export type Tour = {
  readonly issuer: string;
  readonly permit: string;
  readonly clinic: string;
  readonly settingsFile: string;
  readonly people: readonly Invited[];
  readonly officers: readonly Invited[];
};

function toInvited(value: unknown): Invited {
  const link = findMember(value, 'link');
  const number = findMember(value, 'number');
  const name = findMember(value, 'name');
  return {
    kind: getText(value, 'kind'),
    number: typeof number === 'string' ? number : undefined,
    name: { ar: getText(name, 'ar'), en: getText(name, 'en') },
    link: typeof link === 'string' ? link : undefined,
    hasPasskey: findMember(value, 'has_passkey') === true,
  };
}

export function readTour(file: string): Tour {
  const tour: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return {
    issuer: getText(tour, 'issuer'),
    permit: getText(tour, 'permit'),
    clinic: getText(tour, 'clinic'),
    settingsFile: getText(tour, 'settings_file'),
    people: getList(tour, 'people').map(toInvited),
    officers: getList(tour, 'officers').map(toInvited),
  };
}
