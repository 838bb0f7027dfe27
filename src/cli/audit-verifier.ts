// `huwiya audit verifier`: prints the offline verifier, so that a shell can put it wherever it is needed. Needs no settings and no database.

import { readVerifierFile } from '../../views/asset-list.ts';
import type { ExitCode } from './context.ts';
import { standardOut } from './with-parts.ts';

export function runAuditVerifier(): ExitCode {
  standardOut.write(readVerifierFile());
  return 0;
}
