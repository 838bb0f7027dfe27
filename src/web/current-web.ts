// Answers each request with the application that was made for the keys of its moment. The engine reads its keys once: when they change, a second application
// takes the next request, and those under way finish on the one where they began.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Published } from '../domain/keys/key-ring.ts';
import type { Answers } from './listener.ts';
import { createKeyFollower } from './follow-keys.ts';
import { toSecurityHeaders } from './security-headers.ts';
import { createShortWay } from './short/short-way.ts';
import { createWeb } from './web.ts';
import type { AppNeeds } from './web.ts';

type Answer = Answers['answer'];

/** Probes say how this node is, and files are the same under every key: neither waits for a database. */
const unbound = /^\/(?:assets\/|(?:healthz|readyz)(?:\?|$))/;

/** The short way first, where there is one; what it leaves goes to the application. */
function toAnswer(needs: AppNeeds, published: Published): Answer {
  const answerShortly = createShortWay(needs, published);
  const answer = createWeb(needs, published).callback();
  const isAnswered = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    try {
      return await answerShortly(request, response);
    } catch (thrown) {
      // What stopped it stops the application too, which knows how to say so.
      if (response.headersSent) {
        throw thrown;
      }
      return false;
    }
  };
  return async (request, response) => {
    if (!(await isAnswered(request, response))) {
      await answer(request, response);
    }
  };
}

export function createCurrentWeb(needs: AppNeeds): Answer {
  const findKeys = createKeyFollower(needs);
  let current: { readonly published: Published; readonly answer: Answer } | undefined;

  const turnTo = (published: Published): Answer => {
    if (current?.published !== published) {
      current = { published, answer: toAnswer(needs, published) };
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
