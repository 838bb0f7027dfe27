// The entries of changes to the register: one for each agency, service and purpose, with the digest of its new content and whose decision it was.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, EventType, SealNeeds, SealedEvent } from '../ledger/event.ts';
import type { Purpose, RegisteredService } from './agency.ts';
import type { Change, Difference } from './compare-agencies.ts';
import { toNextVersion } from './service-version.ts';

type Changed = Omit<Difference, 'unchanged'>;

export type Decision = {
  readonly actor: Actor;
  /** Absent: the change itself took effect. */
  readonly type?: EventType;
  readonly reason?: string | null;
  /** Where the change takes effect: what it is a change of, so that the entry says which version of a service it makes. */
  readonly registered?: readonly RegisteredService[];
  /** How it came to be decided. */
  readonly payload: { readonly [name: string]: Json };
};

export function sealChanges(needs: SealNeeds, changed: Changed, decision: Decision): readonly SealedEvent[] {
  return changed.changes.map((change) =>
    sealEvent(needs, {
      type: decision.type ?? toType(change),
      personRef: null,
      actor: decision.actor,
      service: change.clientId,
      purpose: change.purposeId,
      purposeVersion: change.purposeVersion,
      attributes: findPurpose(change, changed)?.attributes.map(({ name }) => name) ?? [],
      reason: decision.reason ?? null,
      payload: {
        agency: change.agencyId,
        change: change.how,
        fields: change.fields,
        sha256: toContentDigest(change, changed),
        ...toVersion(change, decision),
        ...decision.payload,
      },
    }),
  );
}

function toVersion({ what, clientId }: Change, { registered }: Decision): { readonly version?: number } {
  return what === 'service' && registered !== undefined ? { version: toNextVersion(registered, clientId) } : {};
}

function toType({ what, how }: Change): EventType {
  if (what === 'purpose') {
    return how === 'retired' ? 'purpose.retired' : 'purpose.changed';
  }
  return what === 'agency' ? 'agency.changed' : 'service.changed';
}

/** Names the new content without repeating it: a metadata record holds the digest of a secret, which is nobody's business. */
function toContentDigest(change: Change, changed: Changed): string | null {
  const content = {
    agency: () => changed.agencies.find(({ id }) => id === change.agencyId),
    service: () => changed.services.find(({ clientId }) => clientId === change.clientId),
    purpose: () => findPurpose(change, changed),
  }[change.what]();
  return content === undefined ? null : toDigest(toCanonicalJson(content));
}

function findPurpose(change: Change, changed: Changed): Purpose | undefined {
  return changed.purposes.find(({ clientId, id }) => clientId === change.clientId && id === change.purposeId);
}
