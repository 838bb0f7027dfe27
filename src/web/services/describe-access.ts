// What an interface opens and to whom, and what a service or a program may do by itself, in the words of the register.

import { auditScope } from '../../domain/agencies/agency.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { findCallers, findOwnAccess, toKind } from '../../domain/agencies/resource-callers.ts';
import { readResourceServer } from '../../domain/agencies/resource-server.ts';
import type { Language } from '../../domain/people/person.ts';
import type { RegisterAccess, RegisterServicePage } from '../../../views/register-model.ts';

type Named = Pick<RegisteredService, 'agency' | 'service'>;

export const toRegisterUrl = (clientId: string): string => `/services/${encodeURIComponent(clientId)}`;

const toAccess = ({ agency, service }: Named, language: Language): Pick<RegisterAccess, 'url' | 'name' | 'agencyName'> => ({
  url: toRegisterUrl(service.clientId),
  name: service.name[language],
  agencyName: agency.name[language],
});

/** Programs for auditors alone have this scope. */
export const readsLog = ({ service }: Named): boolean => service.metadata['scope'] === auditScope;

export function toShownAccess(
  registered: RegisteredService,
  known: readonly RegisteredService[],
  language: Language,
): Pick<RegisterServicePage, 'kind' | 'opens' | 'access' | 'readsLog'> {
  const { service } = registered;
  const opened = readResourceServer(service.metadata);
  const callers = findCallers(service.clientId, known);
  return {
    kind: toKind(service),
    readsLog: readsLog(registered),
    access: findOwnAccess(service, known).map(({ server, scopes }) => ({
      ...toAccess(server, language),
      purpose: null,
      acts: scopes.map(({ text }) => text[language]),
    })),
    opens:
      opened === undefined
        ? null
        : {
            address: opened.resource,
            acts: opened.scopes.map(({ name, text }) => ({ name, text: text[language] })),
            callers: callers.map(({ caller, purpose, scopes }) => ({
              ...toAccess(caller, language),
              purpose: purpose?.text[language] ?? null,
              acts: scopes.map(({ text }) => text[language]),
            })),
          },
  };
}
