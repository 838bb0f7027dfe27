// Names that could be taken for one another (RG-06). Nobody bears the name of another agency: neither an agency nor a service, nor as the name in the state's
// register. Services of two agencies may share a name, since two hospitals both have appointments; then the writer is told, and the approver sees both.

import type { Agency, Localized, Service } from './agency.ts';
import { toSkeleton } from './check-text.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding } from './proposal.ts';
import type { Registered } from './submission.ts';

type Bearer = 'agency' | 'service';

type BorneName = {
  readonly bearer: Bearer;
  /** Of the agency, or of the service. */
  readonly id: string;
  readonly agencyId: string;
  readonly path: string;
  readonly name: Localized;
};

/** What is said of the first where it looks like the second, which is of another agency. */
const remarks: Readonly<Record<Bearer, Readonly<Record<Bearer, (path: string, id: string) => Finding>>>> = {
  agency: {
    agency: (path) => toRefusal(path, { problem: 'looks like the name of another agency', fix: 'use the full registered name' }),
    service: (path, id) =>
      toRefusal(path, { problem: `looks like the name of ${id}, a service of another agency`, fix: 'use the full registered name' }),
  },
  service: {
    agency: (path) => toRefusal(path, { problem: 'looks like the name of another agency', fix: 'name what the service does' }),
    service: (path, id) =>
      toWarning(path, {
        problem: `looks like the name of ${id}, a service of another agency`,
        fix: 'use a name that tells them apart; an approver sees both',
      }),
  },
};

export type NamedAgency = { readonly path: string; readonly agency: Agency };
export type NamedService = { readonly path: string; readonly service: Service };

export function toAgencyNames({ path, agency: { id, name, organisation } }: NamedAgency): readonly BorneName[] {
  const borne = { bearer: 'agency', id, agencyId: id } as const;
  const legal = organisation?.legal_name;
  return [
    { ...borne, path: `${path}.name`, name },
    ...(legal === undefined ? [] : [{ ...borne, path: `${path}.organisation.legal_name`, name: legal }]),
  ];
}

export function toServiceName({ path, service: { clientId, agencyId, name } }: NamedService): BorneName {
  return { bearer: 'service', id: clientId, agencyId, path: `${path}.name`, name };
}

function toNames({ agencies, services }: Registered): readonly BorneName[] {
  return [
    ...agencies.flatMap((agency) => toAgencyNames({ path: agency.id, agency })),
    ...services.map(({ service }) => toServiceName({ path: service.clientId, service })),
  ];
}

/** Each beside those of the register that are not replaced, and beside those before it. Once: that it looks like an agency weighs more. */
export function checkNamesTogether(proposed: readonly BorneName[], registered: Registered): readonly Finding[] {
  const untouched = toNames(registered).filter((known) => !proposed.some(({ bearer, id }) => bearer === known.bearer && id === known.id));
  return proposed.flatMap((one, index) => {
    const others = [...untouched, ...proposed.slice(0, index)];
    const alike = others.filter((other) => other.agencyId !== one.agencyId && looksAlike(one.name, other.name));
    const gravest = alike.find(({ bearer }) => bearer === 'agency') ?? alike[0];
    return gravest === undefined ? [] : [remarks[one.bearer][gravest.bearer](one.path, gravest.id)];
  });
}

export type LikeName = { readonly service: Localized; readonly agency: Localized };

/** Services of other agencies under a name that looks like this one's, with their agencies. */
export function findLikeNames({ agencyId, name }: Service, { services }: Registered): readonly LikeName[] {
  return services
    .filter(({ service }) => service.agencyId !== agencyId && looksAlike(name, service.name))
    .map(({ service, agency }) => ({ service: service.name, agency: agency.name }));
}

function looksAlike(one: Localized, other: Localized): boolean {
  return toSkeleton(one.ar) === toSkeleton(other.ar) || toSkeleton(one.en) === toSkeleton(other.en);
}
