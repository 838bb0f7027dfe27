// Viewing an employment contract: a second purpose of the same service, with a consent of its own.

import type { Screen, SignedInView } from '../service/desk.ts';
import { findDetail } from '../service/details.ts';
import { html } from '../service/html.ts';
import type { Html } from '../service/html.ts';
import { renderRow, renderSignInLink } from '../service/parts.ts';
import type { Words } from '../service/settings.ts';
import { permitWords } from './words.ts';

type Contract = { readonly employer: Words; readonly work: Words; readonly period: Words };

/** Invented, and the same for everybody. */
const contracts: readonly Contract[] = [
  {
    employer: { ar: 'شركة الواحة للتجارة', en: 'Alwaha Trading Company' },
    work: { ar: 'إدارة المشتريات', en: 'Purchasing' },
    period: { ar: 'منذ 1 مارس 2024', en: 'Since 1 March 2024' },
  },
  {
    employer: { ar: 'مؤسسة المرفأ للنقل', en: 'Almarfa Transport' },
    work: { ar: 'خدمة العملاء', en: 'Customer service' },
    period: { ar: 'من 1 أبريل 2019 إلى 29 فبراير 2024', en: '1 April 2019 to 29 February 2024' },
  },
];

export function showContract({ language, signedIn, profile }: SignedInView): Screen {
  const text = permitWords[language];
  const isEmployed = signedIn.claims['is_employed'];
  const toTitle = (index: number): Html | undefined =>
    isEmployed === undefined ? undefined : html`<h2>${index === 0 && isEmployed === true ? text.current : text.past}</h2>`;
  const rows = contracts.map(
    ({ employer, work, period }, index) =>
      html`${toTitle(index)}
        <dl class="facts">
          ${renderRow(text.employer, employer[language])} ${renderRow(text.work, work[language])}
          ${renderRow(text.period, period[language])}
        </dl>`,
  );
  return {
    title: text.contract,
    content: html`<h1>${text.contracts}</h1>
      <p class="lead">${text.party} <bdi data-claim="name">${findDetail(signedIn.claims, 'name', language)}</bdi></p>
      ${isEmployed === undefined ? html`<p>${text.unknown}</p>` : undefined} ${rows}
      <h2>${text.renew}</h2>
      <p>${renderSignInLink(profile.purposes[0]?.id ?? '', language)}</p>`,
  };
}
