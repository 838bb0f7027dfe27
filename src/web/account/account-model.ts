// The person's consents as the account page shows them, grouped by service; words come from the register and the catalogue.

import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { isValid, toGranted, toState } from '../../domain/consent/consent.ts';
import type { Consent } from '../../domain/consent/consent.ts';
import type { Receipt } from '../../domain/consent/store.ts';
import type { Language } from '../../domain/people/person.ts';
import type { AccountConsent, AccountService, ConsentState, ReceiptLink } from '../../../views/models.ts';

export type ConsentReader = {
  readonly language: Language;
  readonly now: number;
  readonly token: string;
  readonly receipts: readonly Receipt[];
  readonly findService: (clientId: string) => RegisteredService | undefined;
};

const soonMs = 14 * 24 * 60 * 60 * 1000;

export function toShownState(consent: Consent, now: number): ConsentState {
  const state = toState(consent, now);
  return (state === 'given' || state === 'notified') && consent.expiresAt - now < soonMs ? 'ends-soon' : state;
}

export function toServiceUrl(clientId: string): string {
  return `/account/services/${encodeURIComponent(clientId)}`;
}

/** Short enough to read out; `/verify` shows the same. */
function toReceiptNumber(id: string): string {
  const [, first = '', second = ''] = /(.{4})(.{4})$/.exec(id.toUpperCase()) ?? [];
  return `R-${first}-${second}`;
}

export function toReceiptLink({ id, createdAt }: Receipt): ReceiptLink {
  return { pageUrl: `/account/receipts/${id}`, url: `/account/receipts/${id}.json`, number: toReceiptNumber(id), issuedAt: createdAt };
}

export function toPurposeText(consent: Consent, reader: Pick<ConsentReader, 'findService' | 'language'>): string {
  const purpose = reader.findService(consent.clientId)?.purposes.find((candidate) => candidate.id === consent.purposeId);
  return purpose?.text[reader.language] ?? consent.purposeId;
}

export function toAccountConsent(consent: Consent, reader: ConsentReader): AccountConsent {
  const isStanding = isValid(consent, reader.now);
  return {
    purpose: toPurposeText(consent, reader),
    state: toShownState(consent, reader.now),
    decidedAt: consent.decidedAt,
    endsAt: isStanding ? consent.expiresAt : null,
    sharedLabels: toGranted(consent).map((name) => getAttribute(name).labels[reader.language]),
    receipts: reader.receipts.filter((receipt) => receipt.consentId === consent.id).map(toReceiptLink),
    withdraw: isStanding && consent.state === 'given' ? { action: `/account/consents/${consent.id}/withdraw`, token: reader.token } : null,
  };
}

export function toAccountServices(
  consents: readonly Consent[],
  reader: ConsentReader,
  lastUsedAt: (clientId: string) => number | null,
): readonly AccountService[] {
  const clientIds = [...new Set(consents.map((consent) => consent.clientId))];
  const services = clientIds.map((clientId) => {
    const registered = reader.findService(clientId);
    const own = consents.filter((consent) => consent.clientId === clientId);
    return {
      clientId,
      serviceName: registered?.service.name[reader.language] ?? clientId,
      agencyName: registered?.agency.name[reader.language] ?? '',
      url: toServiceUrl(clientId),
      lastUsedAt: lastUsedAt(clientId),
      isCurrent: own.some((consent) => isValid(consent, reader.now)),
      consents: own.map((consent) => toAccountConsent(consent, reader)),
    };
  });
  return services.toSorted((left, right) => Number(right.isCurrent) - Number(left.isCurrent));
}
