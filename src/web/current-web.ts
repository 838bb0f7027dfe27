// Answers each request with the application that was made for the keys of its moment. The engine reads its keys once: when they change, a second application
// takes the next request, and those under way finish on the one where they began.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Published } from '../domain/keys/key-ring.ts';
import type { Answers } from './listener.ts';
import { createKeyFollower } from './follow-keys.ts';
import { toSecurityHeaders } from './security-headers.ts';
import { createWeb } from './web.ts';
import type { AppNeeds } from './web.ts';

type Answer = Answers['answer'];

/** Probes say how this node is, and files are the same under every key: neither waits for a database. */
const unbound = /^\/(?:assets\/|(?:healthz|readyz)(?:\?|$))/;

export function createCurrentWeb(needs: AppNeeds): Answer {
  const findKeys = createKeyFollower(needs);
  let current: { readonly published: Published; readonly answer: Answer } | undefined;

  const turnTo = (published: Published): Answer => {
    if (current?.published !== published) {
      current = { published, answer: createWeb(needs, published).callback() };
    }
    return current.answer;
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const known = needs.ring.find() ?? (await findKeys(unbound.test(request.url ?? '') ? 'any' : 'current'));
    if (known === undefined) {
      response.writeHead(503, toSecurityHeaders(needs.isSecure)).end();
    } else {
      await turnTo(known)(request, response);
    }
  };
}
