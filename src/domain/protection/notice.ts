// What a person is told of their access: a projection of entries, written in the same act (ADR-0076). It names no service, no attribute and no value.

import type { Millis } from '../kernel/clock.ts';
import { dayMs } from '../kernel/clock.ts';
import type { EventType } from '../ledger/event.ts';

export const noticeKinds = [
  'enrolled',
  'new-device',
  'link-made',
  'level-code-made',
  'passkey-raised',
  'passkey-added',
  'passkey-removed',
  'passkey-suspended',
  'recovery-begun',
  'recovery-cancelled',
  'recovery-cancelled-status',
  'recovery-approved',
  'recovery-completed',
  'frozen',
  'frozen-order',
  'unfreeze-begun',
  'unfreeze-begun-counter',
  'unfrozen',
  'unfrozen-delay',
  'unfrozen-order',
  'unfrozen-recovery',
  'order-lifted',
  'first-sharing',
  'contact-changed',
  'freeze-code-made',
  'unmasked',
  'breach-listed',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type SecurityNotice = {
  /** That of its entry. */
  readonly id: string;
  readonly personId: string;
  readonly kind: NoticeKind;
  /** As of a session: "chrome/android"; null where it is not known. */
  readonly device: string | null;
  /** The passkey that was added, or that the session began with; null of other kinds. */
  readonly passkeyId: string | null;
  readonly at: Millis;
  /** Of the last one that was folded into it. */
  readonly lastAt: Millis;
  readonly count: number;
  /** When somebody said that it was not them. */
  readonly disownedAt: Millis | null;
  readonly caseNumber: string | null;
  /** When an officer closed the case. */
  readonly caseClosedAt: Millis | null;
};

/**
 * When it is told of: always, at the first sign-in with a passkey or on a kind of device, at the first record with a service, when a proven address was replaced, of
 * somebody who has a passkey or had one.
 */
export type NoticeRule = {
  readonly kind: NoticeKind;
  readonly when: 'always' | 'new-device' | 'first-record' | 'proven' | 'returning';
  /** The act itself sends a letter that says more to the addresses of now: one is enough there. Those that were replaced get this one. */
  readonly hasOwnLetter?: true;
  /** What it is where the person never had a passkey before: they know nothing yet that anybody could have taken. */
  readonly first?: NoticeKind;
  /** A word of the payload tells who did it, and the person is told. */
  readonly by?: { readonly word: string; readonly kinds: Readonly<Record<string, NoticeKind>> };
};

const endings = { delay: 'unfrozen-delay', order: 'unfrozen-order', recovery: 'unfrozen-recovery' } as const;

// By name: some of these types belong to other folders, and a name that no event has is no rule.
const rules: Readonly<Record<string, NoticeRule>> = {
  'session.started': { kind: 'new-device', when: 'new-device' },
  'person.invited': { kind: 'link-made', when: 'returning' },
  'person.level_code_made': { kind: 'level-code-made', when: 'always' },
  'passkey.raised': { kind: 'passkey-raised', when: 'always' },
  'passkey.registered': { kind: 'passkey-added', when: 'always', first: 'enrolled' },
  'passkey.removed': { kind: 'passkey-removed', when: 'always' },
  'passkey.suspended': { kind: 'passkey-suspended', when: 'always' },
  'recovery.begun': { kind: 'recovery-begun', when: 'always', hasOwnLetter: true },
  'recovery.cancelled': { kind: 'recovery-cancelled', when: 'always', by: { word: 'by', kinds: { status: 'recovery-cancelled-status' } } },
  'recovery.approved': { kind: 'recovery-approved', when: 'always' },
  'recovery.completed': { kind: 'recovery-completed', when: 'always' },
  'person.frozen': { kind: 'frozen', when: 'always', by: { word: 'authority', kinds: { ordered: 'frozen-order' } } },
  'person.unfreeze_begun': { kind: 'unfreeze-begun', when: 'always', by: { word: 'by', kinds: { counter: 'unfreeze-begun-counter' } } },
  'person.unfrozen': { kind: 'unfrozen', when: 'always', by: { word: 'after', kinds: endings } },
  'person.order_lifted': { kind: 'order-lifted', when: 'always' },
  'consent.given': { kind: 'first-sharing', when: 'first-record' },
  'consent.notified': { kind: 'first-sharing', when: 'first-record' },
  'freeze_codes.made': { kind: 'freeze-code-made', when: 'always' },
  'person.changed': { kind: 'contact-changed', when: 'proven' },
  'unmask.used': { kind: 'unmasked', when: 'always' },
  'unmask.listed': { kind: 'breach-listed', when: 'always' },
};

/** `readWord` finds a text of the payload by its name. */
export function findNoticeRule(type: EventType, readWord: (name: string) => string | undefined): NoticeRule | undefined {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  const kind = rule?.by && rule.by.kinds[readWord(rule.by.word) ?? ''];
  return rule === undefined || kind === undefined ? rule : { ...rule, kind };
}

/** Of a lifting that waits: its notice says until when, and how it is stopped. */
export function isOfWaiting(kind: NoticeKind): boolean {
  return kind === 'unfreeze-begun' || kind === 'unfreeze-begun-counter';
}

/** So long a passkey or a kind of device counts as known after its last use. */
export const knownForMs = 90 * dayMs;

/** Nobody can bury one notice under many: of a kind, so many in a day stand and are sent alone, and what follows is counted on the last of them. */
export const aloneADay = 6;

/** So long "this wasn't me" works, by the link and on the page. */
export const disownableMs = 14 * dayMs;

export function isDisownable({ lastAt, disownedAt }: Pick<SecurityNotice, 'lastAt' | 'disownedAt'>, now: Millis): boolean {
  return disownedAt === null && now < lastAt + disownableMs;
}
