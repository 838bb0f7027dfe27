// The public register for programs. Its shape is a schema, which a test holds it to; nothing in it is about a person.

import type { Context } from 'koa';
import { z } from 'zod';
import {
  accessModes,
  basisTypes,
  evidenceDepths,
  fetchTypes,
  organisationTypes,
  serviceClasses,
  serviceStatuses,
  toBasis,
  verificationParts,
} from '../../domain/agencies/agency.ts';
import { levels } from '../../domain/kernel/levels.ts';
import type { ClientMetadata, LegalBasis, Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { toClaimedHosts } from '../../domain/agencies/check-uris.ts';
import type { HostProof } from '../../domain/agencies/host-proof.ts';
import { delegates, environments, readDetails } from '../../domain/agencies/service-details.ts';
import { findCallers, findOwnAccess, registeredKinds, toKind } from '../../domain/agencies/resource-callers.ts';
import { readResourceServer } from '../../domain/agencies/resource-server.ts';
import type { ServiceVersion } from '../../domain/agencies/service-version.ts';
import { findWeaknesses, weaknesses } from '../../domain/agencies/find-weaknesses.ts';
import { forms } from '../../domain/attributes/attribute.ts';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import { toForm } from '../../domain/attributes/form.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { personKinds } from '../../domain/people/person.ts';
import type { WebNeeds } from '../needs.ts';
import { readsLog } from './describe-access.ts';
import { readHistory } from './read-changes.ts';
import type { Change, History } from './read-changes.ts';
import { findSince } from './show-service.ts';

const localized = z.strictObject({ ar: z.string(), en: z.string() });
const basis = z.strictObject({ type: z.enum(basisTypes), law_ref: z.union([z.string(), localized]).nullable() });
const moment = z.iso.datetime();
const scope = z.strictObject({ name: z.string(), text: localized });

const purpose = z.strictObject({
  id: z.string(),
  version: z.int(),
  since: moment.nullable(),
  text: localized,
  code: z.string().nullable(),
  legal_basis: z.partialRecord(z.enum(personKinds), basis),
  retention: z.string(),
  expires_after: z.string(),
  recipients: z.array(z.strictObject({ name: localized, role: z.string() })),
  storage: z
    .strictObject({
      location: localized,
      jurisdiction: z.string(),
      transfers: z.array(z.strictObject({ country: z.string(), why: localized })),
    })
    .nullable(),
  terms: z.strictObject({
    mode: z.enum(accessModes),
    fetch: z.enum(fetchTypes),
    max_uses: z.int().nullable(),
    frequency: z.strictObject({ times: z.int(), per: z.string() }).nullable(),
    data_range: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }).nullable(),
  }),
  verification: z
    .strictObject({
      attributes: z.array(z.string()),
      parts: z.array(z.enum(verificationParts)),
      evidence: z.enum(evidenceDepths),
      why: localized,
    })
    .nullable(),
  resources: z.array(z.strictObject({ server: z.string(), name: localized, scopes: z.array(scope) })),
  attributes: z.array(
    z.strictObject({
      name: z.string(),
      labels: localized,
      necessity: z.enum(['required', 'optional']),
      form: z.enum(forms),
      source: z.string(),
      why: localized,
    }),
  ),
});

const change = z.strictObject({
  at: moment,
  entry: z.int(),
  what: z.enum(['service', 'status', 'purpose', 'retired']),
  purpose: z.string().nullable(),
  version: z.int().nullable(),
  fields: z.array(z.string()),
  /** False where it took effect before anybody was there to approve; null where nobody has to. */
  approved: z.boolean().nullable(),
});

const about = z.strictObject({
  description: localized.nullable(),
  home_url: z.string().nullable(),
  support: z.strictObject({ email: z.string().nullable(), phone: z.string().nullable(), url: z.string().nullable() }),
  offline_alternative: localized.nullable(),
  languages: z.array(z.string()),
  environment: z.enum(environments),
  delegation: z.array(z.enum(delegates)),
  retires_on: z.string().nullable(),
});

const organisation = z.strictObject({
  legal_name: localized.optional(),
  type: z.enum(organisationTypes).optional(),
  ministry: localized.optional(),
  address: localized.optional(),
  signatory: localized.optional(),
});

/** What the service was registered as. */
const version = z.strictObject({
  version: z.int(),
  since: moment.nullable(),
  /** Null where it is not among `changes`. */
  entry: z.int().nullable(),
  /** Null where nobody had to approve it, or nobody was there yet. */
  submission: z.string().nullable(),
  name: localized,
  class: z.enum(serviceClasses),
  weaknesses: z.array(z.enum(weaknesses)),
  minimum_loa: z.enum(levels),
  audience: z.array(z.enum(personKinds)),
  hosts: z.array(z.string()),
  about,
});

export const feedSchema = z.strictObject({
  services: z.array(
    z.strictObject({
      client_id: z.string(),
      kind: z.enum(registeredKinds),
      name: localized,
      agency: z.strictObject({ id: z.string(), registration_number: z.string(), name: localized, organisation: organisation.nullable() }),
      class: z.enum(serviceClasses),
      weaknesses: z.array(z.enum(weaknesses)),
      status: z.enum(serviceStatuses),
      minimum_loa: z.enum(levels),
      about,
      hosts: z.array(z.strictObject({ host: z.string(), proven_at: moment.nullable() })),
      audience: z.array(z.enum(personKinds)),
      purposes: z.array(purpose),
      /** What an interface opens, and to whom; null for what is none. */
      opens: z
        .strictObject({
          resource: z.string(),
          scopes: z.array(scope),
          /** `purpose` is null where a caller calls on its own behalf. */
          callers: z.array(z.strictObject({ client_id: z.string(), purpose: z.string().nullable(), scopes: z.array(z.string()) })),
        })
        .nullable(),
      /** On its own behalf, nobody being in front of it. */
      access: z.array(z.strictObject({ server: z.string(), scopes: z.array(scope) })),
      reads_log: z.boolean(),
      version: z.int(),
      /** The newest first. */
      versions: z.array(version),
      changes: z.array(change),
    }),
  ),
});

type Feed = z.input<typeof feedSchema>;
type FeedService = Feed['services'][number];

const toJsonBasis = ({ type, lawRef }: LegalBasis): z.input<typeof basis> => ({ type, law_ref: lawRef });

function toPurpose(given: Purpose, { service }: RegisteredService, changes: readonly Change[]): FeedService['purposes'][number] {
  const { mode, fetch, maxUses, frequency, dataRange } = given.terms;
  const since = findSince(changes, given);
  return {
    id: given.id,
    version: given.version,
    since: since === undefined ? null : toTimestamp(since.at),
    text: given.text,
    code: given.code,
    legal_basis: Object.fromEntries(service.audience.map((kind) => [kind, toJsonBasis(toBasis(given, kind))])),
    retention: given.retention,
    expires_after: given.expiresAfter,
    recipients: [...given.recipients],
    storage: given.storage === null ? null : { ...given.storage, transfers: [...given.storage.transfers] },
    terms: { mode, fetch, max_uses: maxUses, frequency, data_range: dataRange },
    verification: given.verification && {
      ...given.verification,
      attributes: [...given.verification.attributes],
      parts: [...given.verification.parts],
    },
    resources: given.resources.map((use) => ({ ...use, scopes: [...use.scopes] })),
    attributes: given.attributes.map((asked) => {
      const { labels, source } = getAttribute(asked.name);
      return { name: asked.name, labels, necessity: asked.necessity, form: toForm(asked), source: source.id, why: asked.why };
    }),
  };
}

function toAbout(metadata: ClientMetadata): FeedService['about'] {
  const { description, homeUrl, support, offlineAlternative, languages, environment, delegation, retiresOn } = readDetails(metadata);
  const said = { description, home_url: homeUrl, support, offline_alternative: offlineAlternative };
  return { ...said, languages: [...languages], environment, delegation: [...delegation], retires_on: retiresOn };
}

function findProvenAt(proofs: readonly HostProof[], { agencyId, host }: Pick<HostProof, 'agencyId' | 'host'>): string | null {
  const proof = proofs.find((known) => known.agencyId === agencyId && known.host === host);
  return proof === undefined ? null : toTimestamp(proof.provenAt);
}

function toInterfaces(
  registered: RegisteredService,
  known: readonly RegisteredService[],
): Pick<FeedService, 'opens' | 'access' | 'reads_log'> {
  const { service } = registered;
  const opened = readResourceServer(service.metadata);
  return {
    reads_log: readsLog(registered),
    access: findOwnAccess(service, known).map(({ server, scopes }) => ({ server: server.service.clientId, scopes: [...scopes] })),
    opens:
      opened === undefined
        ? null
        : {
            resource: opened.resource,
            scopes: [...opened.scopes],
            callers: findCallers(service.clientId, known).map(({ caller, purpose: reason, scopes }) => ({
              client_id: caller.service.clientId,
              purpose: reason?.id ?? null,
              scopes: scopes.map(({ name }) => name),
            })),
          },
  };
}

type Read = History & { readonly proofs: readonly HostProof[]; readonly known: readonly RegisteredService[] };

function toVersion(given: ServiceVersion, changes: readonly Change[]): FeedService['versions'][number] {
  return {
    version: given.version,
    since: given.since === null ? null : toTimestamp(given.since),
    entry: changes.find(({ registered }) => registered === given)?.entry ?? null,
    submission: given.submissionId,
    name: given.name,
    class: given.serviceClass,
    weaknesses: [...findWeaknesses(given)],
    minimum_loa: given.minimumLevel,
    audience: [...given.audience],
    hosts: [...toClaimedHosts(given.metadata)],
    about: toAbout(given.metadata),
  };
}

function toService(registered: RegisteredService, { changes, versions, proofs, known }: Read): FeedService {
  const { agency, service, purposes } = registered;
  return {
    client_id: service.clientId,
    kind: toKind(service),
    name: service.name,
    agency: { id: agency.id, registration_number: agency.registrationNumber, name: agency.name, organisation: agency.organisation ?? null },
    class: service.serviceClass,
    weaknesses: toKind(service) === 'service' ? [...findWeaknesses(service)] : [],
    status: service.status,
    minimum_loa: service.minimumLevel,
    about: toAbout(service.metadata),
    hosts: toClaimedHosts(service.metadata).map((host) => ({ host, proven_at: findProvenAt(proofs, { agencyId: agency.id, host }) })),
    audience: [...service.audience],
    purposes: purposes.map((given) => toPurpose(given, registered, changes)),
    ...toInterfaces(registered, known),
    version: registered.version,
    versions: versions.map((given) => toVersion(given, changes)),
    changes: changes.map(({ at, entry, what, purposeId, version, fields, isApproved }) => {
      const place = { at: toTimestamp(at), entry, what, purpose: purposeId, version };
      return { ...place, fields: [...fields], approved: isApproved };
    }),
  };
}

export async function serveFeed(needs: WebNeeds, ctx: Context): Promise<void> {
  const services = await needs.agencies.listServices();
  const proofs = await needs.agencies.listProofs();
  const feed: Feed = {
    services: await Promise.all(
      services.map(async (registered) => {
        const history = await readHistory(needs, registered.service.clientId);
        return toService(registered, { ...history, proofs, known: services });
      }),
    ),
  };
  ctx.body = feed;
}
