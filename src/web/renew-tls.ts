// A certificate that is renewed while the node runs (FT-23): both files are looked at again and again, and taken together or not at all. Reading them is
// surer than waiting for a word of the file system: they may be links to links, on a disk of another machine.

import { findEndStep, readTlsPair, urgentDays } from '../config/read-tls.ts';
import type { TlsPair } from '../config/read-tls.ts';
import type { StartFault, TlsFiles } from '../config/config.ts';
import { dayMs } from '../domain/kernel/clock.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Log } from '../telemetry/log.ts';

export type RenewalNeeds = {
  readonly files: TlsFiles;
  readonly clock: Clock;
  readonly log: Pick<Log, 'write'>;
  /** For connections from now on; throws for what TLS cannot use. */
  readonly take: (pair: TlsPair) => void;
};

type Standing = {
  readonly pair: TlsPair;
  /** The step that was told of; null: none. */
  readonly told: number | null;
  /** What was found in the place of the pair and not taken. */
  readonly refused: string;
};

/** Each step is said once, so that the log of a quiet month has three lines about it. */
function tellEnd({ log, clock }: RenewalNeeds, { pair, told, refused }: Standing): Standing {
  const days = Math.floor((pair.endsAt - clock.now()) / dayMs);
  const step = findEndStep(days);
  if (step !== null && step !== told) {
    log.write(step <= urgentDays ? 'error' : 'warn', days < 0 ? 'certificate has ended' : 'certificate ends soon', { days });
  }
  return { pair, told: step, refused };
}

function toText(faults: readonly StartFault[]): string {
  return faults.map(({ setting, problem }) => `${setting} ${problem}`).join(', ');
}

function refuse({ log }: RenewalNeeds, standing: Standing, failure: string): Standing {
  if (failure !== standing.refused) {
    log.write('warn', 'certificate not taken', { failure });
  }
  return { ...standing, refused: failure };
}

function renew(needs: RenewalNeeds, standing: Standing): Standing {
  const read = readTlsPair(needs.files, needs.clock.now());
  if (!read.ok) {
    return refuse(needs, standing, toText(read.faults));
  }
  const { pair } = standing;
  if (read.value.certificate === pair.certificate && read.value.key === pair.key) {
    return { ...standing, refused: '' };
  }
  try {
    needs.take(read.value);
  } catch {
    return refuse(needs, standing, 'TLS cannot use it');
  }
  needs.log.write('info', 'certificate taken', { days: Math.floor((read.value.endsAt - needs.clock.now()) / dayMs) });
  return { pair: read.value, told: null, refused: '' };
}

/** Looks once; to be called every few seconds. */
export function createRenewal(needs: RenewalNeeds, first: TlsPair): () => void {
  let standing = tellEnd(needs, { pair: first, told: null, refused: '' });
  return () => {
    standing = tellEnd(needs, renew(needs, standing));
  };
}
