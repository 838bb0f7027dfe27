// Which requests for authorization began or ended in this request of the protocol, while nobody was signed in. Anybody can begin one, and each is a row: what is
// left lying is counted (ADR-0081). Read from what is about to be written, so that it costs no query.

import type { AdapterPayload } from 'oidc-provider';
import { findUnitOfWork } from './unit-of-work.ts';

/** `name`: the same at its beginning and at its end, and of no use to anybody who reads it. */
export type AnonymousRequest = { readonly name: string; readonly clientId: string };

const pushed = 'PushedAuthorizationRequest';

export type AnonymousTurn = { readonly begun: readonly AnonymousRequest[]; readonly ended: readonly AnonymousRequest[] };

function toAnonymous(name: string, payload: AdapterPayload | null | undefined): readonly AnonymousRequest[] {
  if (!payload || payload.session?.accountId !== undefined) {
    return [];
  }
  const clientId = payload.params?.['client_id'];
  return [{ name, clientId: typeof clientId === 'string' ? clientId : '' }];
}

/** By the same name at their beginning and at their end: requests that were pushed in this turn, and those that led to a code. */
export function findPushedTurn(): { readonly begun: readonly string[]; readonly ended: readonly string[] } {
  const writes = findUnitOfWork()?.writes ?? [];
  return {
    begun: writes.flatMap((write) => (write.kind === 'save-artefact' && write.artefact.model === pushed ? [write.artefact.key] : [])),
    ended: writes.flatMap((write) => (write.kind === 'consume' && write.model === pushed ? [write.key] : [])),
  };
}

export function findAnonymousTurn(): AnonymousTurn {
  const { writes, overlay, reads } = findUnitOfWork() ?? { writes: [], overlay: new Map<string, null>(), reads: new Map<string, never>() };
  return {
    begun: writes.flatMap((write) =>
      write.kind === 'save-artefact' && write.artefact.model === 'Interaction'
        ? toAnonymous(write.artefact.key, overlay.get(write.artefact.key))
        : [],
    ),
    // Only an interaction is destroyed once.
    ended: writes.flatMap((write) => (write.kind === 'destroy' && write.isOnce ? toAnonymous(write.key, reads.get(write.key)) : [])),
  };
}
