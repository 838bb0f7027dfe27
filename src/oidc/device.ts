// The kind of device behind a session, as coarse as a person needs to recognise it: "Chrome on Android". The header itself is never kept:
// with its versions and models it would tell people apart.

export const browsers = ['edge', 'samsung', 'opera', 'firefox', 'chrome', 'safari'] as const;
export const systems = ['iphone', 'ipad', 'android', 'windows', 'chromeos', 'mac', 'linux'] as const;
export type Browser = (typeof browsers)[number];
export type System = (typeof systems)[number];

/** Null where the browser says nothing that we know. */
export type Device = { readonly browser: Browser | null; readonly system: System | null };

// In this order: most browsers also claim to be those further down.
const browserSigns: Readonly<Record<Browser, RegExp>> = {
  edge: /\bEdg(?:e|A|iOS)?\//,
  samsung: /\bSamsungBrowser\//,
  opera: /\b(?:OPR|OPT|Opera)\//,
  firefox: /\b(?:Firefox|FxiOS)\//,
  chrome: /\b(?:Chrome|CriOS|Chromium)\//,
  safari: /\bSafari\//,
};

const systemSigns: Readonly<Record<System, RegExp>> = {
  iphone: /\biPhone\b/,
  ipad: /\biPad\b/,
  android: /\bAndroid\b/,
  windows: /\bWindows\b/,
  chromeos: /\bCrOS\b/,
  mac: /\bMacintosh\b/,
  linux: /\bLinux\b/,
};

/** From the header `User-Agent` (RFC 9110 §10.1.5), which anybody can write as they like: it decides nothing. */
export function parseUserAgent(header: string): Device {
  return {
    browser: browsers.find((browser) => browserSigns[browser].test(header)) ?? null,
    system: systems.find((system) => systemSigns[system].test(header)) ?? null,
  };
}

/** As stored: "chrome/android", an empty part for what is not known. */
export function toDeviceText({ browser, system }: Device): string {
  return `${browser ?? ''}/${system ?? ''}`;
}

export function parseDeviceText(text: string | null): Device {
  const [first, second] = (text ?? '').split('/');
  return {
    browser: browsers.find((browser) => browser === first) ?? null,
    system: systems.find((system) => system === second) ?? null,
  };
}

const handhelds: ReadonlySet<System> = new Set(['iphone', 'ipad', 'android']);

/** What a record says of it, and no more: a tablet and a phone are not told apart. */
export function toDeviceClass({ system }: Device): 'handheld' | 'computer' | 'unknown' {
  if (system === null) {
    return 'unknown';
  }
  return handhelds.has(system) ? 'handheld' : 'computer';
}
