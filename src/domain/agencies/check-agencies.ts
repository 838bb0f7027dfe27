// The onboarding check of a whole file against what is registered (M9, RG-04 to RG-06, RG-13, RG-14). Pure: the same for `check` and `apply`.

import type { Service } from './agency.ts';
import { checkCertificateDoor } from './check-certificates.ts';
import { checkKeyAddress } from './check-key-address.ts';
import { checkEncryption } from './check-encryption.ts';
import { checkKeys } from './check-keys.ts';
import { checkNamesTogether, toAgencyNames, toServiceName } from './check-names.ts';
import { checkPurposes } from './check-purposes.ts';
import { checkLevel, checkOrganisation, checkSector, checkServiceDetails } from './check-registration.ts';
import { checkReceivers } from './check-receivers.ts';
import { checkResourceUses, checkResources } from './check-resources.ts';
import { checkService } from './check-service.ts';
import { checkName } from './check-text.ts';
import { checkAgenciesTogether, checkServicesTogether } from './check-together.ts';
import { checkUris } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';
import { createServerFinder } from './find-server.ts';
import { isProgram, toRefusal } from './proposal.ts';
import type { Finding, Proposal, ProposedAgency, RegisteredState } from './proposal.ts';
import type { ServiceCase } from './service-case.ts';
import { toAgency, toService } from './to-registered.ts';

const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const sectorPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/;
/** Names of the provider's own pages. */
const ownPrefix = 'huwiya-';

export function checkAgencies(rules: UriRules, proposal: Proposal, state: RegisteredState): readonly Finding[] {
  const cases = proposal.agencies.flatMap((agency, index) => toCases(`agencies[${index}]`, agency, state));
  return [
    ...proposal.agencies.flatMap((agency, index) => checkAgency(`agencies[${index}]`, agency)),
    ...checkAgenciesTogether(proposal.agencies.map(toAgency)),
    ...checkNamesTogether(toProposedNames(proposal, cases), state),
    ...cases.flatMap((given) => checkAlone(rules, given)),
    ...cases.flatMap(checkLevel),
    ...cases.flatMap((given) =>
      checkSector(
        given,
        [...cases, ...state.services].map(({ service }) => service),
      ),
    ),
    ...cases.flatMap(({ path, service }) => checkAgainstItself(path, service, findService(state, service.clientId))),
    ...checkResourceUses(cases, createServerFinder(proposal, state)),
    ...checkServicesTogether(
      cases,
      state.services.map(({ service }) => service),
    ),
  ];
}

function toProposedNames(proposal: Proposal, cases: readonly ServiceCase[]): Parameters<typeof checkNamesTogether>[0] {
  return proposal.agencies.flatMap((agency, index) => [
    ...toAgencyNames({ path: `agencies[${index}]`, agency: toAgency(agency) }),
    ...cases.filter(({ path }) => path.startsWith(`agencies[${index}].`)).map(toServiceName),
  ]);
}

function toCases(path: string, agency: ProposedAgency, state: RegisteredState): readonly ServiceCase[] {
  return agency.services.map((proposed, index) => {
    const service = toService(agency.id, proposed, findService(state, proposed.clientId));
    return { path: `${path}.services[${index}]`, proposed, service };
  });
}

function findService(state: RegisteredState, clientId: string): Service | undefined {
  return state.services.find(({ service }) => service.clientId === clientId)?.service;
}

const idFix = 'use 1 to 64 letters, digits, dots, underscores and hyphens; names that begin with huwiya- are taken';

function checkId(path: string, id: string): readonly Finding[] {
  const isRight = idPattern.test(id) && !id.toLowerCase().startsWith(ownPrefix);
  return isRight ? [] : [toRefusal(path, { problem: 'is not in the form of an id', fix: idFix })];
}

function checkAgency(path: string, agency: ProposedAgency): readonly Finding[] {
  const isNumber = /^[A-Za-z0-9-]{1,32}$/.test(agency.registrationNumber);
  return [
    ...checkId(`${path}.id`, agency.id),
    ...checkName(`${path}.name`, agency.name),
    ...checkOrganisation(path, agency),
    ...(isNumber
      ? []
      : [toRefusal(`${path}.registration_number`, { problem: 'is not a register number', fix: 'use digits, letters and hyphens' })]),
  ];
}

function checkAlone(rules: UriRules, given: ServiceCase): readonly Finding[] {
  const { path, proposed, service } = given;
  const isSector = sectorPattern.test(service.sector);
  return [
    ...checkId(`${path}.client_id`, service.clientId),
    ...checkName(`${path}.name`, service.name),
    ...(isSector
      ? []
      : [toRefusal(`${path}.sector`, { problem: 'is not in the form of a sector', fix: 'use a short word or a host, in lower case' })]),
    ...checkUris(rules, path, service.metadata),
    ...checkReceivers(rules, given),
    ...checkServiceDetails(rules, given),
    ...checkKeys(path, service.metadata),
    ...checkKeyAddress(rules, given),
    ...checkEncryption(given),
    ...checkService(given),
    ...checkCertificateDoor(rules, given),
    ...checkResources(rules, given),
    ...checkPurposes(`${path}.purposes`, proposed.purposes, service.audience),
  ];
}

function checkAgainstItself(path: string, service: Service, known: Service | undefined): readonly Finding[] {
  if (known === undefined) {
    return [];
  }
  const hasMoved = known.agencyId !== service.agencyId;
  const becomesOther = isProgram(known.metadata) !== isProgram(service.metadata);
  const rename = { problem: 'would give every person a new subject identifier', fix: `keep the sector ${known.sector}` };
  return [
    ...(hasMoved ? [toRefusal(`${path}.client_id`, { problem: 'belongs to another agency', fix: 'use another client_id' })] : []),
    ...(becomesOther
      ? [
          toRefusal(`${path}.grant_types`, {
            problem: 'would turn a service that people use into a program, or the reverse',
            fix: 'use another client_id',
          }),
        ]
      : []),
    ...(known.sector !== service.sector ? [toRefusal(`${path}.sector`, rename)] : []),
  ];
}
