// What a page costs a person whose browser has nothing yet: every answer that came for it, as sent (headers and body) and as it stands afterwards.

import type { Page, Request } from 'playwright-core';

export type Fetched = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sentBytes: number;
};

export type Weight = { readonly fetched: readonly Fetched[]; readonly sentBytes: number; readonly plainBytes: number };

async function toFetched(request: Request): Promise<Fetched | undefined> {
  const response = await request.response();
  if (response === null || (response.status() >= 300 && response.status() < 400)) {
    return undefined;
  }
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return {
    url: request.url(),
    headers: await response.allHeaders(),
    body: await response.body(),
    sentBytes: responseBodySize + responseHeadersSize,
  };
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
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const origins = new Set<string>();
  let finished: Request[] = [];
  page.on('request', (request) => {
    origins.add(new URL(request.url()).origin);
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      finished = [];
    }
  });
  page.on('requestfinished', (request) => finished.push(request));
  return {
    origins,
    weigh: async () => {
      await page.waitForLoadState('networkidle');
      const fetched = (await Promise.all(finished.map(toFetched))).filter((one) => one !== undefined);
      return {
        fetched,
        sentBytes: toSum(fetched.map(({ sentBytes }) => sentBytes)),
        plainBytes: toSum(fetched.map(({ body }) => body.length)),
      };
    },
  };
}
