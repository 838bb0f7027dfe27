// Registers what a file says: all of it or nothing, with an entry for each change. Until there is an approver this takes effect at once, and the
// entries say so (bootstrap), so that an auditor can tell it from what two people decided.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Clock } from '../kernel/clock.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventType, SealedEvent } from '../ledger/event.ts';
import { checkAgencies } from './check-agencies.ts';
import type { UriRules } from './check-uris.ts';
import { compareAgencies } from './compare-agencies.ts';
import type { Change, Difference } from './compare-agencies.ts';
import type { Finding, Proposal, RegisteredState } from './proposal.ts';
import type { AgenciesStore, PurposeName } from './store.ts';
import type { Purpose } from './agency.ts';

export type ApplyNeeds = {
  readonly agencies: Pick<AgenciesStore, 'listAgencies' | 'listServices' | 'findPurposeVersion' | 'saveChanges'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: UriRules;
};

export type ApplyResult =
  | { readonly ok: true; readonly difference: Difference; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly code: 'import/invalid'; readonly findings: readonly Finding[] };

export async function applyAgencies(needs: ApplyNeeds, proposal: Proposal): Promise<ApplyResult> {
  const state = await readState(needs.agencies, proposal);
  const findings = checkAgencies(needs.rules, proposal, state);
  if (findings.some(({ severity }) => severity === 'refusal')) {
    return { ok: false, code: 'import/invalid', findings };
  }
  const difference = compareAgencies(proposal, state);
  if (difference.changes.length > 0) {
    const { agencies, services, purposes, endedPurposes, defaultPurposes, changes } = difference;
    const events = changes.map((change) => toEvent(needs, change, difference));
    await needs.agencies.saveChanges({ agencies, services, purposes, endedPurposes, defaultPurposes, events });
  }
  return { ok: true, difference, warnings: findings };
}

type Readable = Pick<AgenciesStore, 'listAgencies' | 'listServices' | 'findPurposeVersion'>;

/** What is registered, as far as the proposal needs to know. */
export async function readState(store: Readable, proposal: Proposal): Promise<RegisteredState> {
  const agencies = await store.listAgencies();
  const services = await store.listServices();
  const named = proposal.agencies
    .flatMap((agency) => agency.services)
    .flatMap(({ clientId, purposes }) => purposes.map(({ id }) => ({ clientId, id })));
  const current = new Set(services.flatMap(({ purposes }) => purposes.map(({ clientId, id }) => `${clientId}/${id}`)));
  const last = await Promise.all(
    named.filter(({ clientId, id }) => !current.has(`${clientId}/${id}`)).map(async (name) => findLastVersion(store, name)),
  );
  return { agencies, services, retired: last.filter((purpose) => purpose !== undefined) };
}

/** Versions have no gaps. */
async function findLastVersion(store: Readable, { clientId, id }: PurposeName): Promise<Purpose | undefined> {
  let last: Purpose | undefined;
  for (let version = 1; ; version += 1) {
    const next = await store.findPurposeVersion(clientId, id, version);
    if (next === undefined) {
      return last;
    }
    last = next;
  }
}

function toEvent(needs: ApplyNeeds, change: Change, difference: Difference): SealedEvent {
  return sealEvent(needs, {
    type: toType(change),
    personRef: null,
    actor: { kind: 'operator', ref: null },
    service: change.clientId,
    purpose: change.purposeId,
    purposeVersion: change.purposeVersion,
    attributes: findPurpose(change, difference)?.attributes.map(({ name }) => name) ?? [],
    payload: {
      agency: change.agencyId,
      change: change.how,
      fields: change.fields,
      bootstrap: true,
      sha256: toContentDigest(change, difference),
    },
  });
}

function toType({ what, how }: Change): EventType {
  if (what === 'purpose') {
    return how === 'retired' ? 'purpose.retired' : 'purpose.changed';
  }
  return what === 'agency' ? 'agency.changed' : 'service.changed';
}

/** Names the new content without repeating it: a metadata record holds the digest of a secret, which is nobody's business. */
function toContentDigest(change: Change, difference: Difference): string | null {
  const content = {
    agency: () => difference.agencies.find(({ id }) => id === change.agencyId),
    service: () => difference.services.find(({ clientId }) => clientId === change.clientId),
    purpose: () => findPurpose(change, difference),
  }[change.what]();
  return content === undefined ? null : toDigest(toCanonicalJson(content));
}

function findPurpose(change: Change, difference: Difference): Purpose | undefined {
  return difference.purposes.find(({ clientId, id }) => clientId === change.clientId && id === change.purposeId);
}
