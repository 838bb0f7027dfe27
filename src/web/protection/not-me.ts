// "It was not me": the page behind the link of a letter and of the list of notices. Opening it changes nothing; the press acts, and only closes. It asks for no
// sign-in, because the passkey may be in the wrong hands.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { disownAct } from '../../domain/protection/disown-act.ts';
import { createNoticeToken, findNoticeId } from '../../domain/protection/notice-token.ts';
import { isDisownable } from '../../domain/protection/notice.ts';
import type { SecurityNotice } from '../../domain/protection/notice.ts';
import { parseDeviceText } from '../../oidc/device.ts';
import type { PersonStatus } from '../../domain/people/person.ts';
import { findWaitingEnd } from '../../domain/protection/find-waiting-end.ts';
import { toDelayHours } from '../../domain/protection/unfreeze-delay.ts';
import { renderClosedOffPage } from '../../../views/closed-off.ts';
import type { ClosedOffWas } from '../../../views/protection-model.ts';
import { renderNotMePage } from '../../../views/security-notices.ts';
import { findField, readForm } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { findNamedLocales } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame, findBehind, leaveBehind } from '../shared-computer.ts';
import { notMePath } from '../notice-letters.ts';

export function toNotMeUrl({ noticeKey }: Pick<PageNeeds, 'noticeKey'>, noticeId: string): string {
  return `${notMePath}/${createNoticeToken(noticeKey, noticeId)}`;
}

const bindingOf = (noticeId: string): string => `not-me:${noticeId}`;

async function getNotice(needs: PageNeeds, token: string): Promise<SecurityNotice> {
  const id = findNoticeId(needs.noticeKey, token);
  const notice = id === undefined ? undefined : await needs.protection.findNotice(id);
  if (notice === undefined) {
    throw new Fault('notice/link-invalid', id === undefined ? 'not made here' : 'the notice is gone');
  }
  return notice;
}

/** Of whoever said it: what the page promises is true when it is read. */
function toWas(status: PersonStatus | undefined): ClosedOffWas {
  if (status === 'active') {
    return 'ended';
  }
  return status === 'frozen' ? 'open' : 'beneath';
}

export async function showNotMe(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const notice = await getNotice(needs, token);
  const { frame } = await createPublicFrame(needs, ctx, { uiLocales: findNamedLocales(ctx) });
  const { id, personId, kind, at, device, caseNumber } = notice;
  if (caseNumber !== null) {
    const was = toWas((await needs.people.findPerson(personId))?.status);
    sendPage(ctx, renderClosedOffPage(frame, { caseNumber, was, delayHours: toDelayHours(needs) }));
    return;
  }
  if (!isDisownable(notice, needs.clock.now())) {
    throw new Fault('notice/link-invalid', 'two weeks are over');
  }
  const form = { action: toNotMeUrl(needs, id), token: createFormToken(needs.formKey, bindingOf(id)) };
  const shown = { kind, at, device: device === null ? null : parseDeviceText(device) };
  const endsAt = await findWaitingEnd(needs, notice);
  sendPage(ctx, renderNotMePage(frame, { ...shown, form, endsAt, delayHours: toDelayHours(needs) }));
}

/** The same page afterwards, however often it is pressed: with the case number. */
export async function submitNotMe(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const notice = await getNotice(needs, token);
  if (!isFormToken(needs.formKey, bindingOf(notice.id), findField(await readForm(ctx), 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this notice');
  }
  const behind = await findBehind(needs, ctx);
  getValue(await disownAct(needs, notice));
  redirectTo(ctx, await leaveBehind(needs, ctx, { behind, next: toNotMeUrl(needs, notice.id) }));
}
