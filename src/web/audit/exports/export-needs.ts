// What asking for an export and fetching it need, from what pages have: the search goes no further than the case.

import type { AskNeeds } from '../../../domain/audit/exports/ask-export.ts';
import type { FetchNeeds } from '../../../domain/audit/exports/fetch-export.ts';
import { findWitnessProof, readPackKeys } from '../../../domain/audit/exports/pack-keys.ts';
import { createLedgerSearch } from '../../../domain/audit/exports/ledger-search.ts';
import { findCasePerson } from '../../../domain/audit/case-people.ts';
import type { AuditExport } from '../../../domain/audit/exports/export.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { secondMs } from '../../../domain/kernel/clock.ts';
import { recordAtOnce } from '../../../oidc/record-event.ts';
import { readVerifierFile } from '../../../../views/asset-list.ts';
import { renderPackReadme } from '../../../../views/pack-readme.ts';
import type { PageNeeds } from '../../needs.ts';
import { toCaseNeeds } from '../cases/open-case.ts';
import { createListForms } from './list-lines.ts';

export type ExportNeeds = AskNeeds & FetchNeeds;

/** `size`: of the log as the export knows it; `null` for the log as it stands. */
export function toExportNeeds(needs: PageNeeds, opened: OpenedCase, size: number | null): ExportNeeds {
  const { consents, exports, ledgerBeside: ledger, signer, texts } = needs;
  return {
    ...toCaseNeeds(needs),
    ledger,
    consents,
    exports,
    agencies: needs.agencies,
    aloneLimit: needs.exportAloneLimit,
    findHead: () => (size === null ? ledger.findCheckpoint() : ledger.findCheckpointOfSize(size)),
    ...createLedgerSearch({ ledger, findPersonRef: (pseudonym) => findCasePerson(needs, opened, pseudonym) }),
    signer,
    readKeys: () => readPackKeys(needs),
    findWitnessProof: (at) => findWitnessProof(needs, at),
    renderReadme: (summary) => renderPackReadme({ texts }, summary),
    verifier: readVerifierFile(),
    listForms: createListForms(texts.en),
    tell: async () => undefined,
    record: (event) => recordAtOnce(needs, event),
  };
}

/** Keeps how far a list has come, at most once a second and when a step is through. */
export function createTell({ clock, exports }: PageNeeds, { id, rows: whole }: AuditExport): ExportNeeds['tell'] {
  let nextAt = 0;
  return async ({ rows, step }) => {
    const at = clock.now();
    if (at >= nextAt || rows >= whole) {
      nextAt = at + secondMs;
      await exports.saveProgress(id, { step, rows, at });
    }
  };
}
