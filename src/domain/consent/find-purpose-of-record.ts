import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Consent } from './consent.ts';

export type RecordNeeds = {
  readonly agencies: {
    readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
    readonly findPurposeVersion: (clientId: string, purposeId: string, version: number) => Promise<Purpose | undefined>;
  };
};

/** The service of a record and the purpose in the version that the record is bound to. */
export async function findPurposeOfRecord(
  { agencies }: RecordNeeds,
  { clientId, purposeId, purposeVersion }: Consent,
): Promise<{ readonly registered: RegisteredService; readonly purpose: Purpose } | undefined> {
  const registered = await agencies.findService(clientId);
  const purpose = await agencies.findPurposeVersion(clientId, purposeId, purposeVersion);
  return registered === undefined || purpose === undefined ? undefined : { registered, purpose };
}
