// What a decision about a record was: of receipts, of the history of a record, of the thread.

export const decisionKinds = [
  'given',
  'renewed',
  'narrowed',
  'withdrawn',
  'refused',
  'deferred',
  'notified',
  'paused',
  'resumed',
  'revoked',
  'invalidated',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];
