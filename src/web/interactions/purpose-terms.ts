// The terms of a purpose as pages show them, in the reader's language.

import type { DataStorage, Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import type { Language } from '../../domain/people/person.ts';
import type { StoragePlace, Terms, Use } from '../../../views/terms-model.ts';
import { toShownVerification } from '../shown-verification.ts';

type Fixed = Omit<Terms, 'endsAt' | 'isOffline'>;

export function toCountryName(country: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}

export function toPlace(storage: DataStorage | null, language: Language): StoragePlace | null {
  if (storage === null) {
    return null;
  }
  const { location, jurisdiction, transfers } = storage;
  return {
    location: location[language],
    country: toCountryName(jurisdiction, language),
    transfers: transfers.map(({ country, why }) => ({ country: toCountryName(country, language), why: why[language] })),
  };
}

/** Null where the agency looks and keeps nothing. */
export function toRetention({ terms, retention }: Pick<Purpose, 'terms' | 'retention'>): string | null {
  return terms.mode === 'view' ? null : retention;
}

/** What limits the use. */
export function toUse({ terms }: Pick<Purpose, 'terms'>): Use {
  const { fetch, maxUses, frequency, dataRange } = terms;
  return { fetch, maxUses, frequency, from: dataRange?.from ?? null, to: dataRange?.to ?? null };
}

export function toFixedTerms({ agency }: Pick<RegisteredService, 'agency'>, purpose: Purpose, language: Language): Fixed {
  return {
    purpose: purpose.text[language],
    recipient: agency.name[language],
    others: purpose.recipients.map(({ name, role }) => ({ name: name[language], role })),
    acts: purpose.resources.map(({ name, scopes }) => ({ at: name[language], what: scopes.map(({ text }) => text[language]) })),
    verification: purpose.verification && toShownVerification(purpose.verification, language),
    retention: toRetention(purpose),
    storage: toPlace(purpose.storage, language),
    use: toUse(purpose),
    registerUrl: `/services/${purpose.clientId}`,
    contact: agency.contacts['privacy'] ?? null,
  };
}
