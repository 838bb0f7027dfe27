// What the pages of suspending share.

import { renderCode } from './audit-parts.ts';
import type { renderFacts } from './audit-parts.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { SuspensionAbout, SuspensionRow, SuspensionSubject } from './suspension-model.ts';
import { renderUnmaskState } from './unmask-parts.ts';

const looks = { standing: { icon: 'barred', tone: 'state-stop' }, ended: { icon: 'tick', tone: '' } } as const;

export function renderSuspensionState(texts: Texts, state: SuspensionRow['state']): Html {
  if (state !== 'standing' && state !== 'ended') {
    return renderUnmaskState(texts, state);
  }
  const { icon, tone } = looks[state];
  return html`<span class="state ${tone}">${renderIcon(icon)}${texts.t(`suspension-${state}`)}</span>`;
}

export function toProposal({ t }: Texts, { act, kind, name }: SuspensionSubject): string {
  return t(`suspension-${act}-${kind}`, { name });
}

function renderReceivers({ texts: { t } }: StaffFrame, { receivers, agencyName }: SuspensionAbout): Html | false {
  if (agencyName === null) {
    return false;
  }
  return receivers.length === 0
    ? html`${t('suspension-receivers-none')}`
    : html`<ul class="plain">
        ${receivers.map((name) => html`<li><bdi>${name}</bdi></li>`)}
      </ul>`;
}

export function toSuspensionFacts(frame: StaffFrame, about: SuspensionAbout): Parameters<typeof renderFacts>[0] {
  const { t } = frame.texts;
  const { agencyName, contact } = about;
  return [
    [t('audit-case-number'), renderCode(about.number)],
    [t('suspension-account'), renderCode(about.account)],
    [t('suspension-agency'), agencyName === null ? html`${t('suspension-agency-none')}` : html`<bdi>${agencyName}</bdi>`],
    [t('suspension-receivers'), renderReceivers(frame, about)],
    [t('suspension-contact'), contact !== null && html`<bdi dir="ltr">${contact}</bdi>`],
    [t('unmask-reason'), html`<span dir="auto">${about.reason}</span>`],
  ];
}
