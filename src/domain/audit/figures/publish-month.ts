// Publishes one month: counts people at a checkpoint after its end, protects the numbers once, signs them and keeps what was signed. The exact counts and the
// noise live for as long as this call and stand nowhere.

import { CompactSign } from 'jose';
import { toKind } from '../../agencies/resource-callers.ts';
import type { AgenciesStore } from '../../agencies/store.ts';
import type { ReceiptSigner } from '../../consent/receipt.ts';
import { dayMs } from '../../kernel/clock.ts';
import type { Clock } from '../../kernel/clock.ts';
import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome, Refused } from '../../kernel/errors.ts';
import { toDigest } from '../../kernel/ids.ts';
import type { Random } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { Actor, EventType } from '../../ledger/event.ts';
import type { LedgerStore, StoredCheckpoint } from '../../ledger/store.ts';
import { toDocument } from './document.ts';
import { figures, figureTypes, toCounts } from './figure.ts';
import type { Counts, MonthCounts, Named } from './figure.ts';
import { toPeriod } from './month.ts';
import type { Period } from './month.ts';
import { protectCounts } from './protect.ts';
import type { FiguresStore, PublishedEdition, PublishedFigures } from './store.ts';

export type PublishNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly figures: FiguresStore;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint'>;
  readonly agencies: Pick<AgenciesStore, 'listServices'>;
  readonly signer: Pick<ReceiptSigner, 'issuer' | 'key' | 'kid'>;
  readonly actor: Actor;
};

/** What was done in the last moment of a month has long been numbered by then, on every node. */
export const settleMs = dayMs;

export type Correction = { readonly reason: { readonly ar: string; readonly en: string } };

/** One correction. Whoever has k editions of a month takes the noise down to its kth part of a root. */
const lastEdition = 2;

type Refusal = 'figures/month-unknown' | 'figures/month-open' | 'figures/published' | 'figures/corrected' | 'figures/not-published';

type Place = Period & { readonly below: number };

async function countAgency({ figures: store }: PublishNeeds, services: readonly string[], place: Place): Promise<Counts<number>> {
  const counted = new Map<string, number>();
  for (const figure of figures) {
    const inTime = figure === 'answeredInTime' ? { inTime: true as const } : {};
    counted.set(figure, await store.countPeople({ ...place, ...inTime, types: figureTypes[figure], services }));
  }
  return toCounts((figure) => counted.get(figure) ?? 0);
}

const uncovering: readonly EventType[] = ['unmask.used', 'unmask.listed'];

async function countMonth(needs: PublishNeeds, place: Place): Promise<MonthCounts> {
  // By the register alone: whether an agency is listed must not follow from what people did.
  const services = (await needs.agencies.listServices()).filter(({ service }) => toKind(service) === 'service');
  const agencies: (Named & { readonly counts: Counts<number> })[] = [];
  for (const [agency, own] of Map.groupBy(services, ({ agency: { id } }) => id)) {
    const name = own[0]?.agency.name ?? { ar: agency, en: agency };
    const clientIds = own.map(({ service }) => service.clientId);
    agencies.push({ id: agency, name, counts: await countAgency(needs, clientIds, place) });
  }
  const asked = { ...place, types: uncovering };
  const unmasked = await needs.figures.countPeople({ ...asked, services: null });
  const uncovered = await needs.figures.countUncovered(asked);
  const sorted = agencies.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const unmaskedBy = [...sorted.map(({ id }) => id), null].map((agency) => ({ agency, people: uncovered.get(agency) ?? 0 }));
  return { agencies: sorted, unmasked, unmaskedBy };
}

type Ready = {
  readonly period: Period;
  readonly edition: number;
  readonly checkpoint: StoredCheckpoint;
  readonly earlier: readonly PublishedEdition[];
};

function judgeEdition(edition: number, correction: Correction | null): Refused<Refusal> | undefined {
  if (edition > 1 && correction === null) {
    return refuse('figures/published', 'the month was published');
  }
  if (edition > lastEdition) {
    return refuse('figures/corrected', 'each edition has noise of its own: many of them together would have none');
  }
  return edition === 1 && correction !== null
    ? refuse('figures/not-published', 'nothing was published that could be corrected')
    : undefined;
}

async function prepare(needs: PublishNeeds, month: string, correction: Correction | null): Promise<Outcome<Ready, Refusal>> {
  const period = toPeriod(month);
  if (period === undefined) {
    return refuse('figures/month-unknown', 'no month of the form 2026-10');
  }
  const checkpoint = await needs.ledger.findCheckpoint();
  if (checkpoint === undefined || needs.clock.now() < period.to + settleMs) {
    return refuse('figures/month-open', 'the month ended less than a day ago, or has not ended');
  }
  const earlier = await needs.figures.listEditions();
  const edition = earlier.filter((published) => published.month === month).length + 1;
  const refused = judgeEdition(edition, correction);
  return refused ?? succeed({ period, edition, checkpoint, earlier });
}

async function sign({ signer }: PublishNeeds, document: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(document))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: 'huwiya-figures+jwt' })
    .sign(signer.key);
}

/** Without `correction` the first edition. Of two that publish one month at once, one is refused and what it counted is gone. */
export async function publishMonth(
  needs: PublishNeeds,
  month: string,
  correction: Correction | null = null,
): Promise<Outcome<PublishedFigures, Refusal>> {
  const ready = await prepare(needs, month, correction);
  if (!ready.ok) {
    return ready;
  }
  const { period, edition, checkpoint, earlier } = ready.value;
  const counts = await countMonth(needs, { ...period, below: checkpoint.size });
  const publishedAt = needs.clock.now();
  const document = toDocument({
    ...period,
    issuer: needs.signer.issuer,
    month,
    edition,
    publishedAt,
    reason: correction?.reason ?? null,
    checkpoint: { size: checkpoint.size, root: checkpoint.root },
    shown: protectCounts(needs.random, counts),
    earlier,
  });
  const published = { month, edition, publishedAt, digest: toDigest(document), document, signature: await sign(needs, document) };
  const event = sealEvent(needs, {
    type: 'figures.published',
    personRef: null,
    actor: needs.actor,
    actedBy: null,
    payload: { month, edition, digest: published.digest, size: checkpoint.size },
  });
  const saved = await needs.figures.saveFigures(published, event);
  return saved === 'saved' ? succeed(published) : refuse(saved, 'the month was published meanwhile');
}
