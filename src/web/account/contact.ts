// Changing an email address or a number: a passkey within the last five minutes, a code that comes back from the new address, and only then the change.

import type { Context } from 'koa';
import { beginContactChange } from '../../domain/declared/begin-contact-change.ts';
import { channelAttributes, isChannel } from '../../domain/declared/channel.ts';
import type { Channel } from '../../domain/declared/channel.ts';
import { confirmContactChange } from '../../domain/declared/confirm-contact-change.ts';
import { findContactChange } from '../../domain/declared/find-contact-change.ts';
import type { WaitingAsked } from '../../domain/declared/find-contact-change.ts';
import { resendCode } from '../../domain/declared/resend-code.ts';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { renderCodePage, renderContactPage } from '../../../views/contact.ts';
import type { CodePage, ContactPage } from '../../../views/details-model.ts';
import { toChangedLetter, toCodeLetter } from '../../../views/letters.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { toOwnValue } from '../interactions/decision-model.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

const detailsUrl = '/account/details';
const toUrl = (channel: Channel): string => `${detailsUrl}/${channel}`;

/** A channel that nothing is sent to is changed at a counter, and has no page. */
function getChannel(needs: PageNeeds, text: string): Channel {
  if (!isChannel(text) || needs.declaring.doors[text] === null) {
    throw new Fault('request/not-found', 'no such channel');
  }
  return text;
}

function toWaiting(account: Account, channel: Channel): WaitingAsked {
  return { personId: account.person.id, channel, sessionDigest: toDigest(`contact:${account.session.uid}`) };
}

const toStatus = (code: NonNullable<ContactPage['error'] | CodePage['error']> | null): number =>
  code === null ? 200 : errorCatalogue[code].status;

type Shown = { readonly account: Account; readonly channel: Channel };

function sendContactPage(
  needs: PageNeeds,
  ctx: Context,
  { account, channel, given, error }: Shown & Pick<ContactPage, 'given' | 'error'>,
): void {
  const { person, data, language, token } = account;
  const name = channelAttributes[channel];
  const page = renderContactPage(account.frame, {
    channel,
    label: getAttribute(name).labels[language],
    now: toOwnValue(name, { person, data, language, now: needs.clock.now() }),
    form: { action: toUrl(channel), token },
    given,
    error,
    detailsUrl,
  });
  sendPage(ctx, page, toStatus(error));
}

/** False when this session has nothing that waits for a code. */
async function sendCodePage(
  needs: PageNeeds,
  ctx: Context,
  { account, channel, error }: Shown & Pick<CodePage, 'error'>,
): Promise<boolean> {
  const waiting = await findContactChange(needs.declaring, toWaiting(account, channel));
  if (waiting === undefined) {
    return false;
  }
  const url = toUrl(channel);
  const page = renderCodePage(account.frame, {
    channel,
    address: waiting.address,
    form: { action: `${url}/code`, token: account.token },
    resend: { action: `${url}/resend`, token: account.token },
    triesLeft: waiting.triesLeft,
    until: waiting.change.expiresAt,
    error,
    otherUrl: url,
    detailsUrl,
  });
  sendPage(ctx, page, toStatus(error));
  return true;
}

export async function showContact(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const channel = getChannel(needs, name);
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    sendContactPage(needs, ctx, { account, channel, given: '', error: null });
  }
}

export async function submitContact(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const channel = getChannel(needs, name);
  const form = await readForm(ctx);
  const account = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  if (isStale(needs, account.session)) {
    // The page itself asks for the passkey.
    redirectTo(ctx, toUrl(channel));
    return;
  }
  const given = findField(form, 'address') ?? '';
  const { person, frame } = account;
  const { sessionDigest } = toWaiting(account, channel);
  const toWords = (code: string) => toCodeLetter(frame, channel, code);
  const begun = await beginContactChange(needs.declaring, { person, channel, sessionDigest, address: given, toWords });
  if (begun.ok) {
    redirectTo(ctx, `${toUrl(channel)}/code`);
    return;
  }
  sendContactPage(needs, ctx, { account, channel, given, error: begun.code });
}

export async function showCode(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const channel = getChannel(needs, name);
  const account = await openAccount(needs, ctx);
  if (account !== undefined && !(await sendCodePage(needs, ctx, { account, channel, error: null }))) {
    redirectTo(ctx, toUrl(channel));
  }
}

export async function submitCode(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const channel = getChannel(needs, name);
  const form = await readForm(ctx);
  const account = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  const confirmed = await confirmContactChange(needs.declaring, {
    person: account.person,
    channel,
    sessionDigest: toWaiting(account, channel).sessionDigest,
    code: findField(form, 'code') ?? '',
    notice: toChangedLetter(account.frame, channel, needs.clock.now()),
  });
  if (confirmed.ok) {
    redirectTo(ctx, `${detailsUrl}?changed=${channel}`);
    return;
  }
  if (confirmed.code === 'store/conflict' || !(await sendCodePage(needs, ctx, { account, channel, error: confirmed.code }))) {
    throw new Fault(confirmed.code, confirmed.detail);
  }
}

export async function submitResend(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const channel = getChannel(needs, name);
  const form = await readForm(ctx);
  const account = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  const toWords = (code: string) => toCodeLetter(account.frame, channel, code);
  const sent = await resendCode(needs.declaring, { ...toWaiting(account, channel), toWords });
  if (sent.ok) {
    redirectTo(ctx, `${toUrl(channel)}/code`);
    return;
  }
  if (!(await sendCodePage(needs, ctx, { account, channel, error: sent.code }))) {
    throw new Fault(sent.code, sent.detail);
  }
}
