// What asking for an export and fetching it need, from what pages have: the search goes no further than the case.

import type { AskNeeds } from '../../../domain/audit/exports/ask-export.ts';
import type { FetchNeeds } from '../../../domain/audit/exports/fetch-export.ts';
import { findWitnessProof, readPackKeys } from '../../../domain/audit/exports/pack-keys.ts';
import { createLedgerSearch } from '../../../domain/audit/exports/ledger-search.ts';
import { findCasePerson } from '../../../domain/audit/case-people.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordAtOnce } from '../../../oidc/record-event.ts';
import { readVerifierFile } from '../../../../views/asset-list.ts';
import { renderPackReadme } from '../../../../views/pack-readme.ts';
import type { PageNeeds } from '../../needs.ts';
import { toCaseNeeds } from '../cases/open-case.ts';
import { listForms } from './list-lines.ts';

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
    listForms,
    tell: () => undefined,
    record: (event) => recordAtOnce(needs, event),
  };
}
