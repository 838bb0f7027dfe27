// Who may call which interface and for what, in the words in which it is registered.

import type { Purpose, RegisteredService, ResourceScope, Service } from './agency.ts';
import { isProgram } from './proposal.ts';
import { readResourceAccess, readResourceServer } from './resource-server.ts';

export const registeredKinds = ['service', 'program', 'interface'] as const;

/** A service is what people sign in to; an interface takes tokens, a program asks for some, and no person is in front of either. */
export type RegisteredKind = (typeof registeredKinds)[number];

export function toKind({ metadata }: Pick<Service, 'metadata'>): RegisteredKind {
  if (!isProgram(metadata)) {
    return 'service';
  }
  return readResourceServer(metadata) === undefined ? 'program' : 'interface';
}

type Named = Pick<RegisteredService, 'service'>;

export type OwnAccess<T extends Named> = { readonly server: T; readonly scopes: readonly ResourceScope[] };

/** What a service may do on its own behalf at the interfaces that are known. */
export function findOwnAccess<T extends Named>({ metadata }: Pick<Service, 'metadata'>, known: readonly T[]): readonly OwnAccess<T>[] {
  return readResourceAccess(metadata).flatMap((use) => {
    const server = known.find(({ service }) => service.clientId === use.server);
    const opened = server === undefined ? undefined : readResourceServer(server.service.metadata);
    return server === undefined || opened === undefined
      ? []
      : [{ server, scopes: opened.scopes.filter(({ name }) => use.scopes.includes(name)) }];
  });
}

export type Caller = {
  readonly caller: RegisteredService;
  /** For which it calls in the name of a person; null where it calls on its own behalf. */
  readonly purpose: Purpose | null;
  readonly scopes: readonly ResourceScope[];
};

/** Of the interface with this id; whoever has ended calls nothing. */
export function findCallers(clientId: string, known: readonly RegisteredService[]): readonly Caller[] {
  return known
    .filter(({ service }) => service.status !== 'retired')
    .flatMap((caller) => [
      ...findOwnAccess(caller.service, known)
        .filter(({ server }) => server.service.clientId === clientId)
        .map(({ scopes }) => ({ caller, purpose: null, scopes })),
      ...caller.purposes.flatMap((purpose) =>
        purpose.resources.filter(({ server }) => server === clientId).map(({ scopes }) => ({ caller, purpose, scopes })),
      ),
    ]);
}
