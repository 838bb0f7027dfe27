// A change of the register in words: each field by its name, with what was there before. Texts that people will read stand in both languages, because
// an approver answers for both.

import { findAttribute } from '../../domain/attributes/catalogue.ts';
import type { Agency, AskedAttribute, Purpose, RegisteredService, Service } from '../../domain/agencies/agency.ts';
import { findWeaknesses } from '../../domain/agencies/find-weaknesses.ts';
import type { HostProof } from '../../domain/agencies/host-proof.ts';
import { judgeChange } from '../../domain/agencies/judge-change.ts';
import { isProgram } from '../../domain/agencies/proposal.ts';
import type { RegisteredState } from '../../domain/agencies/proposal.ts';
import { toNextVersion } from '../../domain/agencies/service-version.ts';
import type { Change } from '../../domain/agencies/compare-agencies.ts';
import type { Registered, Submission } from '../../domain/agencies/submission.ts';
import { toCanonicalJson } from '../../domain/kernel/canonical.ts';
import type { Json } from '../../domain/kernel/canonical.ts';
import { toDurationText } from '../../../views/durations.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import { toPreviewedKinds } from '../interactions/preview.ts';
import { both, code, detailFields, plain } from './describe-details.ts';
import type { ToLines } from './describe-details.ts';
import { registrationFields, toAccessLines, toHostField, toLikeField, toOrganisationLines } from './describe-registration.ts';
import type { FieldDifference, ShownChange, ValueLine } from '../../../views/submission-model.ts';

type Fields<T> = Readonly<Record<string, ToLines<T>>>;

const agencyFields: Fields<Agency> = {
  name: ({ name }) => both(name),
  registrationNumber: ({ registrationNumber }) => [code(registrationNumber)],
  organisation: toOrganisationLines,
  contacts: ({ contacts }) => Object.entries(contacts).map(([kind, address]) => code(`${kind}: ${address}`)),
};

const serviceFields: Fields<Service> = {
  name: ({ name }) => both(name),
  serviceClass: toClassLines,
  sector: ({ sector }) => [code(sector)],
  audience: ({ audience }, { t }) => audience.map((kind) => plain(t(`kind-${kind}`))),
  minimumLevel: ({ minimumLevel }, { t }) => [plain(t(`passkey-${minimumLevel}`))],
};

const purposeFields: Fields<Purpose> = {
  text: ({ text }) => both(text),
  ...detailFields,
  attributes: ({ attributes }, texts) => attributes.flatMap((attribute) => toAttributeLines(attribute, texts)),
  retention: ({ retention }, texts) => [plain(toDurationText(texts, retention))],
  expiresAfter: ({ expiresAfter }, texts) => [plain(toDurationText(texts, expiresAfter))],
  isDefault: ({ isDefault }, { t }) => [plain(t(isDefault ? 'answer-yes' : 'answer-no'))],
};

/** What it weakens stands beside the name, which says little to whoever answers for it. */
function toClassLines(service: Service, { t }: Texts): readonly ValueLine[] {
  const { serviceClass } = service;
  const differences = isProgram(service.metadata) ? [] : findWeaknesses(service).map((weakness) => plain(t(`weakness-${weakness}`)));
  return [plain(t(`class-${serviceClass}`)), code(serviceClass), ...differences];
}

function toAttributeLines({ name, necessity, why, form }: AskedAttribute, { t, language }: Texts): readonly ValueLine[] {
  const label = findAttribute(name)?.labels[language] ?? name;
  const said = [label, t(`service-attribute-${necessity}`), ...(form === undefined ? [] : [t(`form-${form}`)])];
  return [plain(said.join(' · ')), ...both(why)];
}

function toMemberLines(value: Json | undefined, { t }: Texts): readonly ValueLine[] {
  if (value === undefined) {
    return [];
  }
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.map((item) => (typeof item === 'boolean' ? plain(t(item ? 'answer-yes' : 'answer-no')) : code(toText(item))));
}

const toText = (value: Json): string => (typeof value === 'string' ? value : toCanonicalJson(value));

type Pair<T> = { readonly before: T | undefined; readonly after: T | undefined };
type Read<T> = { readonly fields: Fields<T>; readonly pair: Pair<T>; readonly texts: Texts };

/** All fields of something new, those that differ of something that changed or comes back, none of something that ends. */
function toDifferences<T>(change: Change, { fields, pair: { before, after }, texts }: Read<T>): readonly FieldDifference[] {
  if (after === undefined) {
    return [];
  }
  const names = change.how === 'created' ? Object.keys(fields) : change.fields;
  const isReturn = change.how === 'created' && before !== undefined;
  return names
    .map((name) => {
      const toLines = fields[name] ?? ((): readonly ValueLine[] => []);
      return { name, before: before === undefined ? null : toLines(before, texts), after: toLines(after, texts) };
    })
    .filter((shown) => !isReturn || toCanonicalJson(shown.before) !== toCanonicalJson(shown.after));
}

function toSecretLines({ metadata }: Service, isNew: boolean, { t }: Texts): readonly ValueLine[] {
  return metadata['client_secret_sha256'] === undefined ? [] : [plain(t(isNew ? 'field-secret-value' : 'field-secret-known'))];
}

function toServiceFields(services: readonly Service[], { content, registered }: Compared): Fields<Service> {
  const known = [...content.services.map((service) => ({ service })), ...registered.services];
  const named: Fields<Service> = { ...registrationFields, resource_access: (service) => toAccessLines(service, known) };
  const members = new Set(services.flatMap(({ metadata }) => Object.keys(metadata)));
  const ofMembers = [...members].map((name): [string, ToLines<Service>] =>
    // Neither the secret nor its digest is anybody's business.
    name === 'client_secret_sha256'
      ? ['client_secret', (service, texts) => toSecretLines(service, content.services.includes(service), texts)]
      : [name, named[name] ?? (({ metadata }, texts) => toMemberLines(metadata[name], texts))],
  );
  return { ...serviceFields, ...Object.fromEntries(ofMembers) };
}

/** What of the attributes differs: those that stay as they are would hide those that do not. */
function narrowToDifference({ before, after }: Pair<Purpose>): Pair<Purpose> {
  if (before === undefined || after === undefined) {
    return { before, after };
  }
  const without = (purpose: Purpose, other: Purpose): Purpose => {
    const known = new Set(other.attributes.map((attribute) => toCanonicalJson(attribute)));
    return { ...purpose, attributes: purpose.attributes.filter((attribute) => !known.has(toCanonicalJson(attribute))) };
  };
  return { before: without(before, after), after: without(after, before) };
}

export type Reading = {
  readonly content: Submission['content'];
  /** As it is now. */
  readonly registered: RegisteredState;
  /** Of hosts that agencies have shown to hold. */
  readonly proofs: readonly HostProof[];
  readonly texts: Texts;
  /** Of the submission. */
  readonly url: string;
};

type Compared = Pick<Reading, 'content'> & { readonly registered: Registered };

type Described = Pick<ShownChange, 'name' | 'within' | 'fields'> & Partial<Pick<ShownChange, 'version' | 'whole' | 'previews'>>;

function describeAgency(change: Change, { content, registered, texts }: Reading): Described {
  const isThis = ({ id }: Agency): boolean => id === change.agencyId;
  const pair = { before: registered.agencies.find(isThis), after: content.agencies.find(isThis) };
  const name = toName(pair, texts) ?? change.agencyId;
  return { name, within: null, fields: toDifferences(change, { fields: agencyFields, pair, texts }) };
}

function toName({ before, after }: Pair<Agency | Service>, { language }: Texts): string | undefined {
  return (after ?? before)?.name[language];
}

function findServices({ clientId }: Change, { content, registered }: Compared): Pair<Service> {
  return {
    before: registered.services.find(({ service }) => service.clientId === clientId)?.service,
    after: content.services.find((service) => service.clientId === clientId),
  };
}

/** By the register as it is now: what waits may have been submitted at an earlier version. */
function toServiceVersion({ clientId }: Change, { registered }: Pick<Compared, 'registered'>): NonNullable<ShownChange['version']> {
  const after = toNextVersion(registered.services, clientId);
  return { before: after === 1 ? null : after - 1, after };
}

function describeService(change: Change, reading: Reading): Described {
  const { content, registered, texts } = reading;
  const pair = findServices(change, reading);
  const fields = toServiceFields(
    [pair.before, pair.after].filter((service) => service !== undefined),
    reading,
  );
  const agency = [...content.agencies, ...registered.agencies].find(({ id }) => id === change.agencyId);
  return {
    name: toName(pair, texts) ?? String(change.clientId),
    within: agency?.name[texts.language] ?? change.agencyId,
    version: toServiceVersion(change, reading),
    fields: [
      ...toDifferences(change, { fields, pair, texts }),
      ...toHostField(pair.after, reading.proofs, texts),
      ...toLikeField(pair.after, reading),
    ],
  };
}

function findPurposes(change: Change, { content, registered }: Compared): Pair<Purpose> {
  const isThis = ({ clientId, id }: { readonly clientId: string; readonly id: string }): boolean =>
    clientId === change.clientId && id === change.purposeId;
  const before = registered.services.flatMap(({ purposes }) => purposes).find(isThis);
  // Where only the default moves there is no new version to read it from.
  const moved =
    before === undefined || change.how !== 'changed' ? undefined : { ...before, isDefault: content.defaultPurposes.some(isThis) };
  return { before, after: content.purposes.find(isThis) ?? moved };
}

/** With what of agency and service would hold together with it. */
export function findRegistration(change: Change, reading: Compared): RegisteredService | undefined {
  const { before, after } = findServices(change, reading);
  const service = after ?? before;
  const agency = [...reading.content.agencies, ...reading.registered.agencies].find(({ id }) => id === change.agencyId);
  const purpose = findPurposes(change, reading).after;
  const { after: version } = toServiceVersion(change, reading);
  return service === undefined || agency === undefined || purpose === undefined
    ? undefined
    : { agency, service, version, purposes: [purpose] };
}

function toPreviews(change: Change, purpose: Purpose, reading: Reading): ShownChange['previews'] {
  const registered = findRegistration(change, reading);
  const place = reading.content.changes.indexOf(change);
  const kinds = registered === undefined ? [] : toPreviewedKinds(registered, purpose);
  return kinds.flatMap((kind) =>
    (['ar', 'en'] as const).map((language) => ({
      kind,
      language,
      url: `${reading.url}/preview?change=${place}&kind=${kind}&language=${language}`,
    })),
  );
}

/** Nothing where only the default moves: that is no other version. */
function toPurposeVersion({ before, after }: Pair<Purpose>): ShownChange['version'] {
  return after === undefined || after.version === before?.version ? null : { before: before?.version ?? null, after: after.version };
}

function describePurpose(change: Change, reading: Reading): Described {
  const { texts } = reading;
  const found = findPurposes(change, reading);
  // What comes back stands beside what it last was.
  const isThis = ({ clientId, id }: Purpose): boolean => clientId === change.clientId && id === change.purposeId;
  const pair = { ...found, before: found.before ?? reading.registered.versions.findLast(isThis) };
  return {
    name: (pair.after ?? pair.before)?.text[texts.language] ?? String(change.purposeId),
    within: toName(findServices(change, reading), texts) ?? change.clientId,
    version: toPurposeVersion(found),
    fields: toDifferences(change, { fields: purposeFields, pair: narrowToDifference(pair), texts }),
    whole: toDifferences({ ...change, how: 'created' }, { fields: purposeFields, pair: { before: undefined, after: pair.after }, texts }),
    previews: pair.after === undefined ? [] : toPreviews(change, pair.after, reading),
  };
}

export function toShownChange(change: Change, reading: Reading): ShownChange {
  const describe = { agency: describeAgency, service: describeService, purpose: describePurpose }[change.what];
  const review = judgeChange(change, reading.content, reading.registered);
  return { what: change.what, how: change.how, review, version: null, whole: [], previews: [], ...describe(change, reading) };
}
