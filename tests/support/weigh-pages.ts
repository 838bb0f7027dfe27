// What a page costs a person whose browser has nothing yet: every answer that came for it, as sent (headers and body) and as it stands afterwards.
// Counted by document: what the page before still had on its way when this one began is not this one's.

import type { CDPSession, Page } from 'playwright-core';

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
  devtools.on('Network.requestWillBeSent', ({ request }) => origins.add(new URL(request.url).origin));
  devtools.on('Network.responseReceived', ({ requestId, loaderId, response }) => {
    answers.set(requestId, { requestId, loaderId, url: response.url, headers: response.headers });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sentBytes.set(requestId, encodedDataLength));
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  return {
    origins,
    weigh: async () => {
      await page.waitForLoadState('networkidle');
      const { frameTree } = await devtools.send('Page.getFrameTree');
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
