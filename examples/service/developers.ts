// The foot of every page: what the developer of a service may learn from what has just happened. A real service would leave it out.

import { listMissing } from './details.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderRow } from './parts.ts';
import type { SignedIn } from './provider.ts';
import type { Purpose } from './settings.ts';
import type { Exchange } from './wire.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export type Behind = {
  readonly language: Language;
  readonly purpose: Purpose;
  readonly signedIn: SignedIn | undefined;
  readonly wire: readonly Exchange[];
};

function renderBlock(text: string): Html {
  return html`<pre dir="ltr" tabindex="0">${text}</pre>`;
}

function renderExchange({ step, sent, answer }: Exchange, { language, signedIn }: Behind): Html {
  const claims = step === 'fetched' ? signedIn?.claims : undefined;
  return html`<li data-exchange="${step}">
    <p>${words[language].wire[step]}</p>
    ${renderBlock(sent)} ${answer === '' ? undefined : renderBlock(answer)}
    ${claims === undefined ? undefined : html`<pre dir="ltr" tabindex="0" data-answer>${JSON.stringify(claims, undefined, 2)}</pre>`}
  </li>`;
}

function renderFacts({ language, purpose }: Behind, { subject, acr, claims }: SignedIn): Html {
  const text = words[language];
  const missing = listMissing(purpose, claims).map(({ name }) => name);
  return html`<dl class="facts">
    ${renderRow(html`${text.subject} <code>sub</code>`, html`<code data-fact="sub" dir="ltr">${subject}</code>`)}
    ${renderRow(html`${text.level} <code>acr</code>`, html`<code data-fact="acr" dir="ltr">${acr}</code>`)}
    ${missing.length === 0 ? undefined : renderRow(text.missing, html`<code data-fact="missing" dir="ltr">${missing.join(' ')}</code>`)}
  </dl>`;
}

export function renderDevelopers(behind: Behind): Html {
  const { language, signedIn, wire } = behind;
  const text = words[language];
  const exchanges = wire.map((exchange) => renderExchange(exchange, behind));
  return html`<details class="developers">
    <summary>${text.developers}</summary>
    <p>${text.developersLead} <code dir="ltr">examples/service/provider.ts</code></p>
    ${
      wire.length === 0
        ? html`<p>${text.nothingYet}</p>`
        : html`<ol>
            ${exchanges}
          </ol>`
    }
    ${signedIn === undefined ? undefined : renderFacts(behind, signedIn)}
  </details>`;
}
