// The verbs of whoever watches what leaves the provider.

import { messageStates } from '../domain/outbox/message.ts';
import { findNumber, findText, parseCount, parseOneOf } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

export const outboxVerbs: readonly Verb[] = [
  {
    name: 'list',
    about: 'show what waits to leave and what could not be delivered, never what it says; the ledger records it',
    options: [
      {
        flags: '--state <state>',
        about: `${messageStates.join(', ')} (default: waiting and dead)`,
        parse: (text) => parseOneOf(messageStates, text),
      },
      { flags: '--limit <count>', about: 'at most so many (default: 100)', parse: (text) => parseCount(99999, text) },
    ],
    printsData: true,
    run: async (given) => {
      const { runOutboxList } = await import('./outbox-list.ts');
      const asked = messageStates.filter((state) => state === findText(given, 'state'));
      const states = asked.length === 0 ? (['waiting', 'dead'] as const) : asked;
      const limit = findNumber(given, 'limit') ?? 100;
      return withContext(given.config, async (context) => runOutboxList(context, { states, limit, json: given.json }));
    },
  },
  {
    name: 'retry',
    about: 'try again what was given up: all of it, that of one recipient, or one message',
    options: [
      { flags: '--id <id>', about: 'as list prints it; also one that still waits' },
      { flags: '--recipient <recipient>', about: 'as list prints it' },
    ],
    printsData: true,
    run: async (given) => {
      const { runOutboxRetry } = await import('./outbox-retry.ts');
      const asked = { id: findText(given, 'id'), recipient: findText(given, 'recipient'), json: given.json };
      return withContext(given.config, async (context) => runOutboxRetry(context, asked));
    },
  },
];
