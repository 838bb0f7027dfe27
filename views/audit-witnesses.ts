// Who outside has seen the log, how far, and what nobody has seen yet.

import type { LogWitnesses, WitnessLine } from './audit-model.ts';
import { renderFacts, renderNumber } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { StaffFrame } from './staff-layout.ts';

type Judgement = 'contradicted' | 'late' | 'waiting' | 'whole';

const looks = {
  contradicted: { icon: 'cross', look: 'result-stop' },
  late: { icon: 'care', look: 'result-stop' },
  waiting: { icon: 'care', look: 'result-care' },
  whole: { icon: 'tick', look: 'result-good' },
} as const;

const contradicts = ({ state }: WitnessLine): boolean => state === 'contradicted' || state === 'ahead';

function judge({ witnesses, isAlarming, since }: LogWitnesses): Judgement {
  if (witnesses.some(contradicts)) {
    return 'contradicted';
  }
  if (isAlarming) {
    return 'late';
  }
  return since === null ? 'whole' : 'waiting';
}

function renderJudgement({ texts }: StaffFrame, shown: LogWitnesses): Html {
  const judgement = judge(shown);
  const { icon, look } = looks[judgement];
  return html`<div class="result ${look}" data-witnessed="${judgement}">
    ${renderIcon(icon)}
    <div>
      <h3>${texts.t(`witness-${judgement}`)}</h3>
      <p>${texts.t(`witness-${judgement}-text`)}</p>
    </div>
  </div>`;
}

/** What an auditor must not have to look for: too few witnesses for too long, or one that holds another history. Nothing where all is well. */
export function renderWitnessAlarm(frame: StaffFrame, shown: LogWitnesses | null, logUrl: string): Html | false {
  const judgement = shown === null ? 'whole' : judge(shown);
  const isAlarm = judgement === 'contradicted' || judgement === 'late';
  return (
    isAlarm &&
    html`<div class="result result-stop" data-alarm="${judgement}">
      ${renderIcon(looks[judgement].icon)}
      <div>
        <h2><a href="${safeUrl(logUrl)}">${frame.texts.t(`witness-${judgement}`)}</a></h2>
        <p>${frame.texts.t(`witness-${judgement}-text`)}</p>
      </div>
    </div>`
  );
}

function renderTime({ dates }: StaffFrame, at: number): Html {
  return html`${dates.day(at)}<br />${dates.clock(at)}`;
}

function renderWitness({ texts: { t } }: StaffFrame, { name, state, size }: WitnessLine): readonly [Html, Html] {
  const reach = size === null ? '' : html`<br />${t('witness-reach')} ${renderNumber(size)}`;
  return [html`<bdi>${name}</bdi>`, html`${t(`witness-state-${state}`)}${reach}`];
}

export function renderWitnesses(frame: StaffFrame, shown: LogWitnesses | null): Html {
  const { t } = frame.texts;
  if (shown === null) {
    return html`<section class="stack" aria-labelledby="witnesses">
      <h2 id="witnesses">${t('witness-title')}</h2>
      <p class="empty">${t('witness-none')}</p>
    </section>`;
  }
  const { witnessed, entries, since, witnesses } = shown;
  return html`<section class="stack" aria-labelledby="witnesses">
    <h2 id="witnesses">${t('witness-title')}</h2>
    ${renderJudgement(frame, shown)}
    ${renderFacts([
      [t('witness-size'), witnessed === null ? html`${t('witness-never')}` : renderNumber(witnessed.size)],
      [t('witness-at'), witnessed !== null && renderTime(frame, witnessed.at)],
      [t('witness-span'), entries > 0 && renderNumber(entries)],
      [t('witness-since'), since !== null && renderTime(frame, since)],
    ])}
    <h3>${t('witness-list')}</h3>
    ${renderFacts(witnesses.map((witness) => renderWitness(frame, witness)))}
  </section>`;
}
