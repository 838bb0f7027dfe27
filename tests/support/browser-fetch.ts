// `fetch` as a script in a page of another origin has it (Fetch standard, CORS protocol): it asks before it sends what a form could not, refuses an answer
// that is not for it, and shows the script the headers that it may see.

type Sent = { readonly method?: 'GET' | 'POST'; readonly headers?: Readonly<Record<string, string>>; readonly body?: URLSearchParams };

export type Seen = {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly body: Readonly<Record<string, unknown>>;
};

const plainHeaders: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language', 'content-type']);
const plainlySeen: ReadonlySet<string> = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

const toList = (header: string | null): readonly string[] => (header ?? '').split(',').map((part) => part.trim().toLowerCase());

function assertAllowed(origin: string, response: Response, what: string): void {
  if (response.headers.get('access-control-allow-origin') !== origin) {
    throw new TypeError(`blocked: ${what} is not for ${origin}`);
  }
  if (response.headers.has('access-control-allow-credentials')) {
    throw new Error('an answer must never be shared with cookies');
  }
}

async function askFirst(origin: string, url: string, { method = 'GET', headers = {} }: Sent): Promise<void> {
  const unusual = Object.keys(headers).filter((name) => !plainHeaders.has(name.toLowerCase()));
  if (unusual.length === 0) {
    return;
  }
  const asked = { origin, 'access-control-request-method': method, 'access-control-request-headers': unusual.join(',') };
  const response = await fetch(url, { method: 'OPTIONS', headers: asked });
  assertAllowed(origin, response, 'the preflight');
  const allowed = toList(response.headers.get('access-control-allow-headers'));
  const isMissing = unusual.some((name) => !allowed.includes(name.toLowerCase()));
  if (!response.ok || isMissing || !toList(response.headers.get('access-control-allow-methods')).includes(method.toLowerCase())) {
    throw new TypeError(`blocked: the preflight allows no ${method} with ${unusual.join(', ')}`);
  }
}

/** Rejects with a TypeError where a browser would, and then the script learns nothing. */
export function createBrowserFetch(origin: string): (url: string, sent?: Sent) => Promise<Seen> {
  return async (url, sent = {}) => {
    await askFirst(origin, url, sent);
    const { method = 'GET', headers = {}, body } = sent;
    const response = await fetch(url, { method, headers: { ...headers, origin }, ...(body === undefined ? {} : { body }) });
    assertAllowed(origin, response, 'the answer');
    const exposed = toList(response.headers.get('access-control-expose-headers'));
    const text = await response.text();
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    return {
      status: response.status,
      header: (name) => (plainlySeen.has(name) || exposed.includes(name.toLowerCase()) ? response.headers.get(name) : null),
      body: typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {},
    };
  };
}
