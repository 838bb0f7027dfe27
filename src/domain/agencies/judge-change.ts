// Of which class a change of the register is (domain model 5.2). `safe` takes effect at once: it narrows, or an agency must be free to do it at any hour
// (another key, another contact). `reviewed` waits for an approver: somebody may ask, receive or reach more, or people read other words. `dual` waits for two:
// it takes a choice or a protection away from everybody at once. What cannot be shown to narrow waits. What ended is remembered: nothing comes back by one
// approver that would have needed two if it had never gone.

import { toCanonicalJson } from '../kernel/canonical.ts';
import { addDuration } from '../kernel/clock.ts';
import { saysMore, toForm } from '../attributes/form.ts';
import { personKinds } from '../people/person.ts';
import type { PersonKind } from '../people/person.ts';
import { defaultAnswerWithin, serviceClasses, toBasis } from './agency.ts';
import type { Agency, AskedAttribute, Purpose, Service } from './agency.ts';
import type { Change, Difference } from './compare-agencies.ts';
import { isLessProtected } from './is-less-protected.ts';
import { readText, readTexts } from './proposal.ts';
import type { RegisteredState } from './proposal.ts';
import { readResourceAccess } from './resource-server.ts';
import type { ResourceAccess } from './resource-server.ts';
import type { Submission } from './submission.ts';
import { detailFields, toActs } from './wider-details.ts';
import { verifiesMore } from './wider-verification.ts';

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
  // Signing every request from now on takes nothing from anybody; to stop it does.
  require_signed_request_object: (after) => after.metadata['require_signed_request_object'] !== true,
  // Where people find help, and what operators tell one another.
  support: never,
  languages: never,
  network_ranges: never,
  operations: never,
  lifecycle: never,
  // Another ceremony more often takes nothing from anybody; one less often does.
  default_max_age: isLonger('default_max_age'),
  session_idle: isLonger('session_idle'),
  delegation: isListWider('delegation'),
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

function isLonger(name: string): IsWider<Service> {
  const read = ({ metadata }: Service): number => {
    const seconds = metadata[name];
    return typeof seconds === 'number' ? seconds : Number.POSITIVE_INFINITY;
  };
  return (after, before) => read(after) > read(before);
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

export type ReviewClass = 'safe' | Submission['review'];

/** Why two have to agree, for operators; approvers read it in the words of their desk. */
export const dualNotes = {
  basis: 'another legal basis',
  choice: 'without a choice what people choose, or chose before',
  level: 'a lower level of sign-in',
  class: 'a weaker class of service',
  protection: 'less protected than before',
  sector: 'another sector',
  delegation: 'others may act for people',
  verification: 'told more of how identities were checked',
} as const;

export type DualReason = keyof typeof dualNotes;

export type Review = { readonly reviewClass: ReviewClass; readonly reasons: readonly DualReason[] };

const safe: Review = { reviewClass: 'safe', reasons: [] };
const reviewed: Review = { reviewClass: 'reviewed', reasons: [] };

/** Fields that two have to agree on, and when. */
type DualFields<T> = Readonly<Record<string, { readonly reason: DualReason; readonly isDual: IsWider<T> }>>;

const dualServiceFields: DualFields<Service> = {
  minimumLevel: { reason: 'level', isDual: always },
  sector: { reason: 'sector', isDual: always },
  delegation: { reason: 'delegation', isDual: always },
  serviceClass: { reason: 'class', isDual: isWeakerClass },
};

const dualPurposeFields: DualFields<Purpose> = {
  legalBasis: { reason: 'basis', isDual: always },
  basisByKind: { reason: 'basis', isDual: always },
};

/** The classes stand in the order of their strictness. */
function isWeakerClass(after: Service, before: Service): boolean {
  return serviceClasses.indexOf(after.serviceClass) > serviceClasses.indexOf(before.serviceClass);
}

type Judged<T> = { readonly wider: Readonly<Record<string, IsWider<T>>>; readonly dual: DualFields<T> };
type Pair<T> = { readonly after: T | undefined; readonly before: T | undefined };

function judgeFields<T>(fields: readonly string[], { wider, dual }: Judged<T>, { after, before }: Pair<T>): Review {
  if (after === undefined || before === undefined) {
    return reviewed;
  }
  const waiting = fields.filter((field) => (wider[field] ?? always)(after, before));
  const reasons = waiting.flatMap((field) => (dual[field]?.isDual(after, before) === true ? [dual[field].reason] : []));
  return addReasons(waiting.length > 0 ? reviewed : safe, reasons);
}

/** Whoever has one reason to wait for two waits for two. */
function addReasons({ reviewClass, reasons }: Review, more: readonly DualReason[]): Review {
  const all = [...new Set([...reasons, ...more])];
  return { reviewClass: all.length > 0 ? 'dual' : reviewClass, reasons: all };
}

type Changes = Omit<Difference, 'unchanged'>;

/** Once there are approvers. `difference` and `state` are those that the change came from. */
export function judgeChange(change: Change, difference: Changes, state: RegisteredState): Review {
  if (change.how === 'retired') {
    return safe;
  }
  return { agency: judgeAgency, service: judgeService, purpose: judgePurpose }[change.what](change, difference, state);
}

function judgeAgency(change: Change, difference: Changes, state: RegisteredState): Review {
  const isThis = ({ id }: Agency): boolean => id === change.agencyId;
  const pair = { after: difference.agencies.find(isThis), before: state.agencies.find(isThis) };
  return judgeFields(change.fields, { wider: agencyFields, dual: {} }, pair);
}

function judgeService(change: Change, difference: Changes, state: RegisteredState): Review {
  const after = difference.services.find(({ clientId }) => clientId === change.clientId);
  const before = state.services.find(({ service }) => service.clientId === change.clientId)?.service;
  const review = judgeFields(change.fields, { wider: serviceFields, dual: dualServiceFields }, { after, before });
  if (after === undefined || before === undefined || isWeakerClass(after, before)) {
    return review;
  }
  return addReasons(review, isLessProtected(after, before) ? ['protection'] : []);
}

/**
 * Where only the default has moved there is no new version: what a service asks when it names no purpose changes, and so it waits. A purpose that comes
 * back is compared with what it last was: otherwise its end would be a way around the second approver.
 */
function judgePurpose(change: Change, difference: Changes, state: RegisteredState): Review {
  const isThis = ({ clientId, id }: Purpose): boolean => clientId === change.clientId && id === change.purposeId;
  const past = state.versions.filter(({ clientId }) => clientId === change.clientId);
  const pair = { after: difference.purposes.find(isThis), before: past.findLast(isThis) };
  if (pair.after === undefined) {
    return reviewed;
  }
  const rules = { wider: purposeFields, dual: dualPurposeFields };
  const isNew = change.how === 'created';
  const review = isNew
    ? addReasons(reviewed, judgeFields(Object.keys(dualPurposeFields), rules, pair).reasons)
    : judgeFields(change.fields, rules, pair);
  const today = isNew ? undefined : pair.before;
  return addReasons(review, [
    ...(takesChoice(pair.after, today, past) ? (['choice'] as const) : []),
    ...(verifiesMore(pair.after, today) ? (['verification'] as const) : []),
  ]);
}

/** Without a choice for what the service asks with one, or ever did, is another ground under another name. */
function takesChoice(after: Purpose, today: Purpose | undefined, past: readonly Purpose[]): boolean {
  return personKinds.some((kind) => {
    const known = new Set(today === undefined ? [] : toDemands(today, kind));
    const chosen = new Set(past.flatMap((purpose) => toChoices(purpose, kind)));
    return toDemands(after, kind).some((name) => !known.has(name) && chosen.has(name));
  });
}

const hasChoice = (purpose: Purpose, kind: PersonKind): boolean => toBasis(purpose, kind).type === 'consent';

function toChoices(purpose: Purpose, kind: PersonKind): readonly string[] {
  return hasChoice(purpose, kind) ? [...purpose.attributes.map(({ name }) => name), ...toActNames(purpose)] : [];
}

/** Of those who have no choice nothing optional is asked. */
function toDemands(purpose: Purpose, kind: PersonKind): readonly string[] {
  const required = purpose.attributes.filter(({ necessity }) => necessity === 'required');
  return hasChoice(purpose, kind) ? [] : [...required.map(({ name }) => name), ...toActNames(purpose)];
}

/** What the service may do elsewhere for the person; a space stands in no name of a detail. */
function toActNames(purpose: Purpose): readonly string[] {
  return toActs(purpose).map(({ server, scope }) => `${server} ${scope.name}`);
}

/** Of what waits together: the strictest of its parts. */
export function judgeSubmission(content: Changes, state: RegisteredState): Submission['review'] {
  return content.changes.some((change) => judgeChange(change, content, state).reviewClass === 'dual') ? 'dual' : 'reviewed';
}
