// Cells of an answer in the words of the register, the catalogue and the language of the page. What has no words stands as it is stored.

import { findAttribute } from '../../../domain/attributes/catalogue.ts';
import type { Officer } from '../../../domain/staff/officer.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import { ruleNames } from '../../../domain/audit/anomalies/rule.ts';
import { actorKinds } from '../../../domain/ledger/event.ts';
import type { Actor } from '../../../domain/ledger/event.ts';
import { termNames } from '../../../domain/audit/questions/names.ts';
import type { TermName } from '../../../domain/audit/questions/names.ts';
import type { Cell, CellKind } from '../../../domain/audit/questions/question.ts';
import type { Named } from '../../../../views/audit-model.ts';
import type { Texts } from '../../../../views/messages/messages.ts';
import type { ShownCell } from '../../../../views/question-model.ts';
import { toEventName } from '../../../../views/event-look.ts';
import { toDuration, toShare } from '../../../../views/question-values.ts';
import { toDetailName, toPurposeName, toServiceName } from '../register.ts';
import type { Register } from '../register.ts';

export type CellWords = {
  readonly texts: Texts;
  readonly register: Register;
  /** Names of officers by id. */
  readonly officers: ReadonlyMap<string, Officer['name']>;
};

type Content = ShownCell['content'];

const none: Content = { kind: 'none' };
const named = (...list: readonly (Named | null)[]): Content => ({ kind: 'named', named: list.filter((each) => each !== null) });

const isTerm = (text: string): text is TermName => termNames.some((name) => name === text);

export function toTerm({ t }: Texts, text: string): string {
  return isTerm(text) ? t(`word-${text}`) : text;
}

const toRuleName = ({ t }: Texts, text: string): string => {
  const rule = ruleNames.find((name) => name === text);
  return rule === undefined ? text : t(`anomaly-${rule}`);
};

function toAgencyName({ services, language }: Register, id: string): Named {
  const found = services.find(({ agency }) => agency.id === id);
  return { name: found?.agency.name[language] ?? id, code: id };
}

function toPurpose(register: Register, text: string): Content {
  const [service = '', purpose = ''] = text.split(' ');
  return named(toPurposeName(register, service, purpose));
}

const isActorKind = (kind: string): kind is Actor['kind'] => actorKinds.some((known) => known === kind);

/** Whom nobody named stands by what they are. */
function toUnnamed({ register, texts }: CellWords, text: string): Content {
  const [kind = '', ref] = text.split(' ');
  if (kind === 'service' && ref !== undefined) {
    return named(toServiceName(register, ref));
  }
  return isActorKind(kind) && kind !== 'officer' ? named({ name: texts.t(`actor-${kind}`), code: text }) : { kind: 'code', text };
}

/** `officer 0198…`, or the id alone, and `service mol-work-permit` by name. */
function toActor(words: CellWords, text: string): Content {
  const code = text.replace(/^\w+ /, '');
  const name = words.officers.get(code);
  return name === undefined ? toUnnamed(words, text) : named({ name: toSpellingIn(name, words.register.language), code });
}

const fromText: Partial<Record<CellKind, (words: CellWords, text: string) => Content>> = {
  agency: ({ register }, text) => named(toAgencyName(register, text)),
  service: ({ register }, text) => named(toServiceName(register, text)),
  purpose: ({ register }, text) => toPurpose(register, text),
  attribute: ({ register }, text) => named(toDetailName(register, text)),
  type: (_, type) => ({ kind: 'type', type }),
  actor: toActor,
  rule: ({ texts }, text) => ({ kind: 'words', text: toRuleName(texts, text) }),
  word: ({ texts }, text) => ({ kind: 'words', text: toTerm(texts, text) }),
};

const quantities = { index: 'number', number: 'number', time: 'time', day: 'day', hour: 'hour', millis: 'millis', share: 'share' } as const;
const isQuantity = (kind: CellKind): kind is keyof typeof quantities => Object.hasOwn(quantities, kind);

function toListed({ texts, register }: CellWords, kind: CellKind, list: readonly string[]): Content {
  const names = list.map((code) =>
    kind === 'words' ? { name: toTerm(texts, code), code } : { name: findAttribute(code)?.labels[register.language] ?? code, code },
  );
  return list.length === 0 ? none : { kind: 'named', named: names };
}

export function toContent(words: CellWords, kind: CellKind, cell: Cell): Content {
  if (cell === null) {
    return none;
  }
  if (typeof cell === 'number') {
    return isQuantity(kind) ? { kind: quantities[kind], value: cell } : { kind: 'number', value: cell };
  }
  if (typeof cell !== 'string') {
    return toListed(words, kind, cell);
  }
  return fromText[kind]?.(words, cell) ?? { kind: 'code', text: cell };
}

type Quantity = Extract<Content, { readonly value: number }>;

const dayParts = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'Asia/Riyadh' } as const;

const dayOf = ({ register }: CellWords, value: number): string =>
  new Date(value).toLocaleDateString(register.language === 'ar' ? 'ar-SA-u-ca-gregory-nu-latn' : 'en-GB', dayParts);

const plainQuantities: Readonly<Record<Quantity['kind'], (words: CellWords, value: number) => string>> = {
  number: (_, value) => value.toLocaleString('en-GB'),
  millis: ({ texts }, value) => toDuration(texts, value),
  share: (_, value) => toShare(value),
  time: dayOf,
  day: dayOf,
  hour: dayOf,
};

/** For a label of a chart and for nothing else: one line of plain text. */
export function toPlain(words: CellWords, content: Content): string {
  const { texts } = words;
  if ('value' in content) {
    return plainQuantities[content.kind](words, content.value);
  }
  if ('named' in content) {
    return content.named.map(({ name }) => name).join(texts.t('list-comma'));
  }
  if ('text' in content) {
    return content.text;
  }
  return content.kind === 'type' ? toEventName(texts, content.type) : '–';
}
