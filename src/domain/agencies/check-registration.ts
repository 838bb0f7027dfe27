// What an agency says of itself and of a service, for people, approvers and operators: in form, and what of it is missing. What is missing never blocks.

import { isIP } from 'node:net';
import { isDay } from '../kernel/clock.ts';
import type { ClientMetadata, Localized, Service } from './agency.ts';
import { checkName, checkText } from './check-text.ts';
import { checkUri } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';
import { isObject, isProgram, readText, readTexts, toRefusal, toWarning } from './proposal.ts';
import type { Finding, ProposedAgency, Remark } from './proposal.ts';
import type { ServiceCase } from './service-case.ts';
import { readDetails } from './service-details.ts';

const emailPattern = /^[^\s@<>]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const phonePattern = /^\+?[0-9][0-9 -]{2,19}$/;

export function checkOrganisation(path: string, { contacts, organisation }: ProposedAgency): readonly Finding[] {
  const { legal_name: legalName, ministry, address, signatory } = organisation ?? {};
  return [
    ...checkMissingContacts(`${path}.contacts`, contacts),
    ...checkOptional(`${path}.organisation.legal_name`, legalName, checkName),
    ...checkOptional(`${path}.organisation.ministry`, ministry, checkName),
    ...checkOptional(`${path}.organisation.address`, address, checkText),
    ...checkOptional(`${path}.organisation.signatory`, signatory, checkName),
  ];
}

const wantedContacts: Readonly<Record<string, string>> = {
  privacy: 'name the data protection officer, to whom people write',
  security: 'name who answers at any hour when something is wrong',
};

function checkMissingContacts(path: string, contacts: Readonly<Record<string, string>>): readonly Finding[] {
  return Object.entries(wantedContacts)
    .filter(([name]) => contacts[name] === undefined)
    .map(([name, fix]) => toWarning(`${path}.${name}`, { problem: 'is missing', fix }));
}

type CheckTexts = (path: string, text: Localized) => readonly Finding[];

function checkOptional(path: string, text: Localized | null | undefined, check: CheckTexts): readonly Finding[] {
  return text === undefined || text === null ? [] : check(path, text);
}

export function checkServiceDetails(rules: UriRules, { path, service: { metadata } }: ServiceCase): readonly Finding[] {
  const { description, offlineAlternative, sectorReason } = readDetails(metadata);
  return [
    ...(isProgram(metadata) ? [] : checkMissing(path, metadata)),
    ...checkOptional(`${path}.description`, description, checkText),
    ...checkOptional(`${path}.offline_alternative`, offlineAlternative, checkText),
    ...checkOptional(`${path}.sector_reason`, sectorReason, checkText),
    ...checkSupport(rules, `${path}.support`, metadata),
    ...checkRanges(`${path}.network_ranges`, readTexts(metadata, 'network_ranges')),
    ...checkOperations(`${path}.operations`, metadata),
    ...checkLifecycle(`${path}.lifecycle`, metadata),
  ];
}

function checkMissing(path: string, metadata: ClientMetadata): readonly Finding[] {
  const noWay = { problem: 'is missing', fix: 'say how somebody gets the service without signing in' };
  const noHelp = { problem: 'is missing', fix: 'give an address, a number or a page where people find help' };
  return [
    ...(metadata['offline_alternative'] === undefined ? [toWarning(`${path}.offline_alternative`, noWay)] : []),
    ...(metadata['support'] === undefined ? [toWarning(`${path}.support`, noHelp)] : []),
  ];
}

/** It locks people out at once, and the way back waits for two approvers. */
export function checkLevel({ path, service: { minimumLevel } }: ServiceCase): readonly Finding[] {
  const far = {
    problem: 'lets in only people who have been to a counter with a device that the metadata vouch for',
    fix: 'take substantial, and ask for high for the act that needs it',
  };
  return minimumLevel === 'high' ? [toWarning(`${path}.minimum_loa`, far)] : [];
}

/** Whoever shares a sector recognises the same person: that is a choice, and has a reason (OIDC Core 1.0 §8). */
export function checkSector({ path, service }: ServiceCase, others: readonly Service[]): readonly Finding[] {
  const sharing = others.filter(({ clientId, sector }) => clientId !== service.clientId && sector === service.sector);
  const names = [...new Set(sharing.map(({ clientId }) => clientId))].join(', ');
  return sharing.length === 0 || service.metadata['sector_reason'] !== undefined
    ? []
    : [
        toWarning(`${path}.sector`, {
          problem: `lets ${names} recognise the same person`,
          fix: 'use a sector of its own, or say why in sector_reason',
        }),
      ];
}

function refuseUnless(isRight: boolean, path: string, remark: Remark): readonly Finding[] {
  return isRight ? [] : [toRefusal(path, remark)];
}

const noEmail = { problem: 'is no email address', fix: 'write one like help@mol.example' };
const noPhone = { problem: 'is no phone number', fix: 'write digits, with + and the country where people call from abroad' };

function checkSupport(rules: UriRules, path: string, metadata: ClientMetadata): readonly Finding[] {
  const { email, phone, url } = readDetails(metadata).support;
  return [
    ...refuseUnless(email === null || emailPattern.test(email), `${path}.email`, noEmail),
    ...refuseUnless(phone === null || phonePattern.test(phone), `${path}.phone`, noPhone),
    ...(url === null ? [] : checkUri(rules, `${path}.url`, url)),
  ];
}

function checkRanges(path: string, ranges: readonly string[]): readonly Finding[] {
  const remark = { problem: 'is no network', fix: 'write it like 203.0.113.0/24 or 2001:db8::/32' };
  return ranges.flatMap((range, index) => refuseUnless(isRange(range), `${path}[${index}]`, remark));
}

function isRange(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

function checkOperations(path: string, metadata: ClientMetadata): readonly Finding[] {
  const operations = metadata['operations'];
  const contact = isObject(operations) ? readText(operations, 'contact') : undefined;
  return refuseUnless(contact === undefined || emailPattern.test(contact), `${path}.contact`, noEmail);
}

function checkLifecycle(path: string, metadata: ClientMetadata): readonly Finding[] {
  const { reviewBy, retiresOn } = readDetails(metadata);
  const remark = { problem: 'is no day', fix: 'write it like 2027-11-22' };
  return [
    ...refuseUnless(reviewBy === null || isDay(reviewBy), `${path}.review_by`, remark),
    ...refuseUnless(retiresOn === null || isDay(retiresOn), `${path}.retires_on`, remark),
  ];
}
