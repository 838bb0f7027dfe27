// What a purpose says beyond its text and its attributes: ground by kind of person, recipients, place, terms of access.

import { addDuration, isDuration } from '../kernel/clock.ts';
import { personKinds } from '../people/person.ts';
import type { PersonKind } from '../people/person.ts';
import type { AccessTerms, DataStorage, LegalBasis, Recipient } from './agency.ts';
import { checkLine, checkName, checkText } from './check-text.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding, ProposedPurpose } from './proposal.ts';
import { checkVerification } from './check-verification.ts';

const codePattern = /^(?:dpv:|https:\/\/w3id\.org\/dpv#)[A-Z][A-Za-z0-9]{0,79}$/;

export function checkDetails(path: string, purpose: ProposedPurpose, audience: readonly PersonKind[]): readonly Finding[] {
  return [
    ...checkBasis(`${path}.legal_basis`, purpose.legalBasis),
    ...checkBasisByKind(`${path}.legal_basis_by_kind`, purpose, audience),
    ...checkCode(path, purpose),
    ...checkRecipients(`${path}.recipients`, purpose.recipients),
    ...(purpose.storage === null ? [] : checkStorage(`${path}.storage`, purpose.storage)),
    ...checkTerms(`${path}.terms`, purpose.terms),
    ...checkVerification(`${path}.verification`, purpose),
  ];
}

function checkBasis(path: string, { type, lawRef }: LegalBasis): readonly Finding[] {
  if (lawRef === null) {
    const isLaw = type === 'legal_obligation' || type === 'public_task';
    const fix = 'name the law and the article in both languages, as people will read them';
    return isLaw ? [toWarning(`${path}.law_ref`, { problem: 'is missing', fix })] : [];
  }
  return typeof lawRef === 'string' ? checkLine(`${path}.law_ref`, lawRef) : checkText(`${path}.law_ref`, lawRef);
}

function checkBasisByKind(path: string, { basisByKind }: ProposedPurpose, audience: readonly PersonKind[]): readonly Finding[] {
  return personKinds.flatMap((kind) => {
    const basis = basisByKind[kind];
    const unserved = { problem: 'is for people whom the service does not serve', fix: `add ${kind} to the audience or remove this basis` };
    return basis === undefined
      ? []
      : [...checkBasis(`${path}.${kind}`, basis), ...(audience.includes(kind) ? [] : [toWarning(`${path}.${kind}`, unserved)])];
  });
}

function checkCode(path: string, { code, dpiaRef }: ProposedPurpose): readonly Finding[] {
  const isCode = code === null || codePattern.test(code);
  return [
    ...(isCode
      ? []
      : [
          toRefusal(`${path}.code`, {
            problem: 'is no term of the Data Privacy Vocabulary',
            fix: 'write dpv:ServiceProvision or its whole IRI',
          }),
        ]),
    ...(dpiaRef === null ? [] : checkLine(`${path}.dpia_ref`, dpiaRef)),
  ];
}

function checkRecipients(path: string, recipients: readonly Recipient[]): readonly Finding[] {
  const names = new Set(recipients.map(({ name }) => name.en));
  return [
    ...recipients.flatMap(({ name }, index) => checkName(`${path}[${index}].name`, name)),
    ...(names.size < recipients.length ? [toRefusal(path, { problem: 'names one recipient twice', fix: 'name each once' })] : []),
  ];
}

const countryFix = 'use two capital letters of ISO 3166-1, such as SA';

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) !== undefined;
}

function checkStorage(path: string, { location, jurisdiction, transfers }: DataStorage): readonly Finding[] {
  const unknown = { problem: 'is no country code', fix: countryFix };
  return [
    ...checkText(`${path}.location`, location),
    ...(isCountry(jurisdiction) ? [] : [toRefusal(`${path}.jurisdiction`, unknown)]),
    ...transfers.flatMap(({ country, why }, index) => {
      const own = `${path}.transfers[${index}]`;
      const same = { problem: 'is where the details are kept anyway', fix: 'name only countries to which they are sent' };
      return [
        ...(isCountry(country) ? [] : [toRefusal(`${own}.country`, unknown)]),
        ...(country === jurisdiction ? [toRefusal(`${own}.country`, same)] : []),
        ...checkText(`${own}.why`, why),
      ];
    }),
  ];
}

function checkTerms(path: string, { fetch, maxUses, frequency, dataRange }: AccessTerms): readonly Finding[] {
  const manyOnce = { problem: 'contradicts fetch once', fix: 'leave it out, or say session' };
  // A promise that nothing keeps is none (ADR-0046): every detail of the catalogue is what it is now, none a record of days.
  const noRange = { problem: 'limits nothing: no detail is a record over time', fix: 'leave it out' };
  const noPeriod = { problem: 'is not a duration of ISO 8601', fix: 'write P1D or P1M' };
  return [
    ...(fetch === 'once' && maxUses !== 1 ? [toRefusal(`${path}.max_uses`, manyOnce)] : []),
    ...(frequency === null || isPeriod(frequency.per) ? [] : [toRefusal(`${path}.frequency.per`, noPeriod)]),
    ...(dataRange === null ? [] : [toRefusal(`${path}.data_range`, noRange)]),
  ];
}

function isPeriod(text: string): boolean {
  return isDuration(text) && addDuration(0, text) <= addDuration(0, 'P10Y');
}
