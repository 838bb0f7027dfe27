// What an agency says of itself and of a service beyond what the protocol needs (domain model 5.1): for whoever looks before they sign in, for approvers, and
// for the check of a file. Of a service it stands beside its metadata, under the names of the file; none of it is about a person.

import type { Json } from '../kernel/canonical.ts';
import type { ClientMetadata, Localized } from './agency.ts';
import { isObject, readText, readTexts } from './proposal.ts';

export const environments = ['test', 'pre_production', 'production'] as const;
export const delegates = ['guardian', 'representative', 'office', 'company'] as const;

export type Delegate = (typeof delegates)[number];

export type ServiceDetails = {
  readonly description: Localized | null;
  readonly homeUrl: string | null;
  readonly support: { readonly email: string | null; readonly phone: string | null; readonly url: string | null };
  /** How somebody gets the same without signing in. */
  readonly offlineAlternative: Localized | null;
  /** Why it shares its sector, and so the subjects of its people, with other services. */
  readonly sectorReason: Localized | null;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  readonly environment: (typeof environments)[number];
  /** Who may act for somebody else; empty: nobody. */
  readonly delegation: readonly Delegate[];
  /** Days, `YYYY-MM-DD`. */
  readonly reviewBy: string | null;
  readonly retiresOn: string | null;
};

function toLocalized(value: Json | undefined): Localized | null {
  if (!isObject(value)) {
    return null;
  }
  const { ar, en } = value;
  return typeof ar === 'string' && typeof en === 'string' ? { ar, en } : null;
}

function readObject(metadata: ClientMetadata, name: string): ClientMetadata {
  const value = metadata[name];
  return isObject(value) ? value : {};
}

export function readDetails(metadata: ClientMetadata): ServiceDetails {
  const support = readObject(metadata, 'support');
  const lifecycle = readObject(metadata, 'lifecycle');
  const delegation = readTexts(metadata, 'delegation');
  const environment = readText(metadata, 'environment');
  return {
    description: toLocalized(metadata['description']),
    homeUrl: readText(metadata, 'client_uri') ?? null,
    support: {
      email: readText(support, 'email') ?? null,
      phone: readText(support, 'phone') ?? null,
      url: readText(support, 'url') ?? null,
    },
    offlineAlternative: toLocalized(metadata['offline_alternative']),
    sectorReason: toLocalized(metadata['sector_reason']),
    languages: readTexts(metadata, 'languages'),
    environment: environments.find((known) => known === environment) ?? 'production',
    delegation: delegates.filter((known) => delegation.includes(known)),
    reviewBy: readText(lifecycle, 'review_by') ?? null,
    retiresOn: readText(lifecycle, 'retires_on') ?? null,
  };
}
