// Addresses as a person types them, in the one form in which they are kept: no direction marks of a copied text, no Arabic digits in a number.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Channel } from './channel.ts';

// The same alphabet as the catalogue's format: no quotes, no angle brackets, no line end, so that an address can never be more than one address.
const email = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const longestEmail = 254;
/** E.164. */
const phone = /^\+[1-9]\d{6,14}$/;

const marks = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/g;

function toAsciiDigits(text: string): string {
  return text
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}

/** The domain in small letters; the part before it is the mailbox owner's business (RFC 5321 §2.4). */
function toEmail(text: string): string | undefined {
  const bare = text.replaceAll(marks, '').trim();
  const at = bare.lastIndexOf('@');
  const isOne = bare.length <= longestEmail && email.test(bare) && !/^\.|\.\.|\.@/.test(bare);
  return isOne ? `${bare.slice(0, at)}${bare.slice(at).toLowerCase()}` : undefined;
}

function toPhone(text: string): string | undefined {
  const bare = toAsciiDigits(text.normalize('NFKC').replaceAll(marks, ''))
    .replaceAll(/[\s().-]/g, '')
    .replace(/^00/, '+');
  return phone.test(bare) ? bare : undefined;
}

const parsers: Readonly<Record<Channel, (text: string) => string | undefined>> = { email: toEmail, phone: toPhone };

const longestText = 320;

export function parseAddress(channel: Channel, text: string): Outcome<string, 'contact/address-invalid'> {
  const address = text.length <= longestText ? parsers[channel](text) : undefined;
  return address === undefined ? refuse('contact/address-invalid', `not an address of the channel ${channel}`) : succeed(address);
}
