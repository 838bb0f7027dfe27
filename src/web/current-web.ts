// Answers each request with the application that was made for the keys of its moment. The engine reads its keys once: when they change, a second application
// takes the next request, and those under way finish on the one where they began.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Published } from '../domain/keys/key-ring.ts';
import type { Answers } from './listener.ts';
import { createWeb } from './web.ts';
import type { AppNeeds } from './web.ts';

type Answer = Answers['answer'];

/** They say how this node is, also while its database does not answer. */
const probes = /^\/(?:healthz|readyz)(?:\?|$)/;

export function createCurrentWeb(needs: AppNeeds): Answer {
  const { ring, log } = needs;
  let current: { readonly published: Published; readonly answer: Answer } | undefined;

  const turnTo = (published: Published): Answer => {
    if (current?.published !== published) {
      current = { published, answer: createWeb(needs, published).callback() };
    }
    return current.answer;
  };

  /** What was seen last goes on answering: its pages say what is wrong, and it signs nothing. */
  const look = async (): Promise<Answer | undefined> => {
    try {
      return turnTo(await ring.refresh());
    } catch (thrown) {
      log.fault('store/unavailable', thrown, {});
      const last = ring.findLast();
      return last === undefined ? undefined : turnTo(last);
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const known = ring.find() ?? (probes.test(request.url ?? '') ? ring.findLast() : undefined);
    const answer = known === undefined ? await look() : turnTo(known);
    if (answer === undefined) {
      response.writeHead(503).end();
    } else {
      await answer(request, response);
    }
  };
}
