// What the register held at which place of the log, as the log itself tells it: whoever asks again as the log stood finds the purposes of then, and not of today.
// Versions of purposes are never changed once written; that one took effect, or ended, is an entry.

import type { Purpose, RegisteredService, ServiceStatus } from '../agencies/agency.ts';
import type { AgenciesStore } from '../agencies/store.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Fact, FactStore } from './facts.ts';

export type RegisterPorts = {
  readonly facts: Pick<FactStore, 'readFacts'>;
  readonly agencies: Pick<AgenciesStore, 'listPurposeVersions'>;
};

export type PurposeThen = {
  readonly purpose: Purpose;
  /** Null where the log says nothing of the purpose, so that it hides from nobody: it stands as it is registered now. */
  readonly from: Millis | null;
  /** Exclusive; null where it stood at the end. */
  readonly until: Millis | null;
  /** Of the entry by which it took effect; null where there is none. */
  readonly index: number | null;
};

export type RegisterThen = {
  /** Every version that was ever in force, of the services that were asked about, oldest first. */
  readonly purposes: readonly PurposeThen[];
  /** Services that were suspended or retired. */
  readonly inactive: ReadonlySet<string>;
};

export type ThenAsked = {
  readonly services: readonly Pick<RegisteredService, 'service' | 'purposes'>[];
  /** Entries with a lower index alone. */
  readonly below: number;
};

const types = ['purpose.changed', 'purpose.retired', 'service.status_changed'] as const;
const pageSize = 500;

/** Also those that came later: of what they are about the log says something. */
async function readChanges({ facts }: RegisterPorts, services: readonly string[]): Promise<readonly Fact[]> {
  const below = Number.MAX_SAFE_INTEGER;
  const found: Fact[] = [];
  let after: number | null = null;
  do {
    const page = await facts.readFacts({ types, services, below }, { order: 'oldest-first', after, limit: pageSize });
    found.push(...page.facts);
    after = page.next;
  } while (after !== null);
  return found;
}

type Stretch = { readonly version: number | null; readonly from: Millis; readonly until: Millis | null; readonly index: number };

/** Of one purpose: each version until the next, or until the purpose ended. A change that leaves the version goes on with it. */
function toStretches(changes: readonly Fact[]): readonly Stretch[] {
  const turns = changes.filter(({ type, purposeVersion }, place) => {
    const before = changes[place - 1];
    return type === 'purpose.retired' || before?.type !== 'purpose.changed' || before.purposeVersion !== purposeVersion;
  });
  return turns.flatMap(({ at, index, purposeVersion, type }, place) =>
    type === 'purpose.retired' ? [] : [{ version: purposeVersion, from: at, until: turns[place + 1]?.at ?? null, index }],
  );
}

const toKey = (service: string | null, purpose: string | null): string => `${service ?? ''} ${purpose ?? ''}`;

function findInactive(changes: readonly Fact[]): ReadonlySet<string> {
  const active: ServiceStatus = 'active';
  const newest = new Map(changes.map((change) => [change.service ?? '', change]));
  return new Set(
    [...newest].flatMap(([service, { marks }]) => (marks.some(({ kind, term }) => kind === 'status' && term !== active) ? [service] : [])),
  );
}

type Known = { readonly changes: readonly Fact[]; readonly versions: readonly Purpose[] };

function toLogged({ changes, versions }: Known): readonly PurposeThen[] {
  const byPurpose = new Map(versions.map((each) => [`${toKey(each.clientId, each.id)} ${each.version}`, each]));
  const ofPurposes = Map.groupBy(changes, ({ purpose, service }) => toKey(service, purpose));
  const found = [...ofPurposes].flatMap(([key, own]) =>
    toStretches(own).flatMap(({ version, ...stretch }) => {
      const purpose = byPurpose.get(`${key} ${version ?? ''}`);
      return purpose === undefined ? [] : [{ purpose, ...stretch }];
    }),
  );
  return found.toSorted((one, other) => one.index - other.index);
}

export async function readRegisterThen(ports: RegisterPorts, { services, below }: ThenAsked): Promise<RegisterThen> {
  const names = services.map(({ service }) => service.clientId);
  const all = await readChanges(ports, names);
  const versions = (await Promise.all(names.map(async (name) => ports.agencies.listPurposeVersions(name)))).flat();
  const logged = new Set(all.map(({ purpose, service }) => toKey(service, purpose)));
  const unlogged = services.flatMap(({ purposes }) => purposes.filter(({ clientId, id }) => !logged.has(toKey(clientId, id))));
  const changes = all.filter(({ index }) => index < below);
  const isStatus = ({ type }: Fact): boolean => type === 'service.status_changed';
  return {
    purposes: [
      ...toLogged({ changes: changes.filter((each) => !isStatus(each)), versions }),
      ...unlogged.map((purpose) => ({ purpose, from: null, until: null, index: null })),
    ],
    inactive: findInactive(changes.filter(isStatus)),
  };
}

/** Just before this moment. */
export const isInForceAt = ({ from, until }: PurposeThen, to: Millis): boolean => (from ?? 0) < to && (until === null || until >= to);
