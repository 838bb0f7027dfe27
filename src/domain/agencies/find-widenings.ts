// Which changes let somebody ask, receive or reach more than before, or let people read other words, and so wait for an approver. What narrows, and what
// an agency must be free to do at any hour (another key, another contact), does not. What cannot be shown to narrow waits.

import { toCanonicalJson } from '../kernel/canonical.ts';
import { addDuration } from '../kernel/clock.ts';
import { saysMore, toForm } from '../attributes/form.ts';
import { defaultAnswerWithin } from './agency.ts';
import type { Agency, AskedAttribute, Purpose, Service } from './agency.ts';
import type { Change, Difference } from './compare-agencies.ts';
import { readText, readTexts } from './proposal.ts';
import { readResourceAccess } from './resource-server.ts';
import type { ResourceAccess } from './resource-server.ts';
import type { RegisteredState } from './proposal.ts';
import { detailFields } from './wider-details.ts';

/** Whether this field of the change needs an approver. */
type IsWider<T> = (after: T, before: T) => boolean;

const never = (): boolean => false;
const always = (): boolean => true;

const agencyFields: Readonly<Record<string, IsWider<Agency>>> = { contacts: never };

const stricter = { substantial: 0, high: 1 } as const;

const serviceFields: Readonly<Record<string, IsWider<Service>>> = {
  audience: (after, before) => !isWithin(after.audience, before.audience),
  minimumLevel: (after, before) => stricter[after.minimumLevel] < stricter[before.minimumLevel],
  // A key or a secret that may have leaked is changed at once.
  jwks: never,
  // Another place that is believed; leaving one is what narrows.
  jwks_uri: (after) => after.metadata['jwks_uri'] !== undefined,
  client_secret: never,
  // Whoever has to answer sooner takes nothing from anybody.
  answer_within: (after, before) => toDays(after) > toDays(before),
  redirect_uris: isListWider('redirect_uris'),
  post_logout_redirect_uris: isListWider('post_logout_redirect_uris'),
  grant_types: isListWider('grant_types'),
  resource_access: (after, before) =>
    !readResourceAccess(after.metadata).every((use) => isUsedAlready(use, readResourceAccess(before.metadata))),
};

const purposeFields: Readonly<Record<string, IsWider<Purpose>>> = {
  ...detailFields,
  retention: (after, before) => addDuration(0, after.retention) > addDuration(0, before.retention),
  expiresAfter: (after, before) => addDuration(0, after.expiresAfter) > addDuration(0, before.expiresAfter),
  attributes: (after, before) => !after.attributes.every((attribute) => isAskedAlready(attribute, before.attributes)),
};

function isUsedAlready({ server, scopes }: ResourceAccess, before: readonly ResourceAccess[]): boolean {
  return isWithin(scopes, before.find((known) => known.server === server)?.scopes ?? []);
}

function toDays({ metadata }: Service): number {
  return addDuration(0, readText(metadata, 'answer_within') ?? defaultAnswerWithin);
}

function isListWider(name: string): IsWider<Service> {
  return (after, before) => !isWithin(readTexts(after.metadata, name), readTexts(before.metadata, name));
}

function isWithin(after: readonly string[], before: readonly string[]): boolean {
  return after.every((item) => before.includes(item));
}

/** In the same words, and no more necessary than it was. */
function isAskedAlready(after: AskedAttribute, before: readonly AskedAttribute[]): boolean {
  const known = before.find(({ name }) => name === after.name);
  return (
    known !== undefined &&
    toCanonicalJson(known.why) === toCanonicalJson(after.why) &&
    (known.necessity === 'required' || after.necessity === 'optional') &&
    !saysMore(toForm(after), toForm(known))
  );
}

function isAnyWider<T>(fields: readonly string[], known: Readonly<Record<string, IsWider<T>>>, pair: { after: T; before: T }): boolean {
  return fields.some((field) => (known[field] ?? always)(pair.after, pair.before));
}

/** Whether the change waits once there are approvers. `difference` and `state` are those that the change came from. */
export function isWidening(change: Change, difference: Difference, state: RegisteredState): boolean {
  if (change.how === 'retired') {
    return false;
  }
  if (change.how === 'created') {
    return true;
  }
  return { agency: isAgencyWider, service: isServiceWider, purpose: isPurposeWider }[change.what](change, difference, state);
}

function isAgencyWider(change: Change, difference: Difference, state: RegisteredState): boolean {
  const after = difference.agencies.find(({ id }) => id === change.agencyId);
  const before = state.agencies.find(({ id }) => id === change.agencyId);
  return after === undefined || before === undefined || isAnyWider(change.fields, agencyFields, { after, before });
}

function isServiceWider(change: Change, difference: Difference, state: RegisteredState): boolean {
  const after = difference.services.find(({ clientId }) => clientId === change.clientId);
  const before = state.services.find(({ service }) => service.clientId === change.clientId)?.service;
  return after === undefined || before === undefined || isAnyWider(change.fields, serviceFields, { after, before });
}

/** Where only the default has moved there is no new version: what a service asks when it names no purpose changes, and so it waits. */
function isPurposeWider(change: Change, difference: Difference, state: RegisteredState): boolean {
  const isThis = ({ clientId, id }: Purpose): boolean => clientId === change.clientId && id === change.purposeId;
  const after = difference.purposes.find(isThis);
  const before = state.services.flatMap(({ purposes }) => purposes).find(isThis);
  return after === undefined || before === undefined || isAnyWider(change.fields, purposeFields, { after, before });
}
