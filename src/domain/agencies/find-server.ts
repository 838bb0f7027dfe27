// A resource server by its client_id, in a file or in the register.

import type { Localized } from './agency.ts';
import type { Proposal, RegisteredState } from './proposal.ts';
import { readResourceServer } from './resource-server.ts';
import type { ResourceServer } from './resource-server.ts';

export type KnownServer = ResourceServer & { readonly name: Localized };

export type FindServer = (clientId: string) => KnownServer | undefined;

/** Of the file first: it may bring a resource server together with those who use it. */
export function createServerFinder(proposal: Proposal, { services }: Pick<RegisteredState, 'services'>): FindServer {
  const all = [...proposal.agencies.flatMap((agency) => agency.services), ...services.map(({ service }) => service)];
  return (clientId) => {
    const found = all.find((service) => service.clientId === clientId);
    const server = found && readResourceServer(found.metadata);
    return found && server && { ...server, name: found.name };
  };
}
