// An agency proves that it holds a host. What proves it is looked for where only the holder of the host can publish; a proof is kept with its entry.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SealNeeds } from '../ledger/event.ts';
import { sealEvent } from '../ledger/event.ts';
import { findClaimant, toProofLine, toProofUrl, toRecordName } from './host-proof.ts';
import type { HostProof, ProofMethod, ProofPlace } from './host-proof.ts';
import type { AgenciesStore } from './store.ts';

export type ProveNeeds = SealNeeds & {
  readonly issuer: string;
  readonly agencies: Pick<AgenciesStore, 'listServices' | 'listWaiting' | 'saveProof'>;
  /** Texts of the TXT records of a name; none where there are none. */
  readonly findTexts: (name: string) => Promise<readonly string[]>;
  /** The body of a page that answered with 200; `undefined` otherwise. Calls the outside by the rules for every such call. */
  readonly findPage: (url: string) => Promise<string | undefined>;
};

/** Also a host of what waits: an approver should see the proof before the decision. */
export async function proveHost(
  needs: ProveNeeds,
  host: string,
): Promise<Outcome<HostProof, 'agency/host-unknown' | 'agency/host-unproven'>> {
  const registered = (await needs.agencies.listServices()).map(({ service }) => service);
  const waiting = (await needs.agencies.listWaiting()).flatMap(({ content }) => content.services);
  const agencyId = findClaimant([...registered, ...waiting], host);
  if (agencyId === undefined) {
    return refuse('agency/host-unknown', 'no service names this host');
  }
  const method = await findMethod(needs, { issuer: needs.issuer, agencyId, host });
  if (method === undefined) {
    return refuse('agency/host-unproven', `${toProofLine({ issuer: needs.issuer, agencyId, host })} stands in neither place`);
  }
  const proof = { agencyId, host, method, provenAt: needs.clock.now() };
  const event = sealEvent(needs, {
    type: 'agency.host_proven',
    personRef: null,
    actor: { kind: 'operator', ref: null },
    payload: { agency: agencyId, host, method },
  });
  await needs.agencies.saveProof(proof, event);
  return succeed(proof);
}

async function findMethod(needs: ProveNeeds, place: ProofPlace): Promise<ProofMethod | undefined> {
  const line = toProofLine(place);
  if ((await needs.findTexts(toRecordName(place.host))).some((text) => text.trim() === line)) {
    return 'dns';
  }
  const page = await needs.findPage(toProofUrl(place.host));
  return page?.split(/\r?\n/).some((text) => text.trim() === line) === true ? 'https' : undefined;
}
