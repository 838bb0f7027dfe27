// `huwiya outbox retry`: what was given up, or waits for its next attempt, is tried at once and for its whole life again. A running node sends it.

import { isTopic, toGiveUpAt } from '../domain/outbox/message.ts';
import type { ListedMessage } from '../domain/outbox/store.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';

export type OutboxRetryOptions = { readonly id: string | undefined; readonly recipient: string | undefined; readonly json: boolean };

const mostAtOnce = 10_000;

async function findAsked(context: Context, { id, recipient }: OutboxRetryOptions): Promise<readonly ListedMessage[]> {
  const { outbox } = context.storage;
  const dead = await outbox.list({ state: 'dead', limit: mostAtOnce });
  if (id === undefined) {
    return dead.filter((message) => recipient === undefined || message.recipient === recipient);
  }
  const waiting = await outbox.list({ state: 'waiting', limit: mostAtOnce });
  return [...dead, ...waiting].filter((message) => message.id === id);
}

export async function runOutboxRetry(context: Context, options: OutboxRetryOptions): Promise<ExitCode> {
  const { clock, storage, out, err } = context;
  const asked = await findAsked(context, options);
  const now = clock.now();
  const retried: string[] = [];
  for (const { id, topic } of asked) {
    const giveUpAt = isTopic(topic) ? toGiveUpAt(topic, now) : now;
    const saved = await storage.outbox.retry({ id, now, giveUpAt });
    retried.push(...(saved === 'saved' ? [id] : []));
  }
  if (options.id !== undefined && retried.length === 0) {
    printLine(err, `${options.id}: is no message that can be tried now; huwiya outbox list shows those there are`);
    return 1;
  }
  if (options.json) {
    printJson(out, { retried });
  } else {
    printLine(out, `${retried.length} to be tried now`);
  }
  return 0;
}
