// The page after the first passkey, and the second one in the same visit. Only the browser that made the first holds the offer, in a cookie that no script reads;
// nobody is signed in here, and the page names nobody.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import { findSpareOffer } from '../../domain/passkeys/spare-offer.ts';
import type { OpenOffer } from '../../domain/passkeys/spare-offer.ts';
import { renderEnrolledPage } from '../../../views/enrolled.ts';
import { enrolledDones } from '../../../views/passkey-model.ts';
import { findField, readForm } from '../body.ts';
import { setCookie, toCookieName } from '../browser-cookies.ts';
import { readCeremonyAnswer, readDevice } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, redirectTo, sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

type CookieNeeds = Pick<PageNeeds, 'isSecure'>;

const cookie = { name: 'spare', sameSite: 'strict' } as const;

// The value needs no mark of ours: it is 256 random bits whose digest the database has, or has not.
function setOffer(needs: CookieNeeds, ctx: Context, token: string | null): void {
  // Of this window: whoever opens another one at the same machine holds nothing.
  setCookie(needs, ctx, { ...cookie, value: token });
}

export function keepOffer(needs: CookieNeeds, ctx: Context, token: string): void {
  setOffer(needs, ctx, token);
}

const readToken = (needs: CookieNeeds, ctx: Context): string => ctx.cookies.get(toCookieName(needs, cookie.name)) ?? '';

const bindingOf = ({ offer }: OpenOffer): string => `spare:${offer.digest}`;

async function getOfferForPost(needs: PageNeeds, ctx: Context): Promise<OpenOffer> {
  assertSameSite(ctx, needs.issuer);
  const open = getValue(await findSpareOffer(needs, readToken(needs, ctx)));
  if (!isFormToken(needs.formKey, bindingOf(open), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this offer');
  }
  return open;
}

export async function showEnrolled(needs: PageNeeds, ctx: Context): Promise<void> {
  const open = await findSpareOffer(needs, readToken(needs, ctx));
  const { frame } = await createPublicFrame(needs, ctx, { saved: open.ok ? open.value.person.language : null });
  const token = open.ok ? createFormToken(needs.formKey, bindingOf(open.value)) : '';
  const page = renderEnrolledPage(frame, {
    offer: open.ok
      ? {
          ceremony: { optionsUrl: '/enrol/spare/options', verifyUrl: '/enrol/spare/verify', token },
          skip: { action: '/enrol/spare/skip', token },
        }
      : null,
    done: enrolledDones.find((done) => done === ctx.query['done']) ?? 'first',
    accountUrl: '/account',
  });
  sendPage(ctx, page);
}

export async function beginSpare(needs: PageNeeds, ctx: Context): Promise<void> {
  const { person } = await getOfferForPost(needs, ctx);
  const { language } = createFrame(needs, ctx, { saved: person.language });
  const label = toFullName(needs.openData(person), language);
  ctx.body = getValue(await beginRegistration(needs, { purpose: 'enrol-spare', token: readToken(needs, ctx) }, label));
}

export async function finishSpare(needs: PageNeeds, ctx: Context): Promise<void> {
  await getOfferForPost(needs, ctx);
  const by = { purpose: 'enrol-spare', token: readToken(needs, ctx), device: readDevice(ctx) } as const;
  getValue(await finishRegistration(needs, by, await readCeremonyAnswer(ctx)));
  setOffer(needs, ctx, null);
  ctx.body = { next: '/enrol/done?done=spare' };
}

/** Skipped is skipped: the offer ends. Pressed too late, the person still goes where they wanted. */
export async function skipSpare(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const given = findField(await readForm(ctx), 'token');
  const open = await findSpareOffer(needs, readToken(needs, ctx));
  if (open.ok && isFormToken(needs.formKey, bindingOf(open.value), given)) {
    await needs.passkeys.endOffer(open.value.offer.digest);
  }
  setOffer(needs, ctx, null);
  redirectTo(ctx, '/account');
}
