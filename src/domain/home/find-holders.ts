// Which services may see which detail now, and when each was sent it last.

import type { Millis } from '../kernel/clock.ts';
import type { LastRelease, StandingConsent } from './store.ts';

export type Holder = { readonly clientId: string; readonly lastReleasedAt: Millis | null };

export type Holding = {
  readonly attribute: string;
  /** Each service once, the one that was sent it last first. */
  readonly services: readonly Holder[];
  readonly lastReleasedAt: Millis | null;
};

export function findHolders(
  consents: readonly Pick<StandingConsent, 'clientId' | 'granted'>[],
  releases: readonly LastRelease[],
): readonly Holding[] {
  const clientIds = new Map<string, Set<string>>();
  for (const { clientId, granted } of consents) {
    for (const name of granted) {
      const known = clientIds.get(name) ?? new Set();
      clientIds.set(name, known.add(clientId));
    }
  }
  const last = toLastReleases(releases);
  return [...clientIds].map(([attribute, services]) => {
    const holders = [...services].map((clientId) => ({ clientId, lastReleasedAt: last.get(`${attribute} ${clientId}`) ?? null }));
    const sorted = holders.toSorted((one, other) => (other.lastReleasedAt ?? 0) - (one.lastReleasedAt ?? 0));
    return { attribute, services: sorted, lastReleasedAt: sorted[0]?.lastReleasedAt ?? null };
  });
}

function toLastReleases(releases: readonly LastRelease[]): ReadonlyMap<string, Millis> {
  const last = new Map<string, Millis>();
  for (const { service, attributes, at } of releases) {
    for (const name of attributes) {
      const key = `${name} ${service}`;
      last.set(key, Math.max(last.get(key) ?? 0, at));
    }
  }
  return last;
}
