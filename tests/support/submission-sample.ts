// Something that waits for an approver: an agency with one service.

import type { Submission } from '../../src/domain/agencies/submission.ts';
import { createAgency, createName, createService, noChanges, now } from './store-samples.ts';

export function createSubmission(changes: Partial<Submission> = {}): Submission {
  const agency = createAgency();
  const { events: _events, ...nothing } = noChanges;
  const place = { agencyId: agency.id, clientId: null, purposeId: null, purposeVersion: null };
  return {
    id: createName(),
    state: 'waiting',
    review: 'reviewed',
    approvals: [],
    submittedBy: { kind: 'operator', ref: null },
    submittedAt: now,
    content: {
      ...nothing,
      agencies: [agency],
      services: [createService(agency.id)],
      changes: [{ what: 'agency', how: 'created', ...place, fields: [] }],
    },
    digest: createName(),
    base: createName(),
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...changes,
  };
}
