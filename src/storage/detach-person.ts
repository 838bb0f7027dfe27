// Takes a closed account out of every row that says something else. What stays of it stands alone: no row leads from one record to another, to the account,
// or from a subject to more than the one record that its agency still owes an answer about.

import { unanswered } from './duties-store.ts';
import type { Act, Statement } from './engine.ts';

/** Stands where a row said whose it was: nobody any more. */
export const nobody = '';

/** The decisions stay, and the digests of the receipts in the log; the receipts themselves hold a subject and what the passkey said, and go. */
export const detachVersions = (personId: string, limit: number): Statement => ({
  text: `UPDATE consent_versions SET person_id = '${nobody}', jws = '' WHERE (consent_id, version) IN
    (SELECT consent_id, version FROM consent_versions WHERE person_id = ? LIMIT ${limit}) RETURNING version`,
  values: [personId],
});

export function* detachPerson(personId: string): Act<void> {
  const texts = [
    // Their bodies hold an address, or were given up already.
    "DELETE FROM outbox WHERE person_id = ? AND (topic IN ('mail', 'notice') OR state = 'dead')",
    `UPDATE outbox SET person_id = '${nobody}' WHERE person_id = ?`,
    // Whom an agency has to answer about it knows by the subject alone.
    `UPDATE duties SET person_id = '${nobody}', subject = CASE WHEN ${unanswered} THEN subject ELSE '${nobody}' END WHERE person_id = ?`,
    `UPDATE service_sessions SET person_id = '${nobody}' WHERE person_id = ?`,
    // What stands now says nothing that the versions do not say.
    'DELETE FROM consents WHERE person_id = ?',
  ];
  for (const text of texts) {
    yield { text, values: [personId] };
  }
}
