// Whether the settings can be used, and belong to the database.

import { findListenerFaults } from '../../config/parse-config.ts';
import { passed, toFindings } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

export async function checkSettings({ config }: Ground): Promise<readonly Finding[]> {
  if (!config.ok) {
    return toFindings('configuration', config.faults);
  }
  const faults = findListenerFaults(config.value);
  return faults.length > 0
    ? toFindings('configuration', faults)
    : [passed('configuration', `complete; the issuer is ${config.value.issuer}`)];
}
