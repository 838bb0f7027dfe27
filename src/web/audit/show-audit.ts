// The first page of the auditor's desk. It hands out no entry, so it leaves none: of what the rules found it holds the bare count.

import { dayMs } from '../../domain/kernel/clock.ts';
import type { Context } from 'koa';
import type { EventType } from '../../domain/ledger/event.ts';
import { renderAuditDeskPage } from '../../../views/audit-desk.ts';
import { lateAfterMs } from '../../domain/ledger/whole-verification.ts';
import type { LogVerified, QuickStart } from '../../../views/audit-model.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { readDeskWork } from './desk-work.ts';
import { openAudit } from './open-audit.ts';
import { toDay } from './parse-instant.ts';
import { readWitnesses } from './read-witnesses.ts';

type Start = { readonly types: readonly EventType[]; readonly days: number };

const registerTypes: readonly EventType[] = [
  'agency.changed',
  'agency.host_proven',
  'service.changed',
  'service.status_changed',
  'purpose.submitted',
  'purpose.approved',
  'purpose.declined',
  'purpose.changed',
  'purpose.retired',
];

const starts = {
  withdrawals: { types: ['consent.withdrawn'], days: 7 },
  shares: { types: ['data.released'], days: 1 },
  'over-asks': { types: ['data.over_ask'], days: 30 },
  refusals: { types: ['consent.refused'], days: 7 },
  register: {
    types: registerTypes,
    days: 30,
  },
  looks: { types: ['record.searched', 'record.viewed', 'export.created'], days: 7 },
} as const satisfies Record<Exclude<QuickStart, 'newest'>, Start>;

/** The last days are whole days, today among them. */
function toUrl({ types, days }: Start, now: number): string {
  const from = toDay(now - (days - 1) * dayMs);
  return `/audit/entries?${new URLSearchParams({ type: types.join(','), from }).toString()}`;
}

async function readVerified({ verifications, clock }: PageNeeds): Promise<LogVerified | null> {
  const [last] = await verifications.listVerifications(1);
  return last === undefined ? null : { at: last.endedAt, isWhole: last.faults === 0, isLate: clock.now() - last.endedAt > lateAfterMs };
}

export async function showAudit(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const now = needs.clock.now();
  const head = await needs.ledger.findCheckpoint();
  const page = renderAuditDeskPage(audit.frame, {
    head: head === undefined ? null : { size: head.size, at: head.at },
    quickUrls: {
      withdrawals: toUrl(starts.withdrawals, now),
      shares: toUrl(starts.shares, now),
      'over-asks': toUrl(starts['over-asks'], now),
      refusals: toUrl(starts.refusals, now),
      register: toUrl(starts.register, now),
      looks: toUrl(starts.looks, now),
      newest: '/audit/entries?order=newest-first',
    },
    openUrl: '/audit/open',
    work: await readDeskWork(needs, audit),
    witnesses: await readWitnesses(needs),
    verified: await readVerified(needs),
    logUrl: '/audit/log',
  });
  sendPage(ctx, page);
}
