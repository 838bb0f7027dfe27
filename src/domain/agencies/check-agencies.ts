// The onboarding check of a whole file against what is registered (M9, RG-04 to RG-06, RG-13, RG-14). Pure: the same for `check` and `apply`.

import type { Agency, Service } from './agency.ts';
import { toThumbprints, checkKeys } from './check-keys.ts';
import { checkPurposes } from './check-purposes.ts';
import { checkService } from './check-service.ts';
import { checkName, toSkeleton } from './check-text.ts';
import { checkUris, toClaimedHosts } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';
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
    ...checkAgencyNames(proposal, state),
    ...cases.flatMap((given) => checkAlone(rules, given)),
    ...checkTogether(cases, state),
  ];
}

function toCases(path: string, agency: ProposedAgency, state: RegisteredState): readonly ServiceCase[] {
  return agency.services.map((proposed, index) => {
    const known = state.services.find(({ service }) => service.clientId === proposed.clientId)?.service;
    return { path: `${path}.services[${index}]`, proposed, service: toService(agency.id, proposed, known) };
  });
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
    ...(isNumber
      ? []
      : [toRefusal(`${path}.registration_number`, { problem: 'is not a register number', fix: 'use digits, letters and hyphens' })]),
  ];
}

/** After this file no two agencies may share an id, and no two names may be taken for one another. */
function checkAgencyNames(proposal: Proposal, state: RegisteredState): readonly Finding[] {
  const proposed = proposal.agencies.map(toAgency);
  const others = state.agencies.filter((known) => !proposed.some(({ id }) => id === known.id));
  return proposed.flatMap((agency, index) => {
    const before = [...others, ...proposed.slice(0, index)];
    const isTaken = before.some(({ id }) => id === agency.id);
    const isAlike = before.some((other) => looksAlike(agency, other));
    return [
      ...(isTaken
        ? [toRefusal(`agencies[${index}].id`, { problem: 'is there twice', fix: 'put all services of an agency together' })]
        : []),
      ...(isAlike
        ? [toRefusal(`agencies[${index}].name`, { problem: 'looks like the name of another agency', fix: 'use the full registered name' })]
        : []),
    ];
  });
}

function looksAlike(one: Agency, other: Agency): boolean {
  return toSkeleton(one.name.ar) === toSkeleton(other.name.ar) || toSkeleton(one.name.en) === toSkeleton(other.name.en);
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
    ...checkKeys(path, service.metadata),
    ...checkService(given),
    ...checkPurposes(`${path}.purposes`, proposed.purposes),
  ];
}

/** What only shows beside the other services, of this file and registered. */
function checkTogether(cases: readonly ServiceCase[], state: RegisteredState): readonly Finding[] {
  const registered = state.services.map(({ service }) => service);
  const untouched = registered.filter((known) => !cases.some(({ service }) => service.clientId === known.clientId));
  return cases.flatMap(({ path, service }, index) => {
    const before = [...untouched, ...cases.slice(0, index).map((earlier) => earlier.service)];
    const known = registered.find(({ clientId }) => clientId === service.clientId);
    return [...checkAgainstItself(path, service, known), ...checkAgainstOthers(path, service, before)];
  });
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
            problem: 'would turn a service that people use into an audit program, or the reverse',
            fix: 'use another client_id',
          }),
        ]
      : []),
    ...(known.sector !== service.sector ? [toRefusal(`${path}.sector`, rename)] : []),
  ];
}

function checkAgainstOthers(path: string, service: Service, others: readonly Service[]): readonly Finding[] {
  const foreign = others.filter(({ agencyId }) => agencyId !== service.agencyId);
  const prints = toThumbprints(service.metadata);
  const hosts = toClaimedHosts(service.metadata);
  const isTwice = others.some(({ clientId }) => clientId === service.clientId);
  const isKeyShared = others.some(({ metadata }) => toThumbprints(metadata).some((print) => prints.includes(print)));
  const isSectorForeign = foreign.some(({ sector }) => sector === service.sector);
  const isHostForeign = foreign.some(({ metadata }) => toClaimedHosts(metadata).some((host) => hosts.includes(host)));
  return [
    ...(isTwice ? [toRefusal(`${path}.client_id`, { problem: 'is there twice', fix: 'give each service an id of its own' })] : []),
    ...(isKeyShared ? [toRefusal(`${path}.jwks`, { problem: 'holds a key of another service', fix: 'make a key for each service' })] : []),
    ...(isSectorForeign
      ? [
          toRefusal(`${path}.sector`, {
            problem: 'belongs to another agency, which could then link persons',
            fix: 'use a sector of your own',
          }),
        ]
      : []),
    ...(isHostForeign
      ? [toRefusal(`${path}.redirect_uris`, { problem: 'has a host of another agency', fix: 'use a domain of your own' })]
      : []),
  ];
}
