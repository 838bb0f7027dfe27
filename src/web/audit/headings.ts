// The heads of a sheet: in Arabic where its reader works in Arabic, else the names that programs know, which the documents use.

import type { MessageKey, Texts } from '../../../views/messages/messages.ts';

const words = {
  index: 'column-entry',
  at: 'column-at',
  type: 'column-type',
  service: 'column-service',
  purpose: 'column-purpose',
  purpose_version: 'column-version',
  attributes: 'column-attributes',
  record: 'column-record',
  reason: 'column-reason',
  actor: 'column-actor',
  person: 'column-person',
} as const satisfies Record<string, MessageKey>;

export type Heading = keyof typeof words;

export function toHeadings({ language, t }: Texts, names: readonly Heading[]): readonly string[] {
  return language === 'ar' ? names.map((name) => t(words[name])) : names;
}
