// The difference between what a file says and what is registered. A purpose gets a new version only when what people are told or asked changes,
// because a new version makes everybody decide again.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Agency, Purpose, PurposeName, Service } from './agency.ts';
import { createServerFinder } from './find-server.ts';
import type { FindServer } from './find-server.ts';
import type { Proposal, ProposedService, RegisteredState } from './proposal.ts';
import { toAgency, toPurposes, toService } from './to-registered.ts';

export type Change = {
  readonly what: 'agency' | 'service' | 'purpose';
  readonly how: 'created' | 'changed' | 'retired';
  readonly agencyId: string;
  readonly clientId: string | null;
  readonly purposeId: string | null;
  readonly purposeVersion: number | null;
  /** Names of what differs; empty when all is new or all is gone. */
  readonly fields: readonly string[];
};

export type Difference = {
  readonly agencies: readonly Agency[];
  readonly services: readonly Service[];
  readonly purposes: readonly Purpose[];
  readonly endedPurposes: readonly PurposeName[];
  readonly defaultPurposes: readonly PurposeName[];
  readonly changes: readonly Change[];
  /** Number of agencies, services and purposes in the file that are registered just so. */
  readonly unchanged: number;
};

export function compareAgencies(proposal: Proposal, state: RegisteredState): Difference {
  const find = createServerFinder(proposal, state);
  const parts = proposal.agencies.flatMap((proposed) => [
    compareAgency(toAgency(proposed), state),
    ...proposed.services.map((service) => compareService(service, { agencyId: proposed.id, state, find })),
  ]);
  return {
    agencies: parts.flatMap(({ agencies }) => agencies),
    services: parts.flatMap(({ services }) => services),
    purposes: parts.flatMap(({ purposes }) => purposes),
    endedPurposes: parts.flatMap(({ endedPurposes }) => endedPurposes),
    defaultPurposes: parts.flatMap(({ defaultPurposes }) => defaultPurposes),
    changes: parts.flatMap(({ changes }) => changes),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

const nothing: Difference = { agencies: [], services: [], purposes: [], endedPurposes: [], defaultPurposes: [], changes: [], unchanged: 0 };
const noPurpose = { purposeId: null, purposeVersion: null };

function compareAgency(agency: Agency, state: RegisteredState): Difference {
  const known = state.agencies.find(({ id }) => id === agency.id);
  const change = findChange(known === undefined ? undefined : findFields(agency, known));
  return change === undefined
    ? { ...nothing, unchanged: 1 }
    : { ...nothing, agencies: [agency], changes: [{ what: 'agency', agencyId: agency.id, clientId: null, ...noPurpose, ...change }] };
}

type Surroundings = Place & { readonly find: FindServer };

function compareService(proposed: ProposedService, { agencyId, state, find }: Surroundings): Difference {
  const known = state.services.find(({ service }) => service.clientId === proposed.clientId);
  const service = toService(agencyId, proposed, known?.service);
  const change = findChange(known === undefined ? undefined : findServiceFields(service, known.service));
  const purposes = comparePurposes(toPurposes(proposed, find), known?.purposes ?? [], { agencyId, state });
  return change === undefined
    ? { ...purposes, unchanged: purposes.unchanged + 1 }
    : {
        ...purposes,
        services: [service],
        changes: [{ what: 'service', agencyId, clientId: service.clientId, ...noPurpose, ...change }, ...purposes.changes],
      };
}

/** `fields` is what differs, or `undefined` for something new. */
function findChange(fields: readonly string[] | undefined): Pick<Change, 'how' | 'fields'> | undefined {
  if (fields === undefined) {
    return { how: 'created', fields: [] };
  }
  return fields.length === 0 ? undefined : { how: 'changed', fields };
}

function findServiceFields(service: Service, known: Service): readonly string[] {
  const own = findFields({ ...service, metadata: {} }, { ...known, metadata: {} });
  return [...own, ...findFields(service.metadata, known.metadata)].map((field) =>
    field === 'client_secret_sha256' ? 'client_secret' : field,
  );
}

type Draft = Omit<Purpose, 'version'>;

type Place = { readonly agencyId: string; readonly state: RegisteredState };

function comparePurposes(drafts: readonly Draft[], known: readonly Purpose[], place: Place): Difference {
  const compared = drafts.map((draft) => {
    const current = known.find(({ id }) => id === draft.id);
    return comparePurpose(draft, current, place);
  });
  const ended = known.filter((purpose) => !drafts.some(({ id }) => id === purpose.id));
  const retired = ended.map((purpose): Change => toPurposeChange(place.agencyId, purpose, { how: 'retired', fields: [] }));
  return {
    ...nothing,
    purposes: compared.flatMap(({ purposes }) => purposes),
    endedPurposes: ended.map(({ clientId, id }) => ({ clientId, id })),
    defaultPurposes: findMovedDefault(drafts, known),
    changes: [...compared.flatMap(({ changes }) => changes), ...retired],
    unchanged: compared.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

/** The new default purpose, where another one was it before. */
function findMovedDefault(drafts: readonly Draft[], known: readonly Purpose[]): readonly PurposeName[] {
  const before = known.find(({ isDefault }) => isDefault);
  const after = drafts.find(({ isDefault }) => isDefault);
  return before === undefined || after === undefined || before.id === after.id ? [] : [{ clientId: after.clientId, id: after.id }];
}

function comparePurpose(draft: Draft, known: Purpose | undefined, { agencyId, state }: Place): Difference {
  const change = findChange(known === undefined ? undefined : findFields(draft, toDraft(known)));
  if (change === undefined) {
    return { ...nothing, unchanged: 1 };
  }
  // Where only the default has moved, nobody is told or asked anything else: the version stays.
  if (known !== undefined && change.fields.every((field) => field === 'isDefault')) {
    return { ...nothing, changes: [toPurposeChange(agencyId, known, change)] };
  }
  const last = known ?? state.versions.findLast(({ clientId, id }) => clientId === draft.clientId && id === draft.id);
  const purpose = { ...draft, version: (last?.version ?? 0) + 1 };
  return { ...nothing, purposes: [purpose], changes: [toPurposeChange(agencyId, purpose, change)] };
}

function toPurposeChange(agencyId: string, purpose: Purpose, change: Pick<Change, 'how' | 'fields'>): Change {
  return { what: 'purpose', agencyId, clientId: purpose.clientId, purposeId: purpose.id, purposeVersion: purpose.version, ...change };
}

function toDraft({ version: _version, ...draft }: Purpose): Draft {
  return draft;
}

type Members = { readonly [name: string]: Json };

function findFields(now: Members, before: Members): readonly string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.filter((name) => toCanonicalJson(now[name] ?? null) !== toCanonicalJson(before[name] ?? null));
}
