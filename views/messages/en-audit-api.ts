// The auditor's interface for programs, in English. A developer reads these beside a code; they still say what happened and what to do.

export const enAuditApi = {
  'error-token-missing-title': 'There is no token with this request',
  'error-token-missing-meaning':
    'This interface is open to registered programs and services; the ledger also to signed-in auditors. Nothing was handed out.',
  'error-token-missing-next':
    'Ask the token endpoint for the access that WWW-Authenticate names, and send the token in the Authorization header.',

  'error-token-refused-title': 'We do not accept this token',
  'error-token-refused-meaning': 'It is unknown, older than five minutes, or its program is suspended. Nothing was handed out.',
  'error-token-refused-next': 'Ask for a new token. If that is refused too, ask the operator about the status of your program.',

  'error-token-proof-title': 'The proof of the key is missing or wrong',
  'error-token-proof-meaning': 'This token is bound to a key, and the DPoP proof does not fit this request. Nothing was handed out.',
  'error-token-proof-next': 'Make a new proof for this address and token, with the nonce of this answer. Then send the request again.',

  'error-parameter-refused-title': 'Parameters of this request are wrong',
  'error-parameter-refused-meaning': 'Each of them is named below. Nothing was searched, so that no result looks complete that is not.',
  'error-parameter-refused-next': 'Correct them as /audit/api/v1/openapi.json describes, and send the request again.',

  'error-not-acceptable-title': 'There is no answer in this form',
  'error-not-acceptable-meaning': 'This address answers in JSON, and lists of entries also in JSON Lines. Nothing was handed out.',
  'error-not-acceptable-next': 'Ask with Accept: application/json, or application/x-ndjson for a list.',

  'parameter-type-unknown': 'There is no such type of event. /audit/api/v1/event-types lists them.',
  'parameter-service-unknown': 'No service has this id. /audit/api/v1/services lists them.',
  'parameter-purpose-unknown': 'No purpose has this id, or not at the service named beside it.',
  'parameter-attribute-unknown': 'The catalogue has no such attribute.',
  'parameter-time-invalid': 'Give a day, such as 2026-11-21, or an instant with its zone, such as 2026-11-21T09:00:00Z.',
  'parameter-time-order': 'The end must be after the beginning.',
  'parameter-order-unknown': 'Give newest-first or oldest-first.',
  'parameter-beyond-log': 'The log has fewer entries than that.',
  'parameter-place-invalid': 'Give the cursor as the page before named it.',
  'parameter-place-twice': 'Give one cursor only.',
  'parameter-limit-invalid': 'Give a whole number from 1 to 500.',
  'parameter-repeated': 'Give this parameter once.',
  'parameter-field-unknown': 'There is no such parameter.',
  'parameter-cursor-with-lines': 'Lines are always the whole result. Leave the cursor out, or ask for JSON pages.',
} as const;
