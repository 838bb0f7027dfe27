// The fields that both forms of unmasking have: a line of text or a day, the reason, and how long.

import { renderFieldError } from './form-error.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderRadios } from './select.ts';
import type { StaffFrame } from './staff-layout.ts';

export type Typed = { readonly typed: ReadonlyMap<string, string>; readonly problems: readonly string[] };

export type LineField = {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'date';
  readonly hint: string | null;
  /** What is said where it is wrong. */
  readonly wrong: string;
};

const toDescribed = (name: string, hasHint: boolean, isWrong: boolean): string =>
  [...(hasHint ? [`${name}-hint`] : []), ...(isWrong ? [`${name}-error`] : [])].join(' ');

export function renderLineField({ typed, problems }: Typed, { name, label, type, hint, wrong }: LineField): Html {
  const isWrong = problems.includes(name);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint !== null && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${isWrong && renderFieldError(`${name}-error`, wrong)}
    <input
      class="input input-short"
      id="${name}"
      name="${name}"
      type="${type}"
      dir="ltr"
      autocomplete="off"
      spellcheck="false"
      maxlength="40"
      value="${typed.get(name) ?? ''}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${toDescribed(name, hint !== null, isWrong)}"
    />
  </div>`;
}

export function renderReasonField({ texts: { t } }: StaffFrame, { typed, problems }: Typed): Html {
  const isWrong = problems.includes('reason');
  return html`<div class="field">
    <label for="reason">${t('unmask-reason')}</label>
    <p class="hint" id="reason-hint">${t('unmask-reason-hint')}</p>
    ${isWrong && renderFieldError('reason-error', t('unmask-problem-reason'))}
    <textarea
      class="input"
      id="reason"
      name="reason"
      rows="3"
      maxlength="500"
      dir="auto"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${toDescribed('reason', true, isWrong)}"
    >
${typed.get('reason') ?? ''}</textarea>
  </div>`;
}

export type MinutesField = { readonly label: string; readonly minutes: readonly (15 | 60 | 240 | 1440)[] };

export function renderMinutesField({ texts: { t } }: StaffFrame, { typed, problems }: Typed, { label, minutes }: MinutesField): Html {
  const choices = minutes.map((each) => ({ value: String(each), label: t(`unmask-minutes-${each}`) }));
  const wrong = problems.includes('minutes') ? t('unmask-problem-minutes') : null;
  return renderRadios({ name: 'minutes', label, choices, chosen: typed.get('minutes') ?? '', wrong });
}
