// `huwiya outbox list`: what waits to leave, and what could not. Shows no message, only where it goes and what stands in its way.

import { toTimestamp } from '../domain/kernel/clock.ts';
import type { MessageState } from '../domain/outbox/message.ts';
import type { ListedMessage } from '../domain/outbox/store.ts';
import type { Context, ExitCode } from './context.ts';
import { recordList } from './look.ts';
import { printJson, printLine, printTable } from './print.ts';

export type OutboxListOptions = { readonly states: readonly MessageState[]; readonly limit: number; readonly json: boolean };

const toOptional = (at: number | null): string | null => (at === null ? null : toTimestamp(at));

function toJson({ id, topic, recipient, state, attempts, failure, ...times }: ListedMessage) {
  return {
    id,
    topic,
    recipient,
    state,
    attempts,
    created_at: toTimestamp(times.createdAt),
    next_attempt_at: state === 'waiting' ? toTimestamp(times.nextAttemptAt) : null,
    give_up_at: toTimestamp(times.giveUpAt),
    sent_at: toOptional(times.sentAt),
    failure,
  };
}

function toRow(message: ListedMessage): readonly string[] {
  const { id, topic, recipient, state, attempts, failure } = message;
  const next = state === 'waiting' ? toTimestamp(message.nextAttemptAt) : '-';
  return [id, state, topic, recipient, String(attempts), toTimestamp(message.createdAt), next, failure ?? '-'];
}

export async function runOutboxList(context: Context, { states, limit, json }: OutboxListOptions): Promise<ExitCode> {
  const { outbox } = context.storage;
  const lists = await Promise.all(states.map(async (state) => outbox.list({ state, limit })));
  const messages = lists.flat().slice(0, limit);
  const depth = await outbox.measure();
  await recordList(context, { query: 'outbox', returned: messages.length });
  if (json) {
    printJson(context.out, { waiting: depth.waiting, dead: depth.dead, messages: messages.map(toJson) });
    return 0;
  }
  if (messages.length > 0) {
    printTable(context.out, [
      ['ID', 'STATE', 'TOPIC', 'RECIPIENT', 'ATTEMPTS', 'CREATED', 'NEXT ATTEMPT', 'LAST FAILURE'],
      ...messages.map(toRow),
    ]);
  }
  printLine(context.out, `${depth.waiting} waiting, ${depth.dead} dead`);
  return 0;
}
