// Whether the log goes on and its end is what was signed; with --full, whether all of it is.

import type { Parts } from '../../app.ts';
import { systemClock } from '../../domain/kernel/clock.ts';
import type { LogFault } from '../../domain/ledger/log-report.ts';
import { verifyLog } from '../../domain/ledger/verify-log.ts';
import { verifyTail } from '../../domain/ledger/verify-tail.ts';
import { findLostHead } from '../check-witnessed.ts';
import { readTrusted } from '../sequence-log.ts';
import type { Standing } from './check-listener.ts';
import { failed, passed, toFailure, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const tailLength = 256;

/** Numbering takes less than a second. */
const longestWaitMs = 10_000;

const runbook = 'Follow docs/runbooks/broken-log.md before anything else';

function toLogFindings(faults: readonly LogFault[]): readonly Finding[] {
  return faults
    .slice(0, 5)
    .map(({ code, index, detail }) => failed('log', `${code}${index === null ? '' : ` at entry ${index}`}: ${detail}`, runbook));
}

async function checkAll({ storage, config, keys }: Parts, progress: Ground['progress']): Promise<readonly Finding[]> {
  const { faults, size } = await verifyLog(
    { store: storage.ledger, trusted: await readTrusted({ config, keys, storage }), progress },
    { kept: [] },
  );
  return faults.length > 0 ? toLogFindings(faults) : [passed('log', `all ${size} entries verify under the newest checkpoint`)];
}

async function checkTail({ storage, config, keys }: Parts): Promise<readonly Finding[]> {
  const trusted = await readTrusted({ config, keys, storage });
  const { checkpoint, read, faults } = await verifyTail({ store: storage.ledger, trusted }, tailLength);
  if (checkpoint === undefined) {
    return [passed('log', 'nothing has been signed yet')];
  }
  const detail = `the newest checkpoint (size ${checkpoint.size}) verifies, and the last ${read} entries; --full reads all`;
  return faults.length > 0 ? toLogFindings(faults) : [passed('log', detail)];
}

async function checkWaiting({ storage }: Parts, standing: Standing): Promise<readonly Finding[]> {
  const oldest = await storage.health.findOldestPending();
  const waited = oldest === undefined ? 0 : systemClock.now() - oldest;
  if (waited < longestWaitMs) {
    return [];
  }
  const detail = `an entry has waited ${Math.round(waited / 1000)} s for its number`;
  return standing === 'answered'
    ? [failed('log', detail, 'The node does not number: look for ledger/broken or store/unavailable in its log')]
    : [warned('log', detail, 'It is numbered when a node starts, or by "huwiya audit verify"')];
}

type LedgerGround = Pick<Ground, 'config' | 'keys' | 'storage' | 'depth' | 'progress'>;

export async function checkLedger(ground: LedgerGround, standing: Standing): Promise<readonly Finding[]> {
  const { config, keys, storage, depth, progress } = ground;
  if (!config.ok || !keys.ok || storage === undefined || !(await storage.health.hasMigrations())) {
    return [warned('log', 'not looked at', 'Repair configuration, keys and database first')];
  }
  const parts = { config: config.value, keys: keys.value, storage };
  try {
    const found = depth === 'full' ? await checkAll(parts, progress) : await checkTail(parts);
    const lost = await findLostHead(parts);
    const witnessed =
      lost === undefined
        ? []
        : [failed('log', lost, 'Follow docs/runbooks/restore.md: an old copy is in its place, or somebody rewrote it')];
    return [...witnessed, ...found, ...(await checkWaiting(parts, standing))];
  } catch (thrown) {
    return [toFailure('log', thrown)];
  }
}
