// Which changes of a purpose's ground, recipients, place and terms of access give an agency more than it had.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { personKinds } from '../people/person.ts';
import { accessModes, fetchTypes, toBasis } from './agency.ts';
import type { AccessTerms, LegalBasis, Localized, Purpose, ResourceScope } from './agency.ts';
import { isVerificationWider } from './wider-verification.ts';

export type Act = { readonly server: string; readonly name: Localized; readonly scope: ResourceScope };

type IsWider = (after: Purpose, before: Purpose) => boolean;

export const detailFields: Readonly<
  Record<'legalBasis' | 'basisByKind' | 'recipients' | 'storage' | 'terms' | 'resources' | 'verification' | 'dpiaRef', IsWider>
> = {
  legalBasis: isAnyBasisWider,
  basisByKind: isAnyBasisWider,
  recipients: (after, before) => !isWithin(after.recipients, before.recipients),
  storage: isStorageWider,
  terms: (after, before) => areTermsWider(after.terms, before.terms),
  resources: (after, before) => !isWithin(toActs(after), toActs(before)),
  verification: isVerificationWider,
  // Only reviewers read it, and a review is what it asks for.
  dpiaRef: () => true,
};

function isWithin(after: readonly Json[], before: readonly Json[]): boolean {
  const known = new Set(before.map(toCanonicalJson));
  return after.every((item) => known.has(toCanonicalJson(item)));
}

/** One for each scope, with the words that people are told. */
export function toActs({ resources }: Pick<Purpose, 'resources'>): readonly Act[] {
  return resources.flatMap(({ server, name, scopes }) => scopes.map((scope) => ({ server, name, scope })));
}

/** Where the person decides, nobody has more than before. Every other change of ground is for an approver to judge. */
function isBasisWider(after: LegalBasis, before: LegalBasis): boolean {
  return after.type !== 'consent' && toCanonicalJson(after) !== toCanonicalJson(before);
}

function isAnyBasisWider(after: Purpose, before: Purpose): boolean {
  return personKinds.some((kind) => isBasisWider(toBasis(after, kind), toBasis(before, kind)));
}

/** A place that was never named, or another place, cannot be shown to be as good as the one before. */
function isStorageWider({ storage: after }: Purpose, { storage: before }: Purpose): boolean {
  if (after === null || before === null) {
    return after !== before;
  }
  const isElsewhere = after.jurisdiction !== before.jurisdiction || toCanonicalJson(after.location) !== toCanonicalJson(before.location);
  return isElsewhere || !isWithin(after.transfers, before.transfers);
}

function areTermsWider(after: AccessTerms, before: AccessTerms): boolean {
  return [
    accessModes.indexOf(after.mode) > accessModes.indexOf(before.mode),
    fetchTypes.indexOf(after.fetch) > fetchTypes.indexOf(before.fetch),
    (after.maxUses ?? Infinity) > (before.maxUses ?? Infinity),
    isMoreOften(after.frequency, before.frequency),
    isRangeWider(after.dataRange, before.dataRange),
  ].includes(true);
}

function isMoreOften(after: AccessTerms['frequency'], before: AccessTerms['frequency']): boolean {
  if (after === null || before === null) {
    return after === null && before !== null;
  }
  return after.per !== before.per || after.times > before.times;
}

const earliest = '0000-01-01';
const latest = '9999-12-31';

function isRangeWider(after: AccessTerms['dataRange'], before: AccessTerms['dataRange']): boolean {
  const now = toDays(after);
  const then = toDays(before);
  return now.from < then.from || now.to > then.to;
}

function toDays(range: AccessTerms['dataRange']): { readonly from: string; readonly to: string } {
  return { from: range?.from ?? earliest, to: range?.to ?? latest };
}
