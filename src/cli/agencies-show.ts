// `huwiya agencies show ID`, where ID names an agency or one of its services.

import type { AccessTerms, Agency, LegalBasis, Purpose, RegisteredService, Service } from '../domain/agencies/agency.ts';
import { findWeaknesses } from '../domain/agencies/find-weaknesses.ts';
import { isProgram } from '../domain/agencies/proposal.ts';
import { withoutSecret } from '../domain/agencies/service-version.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';

export type AgenciesShowOptions = { readonly id: string; readonly json: boolean };

export async function runAgenciesShow(context: Context, options: AgenciesShowOptions): Promise<ExitCode> {
  const agencies = await context.storage.agencies.listAgencies();
  const services = await context.storage.agencies.listServices();
  const named = services.filter(({ service }) => service.agencyId === options.id || service.clientId === options.id);
  const agency = agencies.find(({ id }) => id === options.id || named[0]?.agency.id === id);
  if (agency === undefined) {
    printFailure(context.err, 'agencies show', 'agency/unknown');
    return 1;
  }
  if (options.json) {
    printJson(context.out, toJsonAgency(agency, named));
  } else {
    printAgency(context, agency, named);
  }
  return 0;
}

function printAgency({ out }: Context, agency: Agency, services: readonly RegisteredService[]): void {
  printTable(out, [
    ['agency', agency.id],
    ['number', agency.registrationNumber],
    ['name', agency.name.ar],
    ['', agency.name.en],
    ...Object.entries(agency.contacts),
  ]);
  for (const { service, version, purposes } of services) {
    printLine(out, '');
    printTable(out, [
      ['service', service.clientId],
      ['version', String(version)],
      ['status', service.status],
      ['class', service.serviceClass],
      ['weaknesses', toWeaknesses(service).join(', ')],
      ['name', service.name.ar],
      ['', service.name.en],
      ['sector', service.sector],
      ['audience', service.audience.join(', ')],
      ['level', service.minimumLevel],
      ...Object.entries(withoutSecret(service.metadata)).map(([name, value]) => [name, JSON.stringify(value)]),
      ...purposes.map((purpose) => ['purpose', toPurposeLine(purpose)]),
    ]);
  }
}

function toWeaknesses(service: Service): readonly string[] {
  return isProgram(service.metadata) ? [] : findWeaknesses(service);
}

function toPurposeLine(purpose: Purpose): string {
  const attributes = purpose.attributes.map(({ name, necessity }) => (necessity === 'required' ? name : `[${name}]`));
  const standing = purpose.isDefault ? ', default' : '';
  const reached = purpose.resources.map(({ server, scopes }) => `; ${server}: ${scopes.map(({ name }) => name).join(' ')}`);
  return `${purpose.id} (version ${purpose.version}${standing}): ${attributes.join(' ')}${reached.join('')}`;
}

function toJsonAgency(agency: Agency, services: readonly RegisteredService[]): Json {
  return {
    id: agency.id,
    registration_number: agency.registrationNumber,
    name: agency.name,
    contacts: agency.contacts,
    services: services.map(({ service, version, purposes }) => ({
      client_id: service.clientId,
      version,
      class: service.serviceClass,
      weaknesses: toWeaknesses(service),
      status: service.status,
      name: service.name,
      sector: service.sector,
      audience: service.audience,
      minimum_loa: service.minimumLevel,
      ...withoutSecret(service.metadata),
      purposes: purposes.map(toJsonPurpose),
    })),
  };
}

function toJsonPurpose(purpose: Purpose): Json {
  return {
    id: purpose.id,
    version: purpose.version,
    default: purpose.isDefault,
    text: purpose.text,
    legal_basis: toJsonBasis(purpose.legalBasis),
    legal_basis_by_kind: Object.fromEntries(Object.entries(purpose.basisByKind).map(([kind, basis]) => [kind, toJsonBasis(basis)])),
    code: purpose.code,
    recipients: purpose.recipients,
    storage: purpose.storage,
    terms: toJsonTerms(purpose.terms),
    resources: purpose.resources,
    verification: purpose.verification,
    dpia_ref: purpose.dpiaRef,
    retention: purpose.retention,
    expires_after: purpose.expiresAfter,
    attributes: purpose.attributes,
  };
}

function toJsonBasis({ type, lawRef }: LegalBasis): Json {
  return { type, ...(lawRef === null ? {} : { law_ref: lawRef }) };
}

function toJsonTerms({ mode, fetch, maxUses, frequency, dataRange }: AccessTerms): Json {
  return { mode, fetch, max_uses: maxUses, frequency, data_range: dataRange };
}
