import type { Context } from 'koa';
import { toNotice } from '../../domain/consent/notice.ts';
import type { Notice } from '../../domain/consent/notice.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { toNoticeText } from '../../../views/notice-text.ts';
import { sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toNameForRoom } from '../shared-computer.ts';
import { findDecisionAsked } from './decision-asked.ts';
import type { DecisionAsked } from './decision-asked.ts';
import { renderDecisionPage } from './decision-page.ts';
import type { Step } from './page-context.ts';
import { recordRequest } from './record-request.ts';

export type DecisionStep = Step & { readonly person: StoredPerson };

export type ShownDecision = {
  readonly decision: DecisionAsked;
  /** With the version that it posts back. */
  readonly page: string;
  /** Names what the page was printed from: the version of the record, that of the purpose, and the text itself. */
  readonly version: string;
  /** The text of the page, as evidence. */
  readonly notice: Notice;
};

/** The page as it would be shown now. The answer to a page is taken only where this is still the page that was shown. */
export async function toShownDecision(needs: PageNeeds, step: DecisionStep): Promise<ShownDecision> {
  const { frame, language, person } = step;
  const decision = await findDecisionAsked(needs, step);
  const { current, request } = decision;
  const data = { ...needs.openData(person), ...request.wanted };
  const facts = {
    decision,
    reader: { person, data, language, now: needs.clock.now() },
    asker: step.asker ?? { serviceName: '', agencyName: '', domain: '' },
    form: { action: `/interaction/${step.pending.uid}/decision`, token: step.token },
    continueAs: step.pending.isSignInFresh
      ? null
      : { fullName: step.session === undefined ? '' : toNameForRoom(toFullName(data, language), step.session) },
  };
  const notice = toNotice(request.purpose, language, toNoticeText(renderDecisionPage(frame, { ...facts, version: '' })));
  const version = `${current?.version ?? 0}.${request.purpose.version}.${notice.digest}`;
  return { decision, page: renderDecisionPage(frame, { ...facts, version }), version, notice };
}

export async function showDecision(needs: PageNeeds, ctx: Context, step: DecisionStep): Promise<void> {
  const shown = await toShownDecision(needs, step);
  await recordRequest(needs, { uid: step.pending.uid, person: step.person, language: step.language, shown });
  sendPage(ctx, shown.page);
}
