// The words of letters about a person's access: in the language that the person saved, in both where there is none.

import type { KeyObject } from 'node:crypto';
import { toDelayHours } from '../domain/protection/unfreeze-delay.ts';
import { createNoticeToken } from '../domain/protection/notice-token.ts';
import type { SecurityNotice } from '../domain/protection/notice.ts';
import type { Language } from '../domain/people/person.ts';
import { parseDeviceText } from '../oidc/device.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { joinLetters, toAlertLetter } from '../../views/letters.ts';
import type { LetterFrame } from '../../views/letters.ts';
import { dates } from './frame.ts';

type Words = ReturnType<typeof toAlertLetter>;

export type NoticeLettersNeeds = { readonly issuer: string; readonly noticeKey: KeyObject; readonly unfreezeDelayMs: number };

export const notMePath = '/not-me';

type NoticeTo = {
  readonly notice: SecurityNotice;
  readonly language: Language | null;
  readonly isFormer: boolean;
  /** Of a lifting that waits. */
  readonly endsAt: number | null;
};

/** Links are built from the configured issuer and nothing else. */
export function createNoticeLetters({ issuer, noticeKey, unfreezeDelayMs }: NoticeLettersNeeds): (to: NoticeTo) => Words {
  const delayHours = toDelayHours({ unfreezeDelayMs });
  const siteHost = new URL(issuer).host;
  const frames: Readonly<Record<Language, LetterFrame>> = {
    ar: { texts: createTexts('ar'), dates: dates.ar, siteHost },
    en: { texts: createTexts('en'), dates: dates.en, siteHost },
  };
  return ({ notice, language, isFormer, endsAt }) => {
    const { id, kind, at } = notice;
    const device = notice.device === null ? null : parseDeviceText(notice.device);
    const url = `${issuer}${notMePath}/${createNoticeToken(noticeKey, id)}`;
    const write = (chosen: Language): Words => toAlertLetter(frames[chosen], { kind, at, device, url, isFormer, endsAt, delayHours });
    return language === null ? joinLetters(write('ar'), write('en')) : write(language);
  };
}
