// What becomes of a service that is told of the end of a session, as its message goes.

import type { Statement } from './engine.ts';

/** For the act in which its message came to an end. */
export function settleService(messageId: string, state: 'told' | 'failed', at: number): Statement {
  return {
    text: "UPDATE service_sessions SET state = ?, settled_at = ? WHERE id = ? AND state = 'waiting'",
    values: [state, at, messageId],
  };
}

/** For the act in which an operator brings its message back. */
export function reviveService(messageId: string): Statement {
  return {
    text: "UPDATE service_sessions SET state = 'waiting', settled_at = NULL WHERE id = ? AND state = 'failed'",
    values: [messageId],
  };
}
