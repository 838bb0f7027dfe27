// The kind of a device in words: "Chrome on Android".

import type { Texts } from './messages/messages.ts';
import type { Device } from './security-model.ts';

// Names of products, the same in every language.
const browserNames = {
  edge: 'Edge',
  samsung: 'Samsung Internet',
  opera: 'Opera',
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
} as const;
const systemNames = {
  iphone: 'iPhone',
  ipad: 'iPad',
  android: 'Android',
  windows: 'Windows',
  chromeos: 'ChromeOS',
  mac: 'Mac',
  linux: 'Linux',
} as const;
export const handheld: ReadonlySet<Device['system']> = new Set(['iphone', 'ipad', 'android']);

export function toDeviceName({ t }: Texts, { browser, system }: Device): string {
  if (system === null) {
    return browser === null ? t('device-unknown') : browserNames[browser];
  }
  return t('device-known', { browser: browser === null ? t('device-browser') : browserNames[browser], system: systemNames[system] });
}
