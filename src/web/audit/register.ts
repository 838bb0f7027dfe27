// The register as auditors read it: every service and every purpose by its words, also those that were ended.

import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import type { AgenciesStore } from '../../domain/agencies/store.ts';
import { attributeCatalogue, findAttribute } from '../../domain/attributes/catalogue.ts';
import type { Language } from '../../domain/people/person.ts';
import type { EntryRow, FilterGroup, FilterOption, Named } from '../../../views/audit-model.ts';

export type Register = {
  readonly language: Language;
  readonly services: readonly RegisteredService[];
  readonly purposes: readonly Purpose[];
};

export async function readRegister(agencies: Pick<AgenciesStore, 'listServices' | 'listPurposes'>, language: Language): Promise<Register> {
  const [services, purposes] = await Promise.all([agencies.listServices(), agencies.listPurposes()]);
  return { language, services, purposes };
}

/** What is not registered is shown as it is stored: a damaged entry still has to be seen. */
export function toServiceName({ services, language }: Register, clientId: string | null): EntryRow['service'] {
  if (clientId === null) {
    return null;
  }
  const found = services.find(({ service }) => service.clientId === clientId);
  return {
    name: found?.service.name[language] ?? clientId,
    code: clientId,
    agencyName: found?.agency.name[language] ?? '',
  };
}

export function toPurposeName({ purposes, language }: Register, clientId: string | null, purposeId: string | null): Named | null {
  if (purposeId === null) {
    return null;
  }
  const found = purposes.find((purpose) => purpose.id === purposeId && purpose.clientId === clientId);
  return { name: found?.text[language] ?? purposeId, code: purposeId };
}

export function toDetailName({ language }: Pick<Register, 'language'>, name: string): Named {
  return { name: findAttribute(name)?.labels[language] ?? name, code: name };
}

export function toServiceGroups({ services, language }: Register): readonly FilterGroup[] {
  return [...Map.groupBy(services, ({ agency }) => agency.id).values()].map((own) => ({
    label: own[0]?.agency.name[language] ?? '',
    options: own.map(({ service }) => ({ value: service.clientId, label: service.name[language] })),
  }));
}

type NameEnded = (purpose: string) => string;

export function toPurposeGroups({ services, purposes, language }: Register, nameEnded: NameEnded): readonly FilterGroup[] {
  const groups = services.map(({ service, purposes: current }) => ({
    label: service.name[language],
    options: purposes
      .filter(({ clientId }) => clientId === service.clientId)
      .map(({ id, text }) => ({
        value: id,
        label: current.some((purpose) => purpose.id === id) ? text[language] : nameEnded(text[language]),
      })),
  }));
  return groups.filter(({ options }) => options.length > 0);
}

/** By their words, as somebody looks for them. */
export function toDetailOptions(language: Language): readonly FilterOption[] {
  const options = attributeCatalogue.map(({ name, labels }) => ({ value: name, label: labels[language] }));
  return options.toSorted((left, right) => left.label.localeCompare(right.label, language));
}
