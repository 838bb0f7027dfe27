// What a service was registered as, at each time: every change of it is a version that stays. Its status is no part of one: that changes by its own act. Nor is
// its secret, not even as a digest (RG-14); that another one was given is a version with the same content.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import type { ClientMetadata, RegisteredService, Service } from './agency.ts';

export type ServiceVersion = Omit<Service, 'status'> & {
  /** Grows by one with every change. */
  readonly version: number;
  /** Null where it was registered before versions were kept, and the log does not say. */
  readonly since: Millis | null;
  /** The entry that tells of the change; null in the same case. */
  readonly entryId: string | null;
  /** What an approver agreed to; null where nobody had to, or nobody was there yet. */
  readonly submissionId: string | null;
};

/** For whatever leaves the row of the service. */
export function withoutSecret(metadata: ClientMetadata): ClientMetadata {
  const { client_secret_sha256: _digest, ...rest } = metadata;
  return rest;
}

/** Under the names of the file and of its registration. */
export function toMembers(version: ServiceVersion): { readonly [name: string]: Json } {
  const { agencyId, serviceClass, name, sector, audience, minimumLevel, metadata } = version;
  return { agency: agencyId, class: serviceClass, name, sector, audience, minimum_loa: minimumLevel, ...metadata };
}

/** Of the first one, all that it has. Where nothing else differs it is the secret that was changed. */
export function findChangedMembers(version: ServiceVersion, before: ServiceVersion | undefined): readonly string[] {
  const now = toMembers(version);
  const then = before === undefined ? {} : toMembers(before);
  const names = [...new Set([...Object.keys(now), ...Object.keys(then)])];
  const changed = names.filter((name) => toCanonicalJson(now[name] ?? null) !== toCanonicalJson(then[name] ?? null));
  return changed.length === 0 ? ['client_secret'] : changed;
}

type Versioned = readonly Pick<RegisteredService, 'service' | 'version'>[];

/** Of a change to what is registered. */
export function toNextVersion(registered: Versioned, clientId: string | null): number {
  return (registered.find(({ service }) => service.clientId === clientId)?.version ?? 0) + 1;
}

/** Whether a service has been changed in between, be it there and back again. */
export function isStillAt(before: Versioned, now: Versioned, clientId: string): boolean {
  return toNextVersion(before, clientId) === toNextVersion(now, clientId);
}
