// Turns the markup of a message into elements. The list of elements is closed: a translator cannot bring HTML, only these names.

import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import type { MessageKey, MessageValues, TextPart, Texts } from './messages/messages.ts';

const elements: Readonly<Record<string, (content: HtmlValue) => Html>> = {
  whole: (content) => html`<span class="whole">${content}</span>`,
  strong: (content) => html`<strong>${content}</strong>`,
  // Numbers with structure, addresses and codes run left to right in both languages (DESIGN 6.3).
  code: (content) => html`<bdi class="code" dir="ltr">${content}</bdi>`,
  address: (content) => html`<bdi class="code code-long" dir="ltr">${content}</bdi>`,
};

export type RichParts = {
  readonly values?: MessageValues;
  /** Ready elements, such as a date, that the text places with `{#name /}`. */
  readonly slots?: Readonly<Record<string, Html>>;
};

function getOwn<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name];
  if (found === undefined) {
    throw new TypeError(`a text names the unknown markup "${name}"`);
  }
  return found;
}

/** A text with its elements. Throws for markup that is unknown or has no slot. */
export function toRichText(texts: Texts, key: MessageKey, { values = {}, slots = {} }: RichParts = {}): Html {
  const levels: HtmlValue[][] = [[]];
  const add = (node: HtmlValue): void => {
    levels.at(-1)?.push(node);
  };
  const place: Readonly<Record<TextPart['kind'], (content: string) => void>> = {
    text: add,
    slot: (name) => add(getOwn(slots, name)),
    open: () => {
      levels.push([]);
    },
    close: (name) => {
      const content = levels.pop() ?? [];
      add(getOwn(elements, name)(content));
    },
  };
  for (const part of texts.parts(key, values)) {
    place[part.kind](part.content);
  }
  return html`${levels.flat()}`;
}
