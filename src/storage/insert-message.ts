// A message enters the outbox here, as a statement of the act that causes it.

import type { OutboxMessage } from '../domain/outbox/message.ts';
import type { Tables } from './dialect.ts';
import type { Statement } from './engine.ts';
import { insertInto } from './statements.ts';

export function insertMessage(tables: Tables, message: OutboxMessage): Statement {
  const fresh = { state: 'waiting', attempts: 0, leaseId: null, leaseUntil: 0, failure: null, sentAt: null, expiresAt: null } as const;
  return insertInto(tables.outbox, { ...message, ...fresh, nextAttemptAt: message.createdAt });
}
