// What every sample page stands in: language, words, and the same frame with somebody signed in.

import { toPageAssets } from '../../views/asset-list.ts';
import { createDates } from '../../views/dates.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { Language } from '../../views/messages/messages.ts';
import type { Frame } from '../../views/models.ts';
import { sampleWords } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

export type SamplePage = {
  readonly name: string;
  readonly document: string;
  /** A journey looks at this page in the running product, as closely as pages are looked at by themselves. */
  readonly isWalked?: true;
};

export type World = { readonly frame: Frame; readonly account: Frame; readonly words: SampleWords };

export function createWorld(language: Language): World {
  const words = sampleWords[language];
  const frame: Frame = {
    texts: createTexts(language),
    dates: createDates(language, 'Asia/Riyadh'),
    assets: toPageAssets((name) => `/assets/${name}`),
    siteHost: 'huwiya.example',
    homeUrl: '/',
    verifyUrl: '/verify',
    otherLanguageUrl: '?lang=other',
    signedIn: null,
    finish: null,
  };
  const signOut = { action: '/account/sign-out', token: 'sample-token' };
  const places = {
    account: '/account',
    activity: '/account/activity',
    receipts: '/account/receipts',
    details: '/account/details',
    security: '/account/security',
  };
  const signedIn = { fullName: words.fullName, signOut, places, recovery: null };
  return { frame, account: { ...frame, signedIn }, words };
}
