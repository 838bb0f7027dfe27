// The sender of notices about a person's access. What waits in the outbox is the id of a notice and nothing else: the address is looked up and opened when the
// letter leaves, and the words are made then, in the language of that moment.

import type { KeyObject } from 'node:crypto';
import { openFormerAddress } from '../domain/declared/former-address.ts';
import type { LetterWords } from '../domain/declared/letter.ts';
import type { DeclaredStore } from '../domain/declared/store.ts';
import type { OutboxMessage } from '../domain/outbox/message.ts';
import type { Sender, Sent } from '../domain/outbox/run-outbox.ts';
import { getPersonalData } from '../domain/people/get-personal-data.ts';
import type { StoredPerson } from '../domain/people/person.ts';
import type { PeopleStore } from '../domain/people/store.ts';
import { findWaitingEnd } from '../domain/protection/find-waiting-end.ts';
import type { SecurityNotice } from '../domain/protection/notice.ts';
import type { ProtectionStore } from '../domain/protection/store.ts';
import type { SendLetter } from './send-mail.ts';

export type NoticeTo = {
  readonly notice: SecurityNotice;
  readonly language: StoredPerson['language'];
  readonly isFormer: boolean;
  /** When the freeze ends whose lifting the notice tells of, as far as it still waits. */
  readonly endsAt: number | null;
};
export type ToNoticeLetter = (to: NoticeTo) => LetterWords;

export type NoticeSenderNeeds = {
  readonly people: Pick<PeopleStore, 'findPerson'>;
  readonly protection: Pick<ProtectionStore, 'findNotice' | 'findFreezes'>;
  readonly declared: Pick<DeclaredStore, 'findFormerAddress'>;
  readonly dataKey: KeyObject;
  readonly toLetter: ToNoticeLetter;
  /** Undefined where no letters leave: the page holds the notice all the same. */
  readonly send: SendLetter | undefined;
};

const done: Sent = { result: 'sent' };

function findWord(body: string, name: 'notice' | 'former'): string | undefined {
  const members: unknown = JSON.parse(body);
  const word: unknown = typeof members === 'object' && members !== null ? Reflect.get(members, name) : undefined;
  return typeof word === 'string' ? word : undefined;
}

/** Only an address that somebody proved: one that was merely typed may be anybody's. */
function findAddress(needs: NoticeSenderNeeds, person: StoredPerson): string | undefined {
  const { email, email_verified: isProven } = getPersonalData(needs, person);
  return typeof email === 'string' && isProven === true ? email : undefined;
}

type Recipient = { readonly to: string | undefined; readonly isFormer: boolean };

/** An address that was replaced and is the person's again gets the letter once. */
async function findRecipient(needs: NoticeSenderNeeds, person: StoredPerson, { body }: OutboxMessage): Promise<Recipient> {
  const current = findAddress(needs, person);
  const formerId = findWord(body, 'former');
  if (formerId === undefined) {
    return { to: current, isFormer: false };
  }
  const former = await needs.declared.findFormerAddress(formerId);
  const to = former === undefined ? undefined : openFormerAddress(needs, former);
  return { to: to === current ? undefined : to, isFormer: true };
}

async function send(needs: NoticeSenderNeeds, message: OutboxMessage): Promise<Sent> {
  const notice = await needs.protection.findNotice(findWord(message.body, 'notice') ?? '');
  const person = notice && (await needs.people.findPerson(notice.personId));
  if (needs.send === undefined || notice === undefined || person === undefined || person.status === 'closed') {
    return done;
  }
  const { to, isFormer } = await findRecipient(needs, person, message);
  const words = needs.toLetter({ notice, language: person.language, isFormer, endsAt: await findWaitingEnd(needs, notice) });
  return to === undefined ? done : needs.send(message, { ...words, to, until: null });
}

/** The end of a letter is no entry: what it tells of has one of its own. */
export function createNoticeSender(needs: NoticeSenderNeeds): Sender {
  return { send: async (message) => send(needs, message), toEvents: () => [] };
}
