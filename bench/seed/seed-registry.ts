// The register of the made-up country over the years: the file that an operator would have applied first, and each later file with the day it came.

import { toRegistration } from '../../src/domain/agencies/to-registered.ts';
import type { RegisteredService } from '../../src/domain/agencies/agency.ts';
import type { Proposal } from '../../src/domain/agencies/proposal.ts';
import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { toServiceJwk } from './own-keys.ts';
import { agencyLines } from './agency-list.ts';
import { moreAgencyLines } from './agency-list-more.ts';
import { findStorage, toAttribute } from './purpose-words.ts';
import type { AskedWord } from './purpose-words.ts';

type Members = { [name: string]: unknown };

export type ServiceFacts = {
  readonly clientId: string;
  /** How often it is visited, against others. */
  readonly weight: number;
  /** Of its purposes, in their order. */
  readonly purposeWeights: readonly number[];
};

type Building = { agencies: Members[]; services: Members[]; purposes: Members[]; weights: number[]; facts: ServiceFacts[] };

const audiences: Readonly<Record<string, string>> = { c: 'citizen', r: 'resident', v: 'visitor', g: 'gcc' };

function addAgency(building: Building, [id = '', ar = '', en = '']: readonly string[]): void {
  building.services = [];
  const registration_number = `70${String(10_000_000 + building.agencies.length * 7919).slice(0, 8)}`;
  const contacts = { privacy: `privacy@${id}.example`, security: `soc@${id}.example` };
  building.agencies.push({ id, registration_number, name: { ar, en }, contacts, services: building.services });
}

function addService(building: Building, seed: string, words: readonly string[]): void {
  const [client_id = '', ar = '', en = '', audience = '', minimum_loa = '', weight = '', answer_within = ''] = words;
  building.purposes = [];
  building.weights = [];
  const port = 4000 + building.facts.length;
  building.facts.push({ clientId: client_id, weight: Number(weight), purposeWeights: building.weights });
  building.services.push({
    client_id,
    class: 'standard',
    name: { ar, en },
    redirect_uris: [`http://localhost:${port}/callback`],
    security_events_uri: `http://localhost:${port}/security-events`,
    answer_within,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [toServiceJwk(seed, client_id)] },
    sector: client_id.split('-')[0],
    audience: Array.from(audience, (letter) => audiences[letter]),
    minimum_loa,
    purposes: building.purposes,
  });
}

const laws = { ar: 'نظام تقديم الخدمات الحكومية، المادة 12', en: 'Public Services Law, article 12' };
const ownLaws = new Set(['legal_obligation', 'public_task']);

/** Where the law or a contract decides there is nothing to choose. */
function toAsked(type: string, names: string): readonly AskedWord[] {
  const asked = names.split(' ').map(toAttribute);
  return type === 'consent' ? asked : asked.filter(({ necessity }) => necessity === 'required');
}

function toDetails(id: string, asked: readonly AskedWord[]): Members {
  const storage = findStorage(id);
  const isSpecial = asked.some(({ name }) => name === 'disability_support' || name === 'picture');
  return { ...(storage === undefined ? {} : { storage }), ...(isSpecial ? { dpia_ref: `DPIA-${id}` } : {}) };
}

function addPurpose(building: Building, words: readonly string[]): void {
  const [id, ar, en, type, expires_after, weight, names] = Array.from({ length: 7 }, (_, place) => words[place] ?? '');
  const asked = toAsked(type ?? '', names ?? '');
  building.weights.push(Number(weight));
  building.purposes.push({
    id,
    default: building.purposes.length === 0,
    text: { ar, en },
    legal_basis: ownLaws.has(type ?? '') ? { type, law_ref: laws } : { type },
    retention: 'P2Y',
    expires_after,
    ...toDetails(id ?? '', asked),
    attributes: asked,
  });
}

function build(seed: string): Building {
  const building: Building = { agencies: [], services: [], purposes: [], weights: [], facts: [] };
  for (const line of `${agencyLines}${moreAgencyLines}`.split('\n')) {
    const [what, ...words] = line.split('|');
    if (what === 'A') {
      addAgency(building, words);
    } else if (what === 'S') {
      addService(building, seed, words);
    } else if (what === 'P') {
      addPurpose(building, words);
    }
  }
  return building;
}

/** A later file: what changes in one purpose, when, and how it came to be. */
export type LaterChange = {
  readonly clientId: string;
  readonly purposeId: string;
  /** Of the whole run. */
  readonly part: number;
  /** Of the day on which approvers decide; 0 is midnight. */
  readonly hour: number;
  readonly how: 'approved' | 'approved-at-night' | 'unannounced';
  readonly text?: { readonly ar: string; readonly en: string };
  readonly adds?: string;
  readonly drops?: string;
};

export const laterChanges: readonly LaterChange[] = [
  { clientId: 'water-account', purposeId: 'water-bill', part: 0.15, hour: 10.2, how: 'approved', drops: 'phone_number' },
  {
    clientId: 'post-address',
    purposeId: 'track',
    part: 0.3,
    hour: 11.4,
    how: 'approved',
    text: { ar: 'تتبع الشحنات والطرود', en: 'Track parcels and letters' },
  },
  {
    clientId: 'ufuq-lines',
    purposeId: 'offers',
    part: 0.4,
    hour: 9.6,
    how: 'approved',
    text: { ar: 'عروض تناسبك من أفق وشركائها', en: 'Offers from Ufuq and its partners' },
  },
  { clientId: 'amal-open', purposeId: 'open-account', part: 0.5, hour: 13.1, how: 'approved', adds: 'phone_number' },
  { clientId: 'daman-cars', purposeId: 'quote', part: 0.6, hour: 14.5, how: 'unannounced', adds: 'phone_number' },
  {
    clientId: 'commerce-registers',
    purposeId: 'consumer-report',
    part: 0.7,
    hour: 2.6,
    how: 'approved-at-night',
    text: { ar: 'بلاغ المستهلك عن منشأة', en: 'Complaint about a shop' },
  },
  { clientId: 'moe-results', purposeId: 'results', part: 0.75, hour: 16.4, how: 'approved', drops: 'email?' },
];

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

const toList = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.filter(isMembers) : []);

function findPurpose(building: Building, { clientId, purposeId }: Pick<LaterChange, 'clientId' | 'purposeId'>): Members {
  const services = building.agencies.flatMap(({ services: listed }) => toList(listed));
  const service = services.find((each) => each['client_id'] === clientId);
  const purpose = toList(service?.['purposes']).find((each) => each['id'] === purposeId);
  if (purpose === undefined) {
    throw new TypeError(`no purpose ${clientId}/${purposeId}`);
  }
  return purpose;
}

function change(purpose: Members, { adds, drops, text }: LaterChange): void {
  const dropped = drops === undefined ? undefined : toAttribute(drops).name;
  const kept = toList(purpose['attributes']).filter(({ name }) => name !== dropped);
  purpose['attributes'] = [...kept, ...(adds === undefined ? [] : [toAttribute(adds)])];
  purpose['text'] = text ?? purpose['text'];
}

function parse({ agencies }: Building): Proposal {
  const parsed = parseAgenciesFile(JSON.stringify({ agencies }));
  if (!parsed.ok) {
    throw new TypeError(parsed.findings.map(({ path, problem }) => `${path}: ${problem}`).join('\n'));
  }
  return parsed.proposal;
}

export type Registration = { readonly at: number; readonly proposal: Proposal; readonly change: LaterChange | null };

/** The first file at the start, then each later one. The dates are those on which it takes effect. */
export function createRegistrations(seed: string, days: readonly { readonly startsAt: number }[]): readonly Registration[] {
  const building = build(seed);
  const first = { at: days[0]?.startsAt ?? 0, proposal: parse(building), change: null };
  const later = laterChanges.map((each) => {
    change(findPurpose(building, each), each);
    const startsAt = days[Math.floor(each.part * days.length)]?.startsAt ?? 0;
    return { at: startsAt + each.hour * 3_600_000, proposal: parse(building), change: each };
  });
  return [first, ...later];
}

export const listServices = (seed: string): readonly ServiceFacts[] => build(seed).facts;

/** What is registered of a service since a moment. */
export type Epoch = { readonly from: number; readonly registered: RegisteredService };

type Versions = ReadonlyMap<string, number>;

function toRegisteredAt({ proposal }: Registration, clientId: string, versions: Versions): readonly RegisteredService[] {
  const registered = toRegistration(proposal, clientId);
  if (registered === undefined) {
    return [];
  }
  const purposes = registered.purposes.map((each) => ({ ...each, version: versions.get(`${clientId}/${each.id}`) ?? 1 }));
  return [{ ...registered, purposes }];
}

/** Each service with what it was registered as, the earliest first. */
export function toEpochs(registrations: readonly Registration[]): ReadonlyMap<string, readonly Epoch[]> {
  const epochs = new Map<string, readonly Epoch[]>();
  const versions = new Map<string, number>();
  for (const registration of registrations) {
    const { at, change: changed, proposal } = registration;
    const ids = proposal.agencies.flatMap(({ services }) => services.map(({ clientId }) => clientId));
    if (changed !== null) {
      const key = `${changed.clientId}/${changed.purposeId}`;
      versions.set(key, (versions.get(key) ?? 1) + 1);
    }
    for (const clientId of changed === null ? ids : [changed.clientId]) {
      const found = toRegisteredAt(registration, clientId, versions).map((registered) => ({ from: at, registered }));
      epochs.set(clientId, [...(epochs.get(clientId) ?? []), ...found]);
    }
  }
  return epochs;
}
