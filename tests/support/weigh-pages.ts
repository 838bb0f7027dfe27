// What a page costs a person whose browser has nothing yet: every answer that came for it, as sent (headers and body) and as it stands afterwards.
// Counted by document: what the page before still had on its way when this one began is not this one's.

import { EventEmitter, once } from 'node:events';
import type { CDPSession, Page } from 'playwright-core';

const longestWaitMs = 15_000;

export type Fetched = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sentBytes: number;
};

export type Weight = { readonly fetched: readonly Fetched[]; readonly sentBytes: number; readonly plainBytes: number };

/** One answer, named as the browser's developer tools name it (Chrome DevTools Protocol, Network). */
type Answer = { readonly requestId: string; readonly loaderId: string; readonly url: string; readonly headers: Record<string, string> };

async function toFetched(devtools: CDPSession, { requestId, url, headers }: Answer, sentBytes: number): Promise<Fetched> {
  const { body, base64Encoded } = await devtools.send('Network.getResponseBody', { requestId });
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { url, headers: Object.fromEntries(lowerCase), body: Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), sentBytes };
}

function toSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export type Scales = {
  /** The page that is open now. */
  readonly weigh: () => Promise<Weight>;
  /** Addresses that any page fetched from, by origin. */
  readonly origins: ReadonlySet<string>;
};

/** Each page is fetched whole: the browser keeps nothing of the one before. */
export async function putOnScales(page: Page): Promise<Scales> {
  const devtools = await page.context().newCDPSession(page);
  const origins = new Set<string>();
  const answers = new Map<string, Answer>();
  const sentBytes = new Map<string, number>();
  const failed = new Set<string>();
  const asked = new Map<string, string>();
  const arrivals = new EventEmitter();
  devtools.on('Network.requestWillBeSent', ({ request, requestId, loaderId }) => {
    origins.add(new URL(request.url).origin);
    asked.set(requestId, loaderId);
  });
  devtools.on('Network.responseReceived', ({ requestId, loaderId, response }) => {
    answers.set(requestId, { requestId, loaderId, url: response.url, headers: response.headers });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sentBytes.set(requestId, encodedDataLength);
    arrivals.emit('ended');
  });
  devtools.on('Network.loadingFailed', ({ requestId }) => {
    failed.add(requestId);
    arrivals.emit('ended');
  });
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  /** What a page asks for begins before it is loaded: whatever it asked for then has ended, and nobody waits to see whether more comes. */
  const waitForAll = async (document: string): Promise<void> => {
    const isUnderWay = ([requestId, loaderId]: readonly [string, string]): boolean =>
      loaderId === document && !sentBytes.has(requestId) && !failed.has(requestId);
    while ([...asked].some(isUnderWay)) {
      await once(arrivals, 'ended', { signal: AbortSignal.timeout(longestWaitMs) });
    }
  };
  return {
    origins,
    weigh: async () => {
      await page.waitForLoadState('load');
      await page.evaluate('document.fonts.ready.then(() => true)');
      const { frameTree } = await devtools.send('Page.getFrameTree');
      await waitForAll(frameTree.frame.loaderId);
      const own = [...answers.values()].filter(
        ({ requestId, loaderId }) => loaderId === frameTree.frame.loaderId && sentBytes.has(requestId),
      );
      const fetched = await Promise.all(own.map((answer) => toFetched(devtools, answer, sentBytes.get(answer.requestId) ?? 0)));
      return {
        fetched,
        sentBytes: toSum(fetched.map((one) => one.sentBytes)),
        plainBytes: toSum(fetched.map(({ body }) => body.length)),
      };
    },
  };
}
