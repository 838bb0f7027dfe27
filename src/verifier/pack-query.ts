// Which opened entries meet the query of a pack. The person is the one condition that cannot be applied from outside: their mask is another in each entry.

import type { ProofEvidence } from './check-proof.ts';
import type { PackQuery } from './pack-form.ts';

const isMet = (condition: string | null, value: unknown): boolean => condition === null || condition === value;

function isInPeriod({ from, to }: PackQuery, at: unknown): boolean {
  return typeof at === 'number' && at >= (from ?? 0) && at < (to ?? Number.MAX_SAFE_INTEGER);
}

function isNamed(attribute: string | null, attributes: unknown): boolean {
  return attribute === null || (Array.isArray(attributes) && attributes.includes(attribute));
}

function isOfType(types: readonly string[] | null, type: unknown): boolean {
  return types === null || (typeof type === 'string' && types.includes(type));
}

export function isMatch(query: PackQuery, { body }: ProofEvidence): boolean {
  return (
    body !== undefined &&
    isMet(query.record, body['record']) &&
    isMet(query.service, body['service']) &&
    isMet(query.purpose, body['purpose']) &&
    isOfType(query.types, body['type']) &&
    isNamed(query.attribute, body['attributes']) &&
    isInPeriod(query, body['at'])
  );
}
