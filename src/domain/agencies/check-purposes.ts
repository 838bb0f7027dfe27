// Purposes and the attributes they ask for, against the catalogue. Asking for more than is needed is a warning that reviewers see, not a refusal.

import type { Attribute } from '../attributes/attribute.ts';
import { findAttribute } from '../attributes/catalogue.ts';
import { addDuration, isDuration } from '../kernel/clock.ts';
import type { PersonKind } from '../people/person.ts';
import { toBasis } from './agency.ts';
import type { AskedAttribute } from './agency.ts';
import { checkDetails } from './check-details.ts';
import { checkText } from './check-text.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding, ProposedPurpose } from './proposal.ts';

const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const longExpiry = 'P1Y';
const longestExpiry = 'P100Y';

export function checkPurposes(path: string, purposes: readonly ProposedPurpose[], audience: readonly PersonKind[]): readonly Finding[] {
  const defaults = purposes.filter(({ isDefault }) => isDefault ?? purposes.length === 1).length;
  const ids = new Set(purposes.map(({ id }) => id));
  const one = { problem: `${defaults} purposes are the default one`, fix: 'set default to true for exactly one' };
  return [
    ...(purposes.length > 0 && defaults !== 1 ? [toRefusal(path, one)] : []),
    ...(ids.size < purposes.length ? [toRefusal(path, { problem: 'two purposes have one id', fix: 'give each an id of its own' })] : []),
    ...purposes.flatMap((purpose, index) => checkPurpose(`${path}[${index}]`, purpose, audience)),
  ];
}

function checkPurpose(path: string, purpose: ProposedPurpose, audience: readonly PersonKind[]): readonly Finding[] {
  const names = new Set(purpose.attributes.map(({ name }) => name));
  const form = { problem: 'is not in the form of an id', fix: 'use 1 to 64 of a-z, 0-9, dot, underscore and hyphen' };
  return [
    ...(idPattern.test(purpose.id) ? [] : [toRefusal(`${path}.id`, form)]),
    ...checkText(`${path}.text`, purpose.text),
    ...checkDetails(path, purpose, audience),
    ...checkDurations(path, purpose),
    ...(names.size < purpose.attributes.length
      ? [toRefusal(`${path}.attributes`, { problem: 'names one attribute twice', fix: 'name each once' })]
      : []),
    ...purpose.attributes.flatMap((asked, index) => checkAsked(`${path}.attributes[${index}]`, asked, purpose)),
    ...checkChoices(path, purpose, audience),
    ...checkAssessment(path, purpose),
  ];
}

function checkDurations(path: string, purpose: ProposedPurpose): readonly Finding[] {
  const missing = { problem: 'is missing and counts as the life of the consent', fix: 'say how long you keep the details, such as P2Y' };
  return [
    ...(purpose.retention === null ? [toWarning(`${path}.retention`, missing)] : checkDuration(`${path}.retention`, purpose.retention)),
    ...(purpose.expiresAfter === null ? [] : checkExpiry(`${path}.expires_after`, purpose.expiresAfter)),
  ];
}

function checkDuration(path: string, duration: string): readonly Finding[] {
  return isDuration(duration) && addDuration(0, duration) <= addDuration(0, longestExpiry)
    ? []
    : [toRefusal(path, { problem: 'is not a duration of ISO 8601', fix: 'write P1Y, P6M or PT20M' })];
}

function checkExpiry(path: string, duration: string): readonly Finding[] {
  const findings = checkDuration(path, duration);
  const isLong = findings.length === 0 && addDuration(0, duration) > addDuration(0, longExpiry);
  return isLong ? [toWarning(path, { problem: 'is longer than a year', fix: 'ask again after a year at the latest' })] : findings;
}

function checkAsked(path: string, asked: AskedAttribute, purpose: ProposedPurpose): readonly Finding[] {
  const attribute = findAttribute(asked.name);
  if (attribute === undefined) {
    return [toRefusal(`${path}.name`, { problem: 'is not in the catalogue', fix: 'use a name of the attribute catalogue' })];
  }
  return [
    ...checkText(`${path}.why`, asked.why),
    ...checkForm(path, asked, attribute),
    ...checkMinimum(`${path}.name`, attribute),
    ...checkGround(`${path}.name`, attribute, purpose),
  ];
}

function checkForm(path: string, { form }: AskedAttribute, { forms }: Attribute): readonly Finding[] {
  const unknown = { problem: 'is no form in which this detail can leave', fix: `use ${forms.join(' or ')}` };
  return form === undefined || forms.includes(form) ? [] : [toRefusal(`${path}.form`, unknown)];
}

/** On every ground that the purpose has, whoever the person is. */
function checkGround(path: string, attribute: Attribute, { legalBasis, basisByKind }: ProposedPurpose): readonly Finding[] {
  const grounds = new Set([legalBasis, ...Object.values(basisByKind)].map(({ type }) => type));
  return [...grounds]
    .filter((type) => !attribute.bases.includes(type))
    .map((type) =>
      toRefusal(path, {
        problem: `is ${attribute.sensitivity} and cannot be had on the ground ${type}`,
        fix: `use ${attribute.bases.join(', ')}`,
      }),
    );
}

/** Whether it does for everybody who asks: a comparison helps only a service that holds the value already. */
function isLess(name: string): boolean {
  const alternative = findAttribute(name);
  return alternative !== undefined && !alternative.forms.includes('raw') && !alternative.isCompared;
}

/** Minimum answers first (domain model 2.10). */
function checkMinimum(path: string, attribute: Attribute): readonly Finding[] {
  const less = attribute.alternatives.filter(isLess);
  const fix = `ask for ${less.join(' or ')} if that is enough`;
  return less.length === 0 || !attribute.forms.includes('raw')
    ? []
    : [toWarning(path, { problem: `${attribute.name} says more than most services need`, fix })];
}

/** Where the law decides nobody chooses: such a detail would never be asked. For some kinds of person alone that is a purpose like any other. */
function checkChoices(path: string, purpose: ProposedPurpose, audience: readonly PersonKind[]): readonly Finding[] {
  const nobody = { problem: 'is a choice that nobody is given', fix: 'make it required, leave it out, or ask it for a purpose of consent' };
  return audience.some((kind) => toBasis(purpose, kind).type === 'consent')
    ? []
    : purpose.attributes.flatMap(({ necessity }, index) =>
        necessity === 'optional' ? [toRefusal(`${path}.attributes[${index}].necessity`, nobody)] : [],
      );
}

function checkAssessment(path: string, { attributes, dpiaRef }: ProposedPurpose): readonly Finding[] {
  const special = attributes.filter(({ name }) => findAttribute(name)?.sensitivity === 'special').map(({ name }) => name);
  return dpiaRef !== null || special.length === 0
    ? []
    : [
        toWarning(`${path}.dpia_ref`, {
          problem: `is missing although ${special.join(', ')} is special`,
          fix: 'name the impact assessment for the reviewers',
        }),
      ];
}
