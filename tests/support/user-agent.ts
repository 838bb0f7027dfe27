// A browser without a screen: keeps cookies by path, follows redirects inside the issuer and stops at the first address outside, fills forms as they stand.

export type Answered = {
  readonly url: string;
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
};

type Cookie = { readonly name: string; readonly value: string; readonly path: string; readonly isLasting: boolean };

export type UserAgent = {
  readonly cookies: Map<string, Cookie>;
  readonly get: (url: string) => Promise<Answered>;
  readonly post: (url: string, fields: Readonly<Record<string, string | readonly string[]>>) => Promise<Answered>;
  readonly postJson: (url: string, token: string, body: unknown) => Promise<Answered>;
  /** One request, no redirect followed. */
  readonly send: (url: string, init?: RequestInit) => Promise<Response>;
};

function toFields(fields: Readonly<Record<string, string | readonly string[]>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) {
      form.append(name, one);
    }
  }
  return form;
}

/** `fetcher` brings a request to a node that does not listen at its issuer's own address. */
export function createUserAgent(issuer: string, fetcher: (url: string, init: RequestInit) => Promise<Response> = fetch): UserAgent {
  const cookies = new Map<string, Cookie>();
  const keep = (line: string): void => {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name = '', ...rest] = pair.split('=');
    const pathOf = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const isGone = attributes.some(
      (attribute) => attribute.toLowerCase().startsWith('expires=') && new Date(attribute.slice(8)).getTime() < Date.now(),
    );
    const isLasting = attributes.some((attribute) => /^(?:expires|max-age)=/i.test(attribute));
    const key = `${name};${pathOf}`;
    if (isGone) {
      cookies.delete(key);
    } else {
      cookies.set(key, { name, value: rest.join('='), path: pathOf, isLasting });
    }
  };
  const isUnder = (path: string, folder: string): boolean =>
    path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(url);
    const sent = [...cookies.values()].filter((cookie) => isUnder(pathname, cookie.path)).map((cookie) => `${cookie.name}=${cookie.value}`);
    const headers = new Headers(init.headers);
    headers.set('accept', headers.get('accept') ?? 'text/html');
    headers.set('sec-fetch-site', headers.get('sec-fetch-site') ?? 'same-origin');
    if (sent.length > 0) {
      headers.set('cookie', sent.join('; '));
    }
    const response = await fetcher(url, { ...init, headers, redirect: 'manual' });
    response.headers.getSetCookie().forEach(keep);
    return response;
  };
  const follow = async (url: string, init?: RequestInit): Promise<Answered> => {
    let at = url;
    let response = await send(at, init);
    for (let hop = 0; hop < 12; hop += 1) {
      const location = response.headers.get('location');
      if (location === null) {
        break;
      }
      at = new URL(location, at).href;
      if (!at.startsWith(`${issuer}/`)) {
        return { url: at, status: response.status, body: '', headers: response.headers };
      }
      response = await send(at);
    }
    return { url: at, status: response.status, body: await response.text(), headers: response.headers };
  };
  return {
    cookies,
    send,
    get: (url) => follow(url),
    post: (url, fields) => follow(url, { method: 'POST', body: toFields(fields) }),
    postJson: (url, token, body) =>
      follow(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-huwiya-token': token },
        body: JSON.stringify(body),
      }),
  };
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The value of the first attribute `name` in the page. */
export function readAttribute(page: string, name: string): string {
  const found = new RegExp(`${name}="([^"]*)"`).exec(page)?.[1];
  if (found === undefined) {
    throw new Error(`the page has no ${name}`);
  }
  return found.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, character: string) => characters[character] ?? '');
}

/** Hidden fields of the page, by name. */
export function readHidden(page: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [tag] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    fields[readAttribute(tag, 'name')] = readAttribute(tag, 'value');
  }
  return fields;
}
