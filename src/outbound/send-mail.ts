// The sender of letters: opens what was sealed, hands it to the relay or writes it into the developer's folder. Never logs an address or a word of it.

import { mkdir, writeFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail } from '../config/config.ts';
import { openLetter } from '../domain/declared/letter.ts';
import type { Letter } from '../domain/declared/letter.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { OutboxMessage } from '../domain/outbox/message.ts';
import type { Sender, Sent } from '../domain/outbox/run-outbox.ts';
import { createRelayTransport, isFinal, toRelayFailure, withDeadline } from './relay.ts';

export type DoorNeeds = { readonly mail: Mail; readonly extraCa: string | undefined; readonly clock: Clock };

export type MailNeeds = DoorNeeds & { readonly dataKey: KeyObject };

/** Addresses go in as objects: what is in them is an address, whatever it looks like. The id is the same at every attempt. */
function toMailOptions({ mail, clock }: DoorNeeds, message: OutboxMessage, letter: Letter) {
  const [, domain = ''] = mail.from.split('@');
  return {
    from: { name: 'هوية · Huwiya', address: mail.from },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    ...(letter.html === null ? {} : { html: letter.html }),
    messageId: `<${message.id}@${domain}>`,
    date: new Date(clock.now()),
    // RFC 3834 §5: no answer by a machine, no notice of absence.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

type Options = ReturnType<typeof toMailOptions>;
type HandOver = (message: OutboxMessage, options: Options) => Promise<unknown>;

function createFolderDoor(folder: string): HandOver {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return async (message, options) => {
    const { message: bytes } = await transport.sendMail(options);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The same at every attempt: what is handed over twice is one file.
    const name = `${toTimestamp(message.createdAt).replaceAll(':', '-')}-${message.id}.eml`;
    await writeFile(join(folder, name), bytes, { mode: 0o600 });
  };
}

function createDoor({ mail, extraCa }: DoorNeeds): HandOver {
  if (mail.door.kind === 'folder') {
    return createFolderDoor(mail.door.folder);
  }
  const { relay } = mail.door;
  const transport = createRelayTransport({ relay, extraCa });
  return async (_message, options) => withDeadline(transport.sendMail(options));
}

function toSent(thrown: unknown): Sent {
  const failure = toRelayFailure(thrown);
  return isFinal(thrown) ? { result: 'refused', failure } : { result: 'failed', failure };
}

/** Hands one letter over; the message gives it its id. */
export type SendLetter = (message: OutboxMessage, letter: Letter) => Promise<Sent>;

export function createLetterDoor(needs: DoorNeeds): SendLetter {
  const handOver = createDoor(needs);
  return async (message, letter) => {
    try {
      await handOver(message, toMailOptions(needs, message, letter));
      return { result: 'sent' };
    } catch (thrown) {
      return toSent(thrown);
    }
  };
}

/** The end of a letter is no entry: what it tells of has one of its own. */
export function createMailSender(needs: MailNeeds): Sender {
  const sendLetter = createLetterDoor(needs);
  return {
    send: async (message) => {
      const letter = openLetter(needs, message);
      if (letter.until !== null && letter.until <= needs.clock.now()) {
        return { result: 'refused', failure: 'letter-outdated' };
      }
      return sendLetter(message, letter);
    },
    toEvents: () => [],
  };
}
