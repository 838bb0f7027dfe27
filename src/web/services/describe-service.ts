// What an agency says of itself and of a service, as facts for whoever looks before they sign in. What it does not say is left out.

import type { ClientMetadata, RegisteredService } from '../../domain/agencies/agency.ts';
import { toClaimedHosts } from '../../domain/agencies/check-uris.ts';
import { isProven } from '../../domain/agencies/host-proof.ts';
import type { HostProof } from '../../domain/agencies/host-proof.ts';
import { readDetails } from '../../domain/agencies/service-details.ts';
import type { ServiceDetails } from '../../domain/agencies/service-details.ts';
import type { ServiceVersion } from '../../domain/agencies/service-version.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import type { RegisterFact } from '../../../views/register-model.ts';

const toFact = (label: string, text: string | null | undefined, url: string | null = null): readonly RegisterFact[] =>
  text === null || text === undefined || text === '' ? [] : [{ label, text, url, isCode: false }];

const toCode = (label: string, text: string | null, url: string | null = null): readonly RegisterFact[] =>
  text === null ? [] : [{ label, text, url, isCode: true }];

function toSupportFacts({ support: { email, phone, url } }: ServiceDetails, label: string): readonly RegisterFact[] {
  return [...toCode(label, phone), ...toCode(label, email), ...toCode(label, url, url)];
}

function toDelegates({ delegation }: ServiceDetails, { t }: Texts): readonly string[] {
  return delegation.length === 0 ? [t('about-nobody')] : delegation.map((who) => t(`delegate-${who}`));
}

function toServiceFacts(metadata: ClientMetadata, texts: Texts): readonly RegisterFact[] {
  const { t, language } = texts;
  const details = readDetails(metadata);
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const list = (items: readonly string[]): string => items.join(t('list-comma'));
  return [
    ...toFact(t('about-description'), details.description?.[language]),
    ...toCode(t('about-home'), details.homeUrl, details.homeUrl),
    ...toSupportFacts(details, t('about-support')),
    ...toFact(t('about-offline'), details.offlineAlternative?.[language]),
    ...toFact(t('about-languages'), list(details.languages.map((code) => names.of(code) ?? code))),
    ...toFact(t('about-delegation'), list(toDelegates(details, texts))),
    ...(details.environment === 'production' ? [] : toFact(t('about-environment'), t(`environment-${details.environment}`))),
    ...toCode(t('about-retires'), details.retiresOn),
  ];
}

function toAgencyFacts({ agency }: RegisteredService, { t, language }: Texts): readonly RegisterFact[] {
  const { legal_name: legalName, type, ministry, address, signatory } = agency.organisation ?? {};
  return [
    ...toFact(t('about-legal-name'), legalName?.[language]),
    ...toCode(t('about-number'), agency.registrationNumber),
    ...(type === undefined ? [] : toFact(t('about-type'), t(`organisation-${type}`))),
    ...toFact(t('about-ministry'), ministry?.[language]),
    ...toFact(t('about-address'), address?.[language]),
    ...toFact(t('about-signatory'), signatory?.[language]),
  ];
}

function toHostFacts({ agency, service }: RegisteredService, proofs: readonly HostProof[], { t }: Texts): readonly RegisterFact[] {
  return toClaimedHosts(service.metadata).map((host) => ({
    label: host,
    text: t(isProven(proofs, { agencyId: agency.id, host }) ? 'host-proven' : 'host-unproven'),
    url: null,
    isCode: false,
  }));
}

export function toRegisterFacts(registered: RegisteredService, proofs: readonly HostProof[], texts: Texts): readonly RegisterFact[] {
  return [
    ...toServiceFacts(registered.service.metadata, texts),
    ...toAgencyFacts(registered, texts),
    ...toHostFacts(registered, proofs, texts),
  ];
}

/** What the service was registered as. Whether it had shown to hold its hosts is no part of it. */
export function toVersionFacts(version: ServiceVersion, texts: Texts): readonly RegisterFact[] {
  const { t, language } = texts;
  const list = (items: readonly string[]): string => items.join(t('list-comma'));
  return [
    ...toFact(t('field-name'), version.name[language]),
    ...toFact(t('field-class'), t(`class-${version.serviceClass}`)),
    ...toFact(t('field-audience'), list(version.audience.map((kind) => t(`kind-${kind}`)))),
    ...toFact(t('field-minimum-level'), t(`passkey-${version.minimumLevel}`)),
    ...toServiceFacts(version.metadata, texts),
    ...toClaimedHosts(version.metadata).flatMap((host) => toCode(t('about-hosts'), host)),
  ];
}
