import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browsers, parseDeviceText, parseUserAgent, systems, toDeviceText } from '../../../src/oidc/device.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the kind of a device', () => {
  test.each([
    [`Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`, 'chrome', 'android'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 'samsung', 'android'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'edge', 'windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'opera', 'windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'firefox', 'linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      'safari',
      'iphone',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1',
      'chrome',
      'ipad',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'safari',
      'mac',
    ],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/142.0.0.0 Safari/537.36`, 'chrome', 'chromeos'],
    ['curl/8.5.0', null, null],
    ['', null, null],
  ])('of %s is told', (header, browser, system) => {
    expect(parseUserAgent(header)).toEqual({ browser, system });
  });

  test('is all that is kept: whatever the header says, one of a few words', () => {
    const words = new Set<string>([...browsers, ...systems, '']);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.lorem(), fc.constantFrom('Chrome/1 Android <b>', 'x/../Safari/')), (header) => {
        const text = toDeviceText(parseUserAgent(header));
        expect(text.split('/').filter((word) => !words.has(word))).toEqual([]);
        expect(toDeviceText(parseDeviceText(text))).toBe(text);
      }),
    );
  });

  test('is unknown where the text stored says nothing that we know', () => {
    for (const text of [null, '', 'a/b', 'android/chrome', 'chrome']) {
      expect(parseDeviceText(text).system).toBeNull();
    }
  });
});
