// The part of a service that a protocol library leaves to it: addresses, and what is kept between the way out and the way back. One visitor at a time.

import type { RequestListener, ServerResponse } from 'node:http';
import { toPage, toReason } from './relying-party.ts';
import type { Answer, Attributes, Settings } from './relying-party.ts';

export type SignedIn = {
  readonly subject: string;
  readonly attributes: Attributes;
  readonly idToken: string;
  readonly refreshToken: string;
};

/** Before a sign-in. */
export const nobody: SignedIn = { subject: '', attributes: {}, idToken: '', refreshToken: '' };

/** A library in use; `Pending` is what has to match on the way back. */
export type Protocol<Pending> = {
  readonly begin: () => Promise<{ readonly url: URL; readonly pending: Pending }>;
  readonly finish: (returned: URL, pending: Pending) => Promise<SignedIn>;
  readonly refresh: (signedIn: SignedIn) => Promise<SignedIn>;
  readonly toSignOut: (signedIn: SignedIn) => Promise<URL>;
};

type Kept<Pending> = { pending: Pending | undefined; signedIn: SignedIn | undefined };

function show(response: ServerResponse, answer: Answer): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(toPage(answer));
}

function redirect(response: ServerResponse, url: URL): void {
  response.writeHead(302, { location: url.href }).end();
}

function toAnswer(signedIn: SignedIn | undefined): Answer {
  return signedIn === undefined
    ? { ok: false, reason: 'nobody is signed in' }
    : { ok: true, subject: signedIn.subject, attributes: signedIn.attributes };
}

function getKept<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('nothing was begun here');
  }
  return value;
}

export function createByHand<Pending>(settings: Pick<Settings, 'origin' | 'redirectUri'>, protocol: Protocol<Pending>): RequestListener {
  const kept: Kept<Pending> = { pending: undefined, signedIn: undefined };
  const paths: Readonly<Record<string, (url: URL, response: ServerResponse) => Promise<void>>> = {
    '/login': async (_url, response) => {
      const { url, pending } = await protocol.begin();
      kept.pending = pending;
      redirect(response, url);
    },
    [new URL(settings.redirectUri).pathname]: async (url, response) => {
      const pending = getKept(kept.pending);
      kept.pending = undefined;
      kept.signedIn = undefined;
      kept.signedIn = await protocol.finish(url, pending);
      show(response, toAnswer(kept.signedIn));
    },
    '/refresh': async (_url, response) => {
      kept.signedIn = await protocol.refresh(getKept(kept.signedIn));
      show(response, toAnswer(kept.signedIn));
    },
    '/logout': async (_url, response) => {
      const signedIn = getKept(kept.signedIn);
      kept.signedIn = undefined;
      redirect(response, await protocol.toSignOut(signedIn));
    },
  };
  return (request, response) => {
    const url = new URL(request.url ?? '/', settings.origin);
    const answer = paths[url.pathname];
    if (answer === undefined) {
      show(response, toAnswer(kept.signedIn));
      return;
    }
    answer(url, response).catch((thrown: unknown) => show(response, toReason(thrown)));
  };
}
