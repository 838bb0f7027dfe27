// Everything that is held about a person, sorted as the page shows it: what is theirs, what each register says, what is worked out from the rest.

import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import type { Attribute } from '../../domain/attributes/attribute.ts';
import { getCorrection } from '../../domain/attributes/sources.ts';
import { languageTags, readTagged } from '../../domain/attributes/tagged-value.ts';
import { findValue } from '../../domain/attributes/values.ts';
import type { HeldDetail, HeldRegister, HeldValue, OwnDetail } from '../../../views/details-model.ts';
import { toOwnValue } from '../interactions/decision-model.ts';
import type { ValueReader } from '../interactions/decision-model.ts';

/** Attributes that the person changes on their own page, with the last part of its address. */
export const ownPlaces = { email: 'email', phone_number: 'phone', preferred_name: 'name' } as const;

function isHeld(attribute: Attribute, reader: ValueReader): boolean {
  return attribute.origin !== 'computed' && Object.keys(readTagged(reader.data, attribute.name)).length > 0;
}

function isComputed(attribute: Attribute, reader: ValueReader): boolean {
  const holder = { kind: reader.person.kind, data: reader.data };
  return !isHeld(attribute, reader) && findValue(attribute, holder, reader.now) !== undefined;
}

/** In both languages where it is held in both; the page's own first. */
function toValues(attribute: Attribute, reader: ValueReader): readonly HeldValue[] {
  const held = readTagged(reader.data, attribute.name);
  const first = { language: null, value: toOwnValue(attribute.name, reader) };
  const [other] = languageTags.filter((tag) => tag !== reader.language);
  if (other === undefined || held[other] === undefined || held[reader.language] === undefined) {
    return [first];
  }
  return [first, { language: other, value: toOwnValue(attribute.name, { ...reader, language: other }) }];
}

function toHeld(attribute: Attribute, reader: ValueReader): HeldDetail {
  const { name, labels, explanation } = attribute;
  return { name, label: labels[reader.language], explanation: explanation[reader.language], values: toValues(attribute, reader) };
}

function toOwn(attribute: Attribute, reader: ValueReader, findChangeUrl: (name: string) => string | null): OwnDetail {
  const hasProof = attribute.claims.includes(`${attribute.name}_verified`) && isHeld(attribute, reader);
  return {
    ...toHeld(attribute, reader),
    isVerified: hasProof ? reader.data[`${attribute.name}_verified`] === true : null,
    changeUrl: findChangeUrl(attribute.name),
  };
}

const isOwn = ({ source }: Attribute): boolean => source.id === 'self';

/** What can be changed here stands also where there is nothing yet. */
export function toOwnDetails(reader: ValueReader, findChangeUrl: (name: string) => string | null): readonly OwnDetail[] {
  return attributeCatalogue
    .filter((attribute) => isOwn(attribute) && (Object.hasOwn(ownPlaces, attribute.name) || isHeld(attribute, reader)))
    .map((attribute) => toOwn(attribute, reader, findChangeUrl));
}

export function toRegisters(reader: ValueReader): readonly HeldRegister[] {
  const held = attributeCatalogue.filter((attribute) => !isOwn(attribute) && isHeld(attribute, reader));
  const sources = new Map(held.map(({ source }) => [source.id, source]));
  return [...sources.values()].map((source) => {
    const { owner, where, bring } = getCorrection(source);
    return {
      id: source.id,
      name: source.labels[reader.language],
      details: held.filter((attribute) => attribute.source.id === source.id).map((attribute) => toHeld(attribute, reader)),
      correction: { owner: owner[reader.language], where: where[reader.language], bring: bring[reader.language] },
    };
  });
}

export function toAnswers(reader: ValueReader): readonly HeldDetail[] {
  return attributeCatalogue.filter((attribute) => isComputed(attribute, reader)).map((attribute) => toHeld(attribute, reader));
}
