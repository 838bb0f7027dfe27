// What whoever asks may see: the log as it stood at a checkpoint, narrowed by the case or the mandate. Worked out once, before anything is counted.

import type { RegisteredService } from '../../agencies/agency.ts';
import type { Clock, Millis } from '../../kernel/clock.ts';
import { Fault, refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { makeFacts } from '../catch-up.ts';
import type { Sight } from './entry-search.ts';
import type { QuestionPorts } from './question.ts';

/** The case that is looked through, as its own folder opens it. */
export type Inside = {
  readonly id: string;
  readonly number: string;
  /** Null where everything is in sight. */
  readonly services: readonly string[] | null;
  readonly personRefs: readonly string[] | null;
  /** The time that the case is about; `to` is exclusive, null for open. */
  readonly covers: { readonly from: Millis | null; readonly to: Millis | null };
  readonly toPseudonym: (personRef: string) => string;
  /** The person of the case under this pseudonym. */
  readonly findPerson: (pseudonym: string) => Promise<string | undefined>;
  /** MUST be called with everybody who came up, before a pseudonym of theirs is handed out. */
  readonly remember: (personRefs: readonly string[]) => Promise<void>;
};

/** Through what is looked: a case, or none; and the services of a mandate that is one agency, or null. */
export type Standing = { readonly inside: Inside | null; readonly services: readonly string[] | null };

export type SightNeeds = QuestionPorts & { readonly clock: Clock };

export type SightAsked = {
  readonly standing: Standing;
  /** Size of an earlier checkpoint; null for the newest. */
  readonly asOf: number | null;
  /** The pseudonym that is asked about, if one is. */
  readonly person: string | undefined;
};

export type OpenSight = {
  readonly sight: Sight;
  /** Null before the first checkpoint. */
  readonly checkpoint: { readonly size: number; readonly at: Millis } | null;
  readonly registered: readonly RegisteredService[];
  readonly toPerson: (personRef: string | null) => string | null;
  /** Remembers everybody whom `toPerson` named. */
  readonly remember: () => Promise<void>;
};

/** Times that a question lets the facts catch up; each is bounded by itself. */
const patience = 50;

/** Throws Fault `store/unavailable` where the facts are too far behind the log: an answer from a part of it would look whole. */
async function bringUp(needs: SightNeeds, below: number): Promise<void> {
  let size = await makeFacts(needs);
  for (let round = 0; size < below && round < patience; round += 1) {
    size = await makeFacts(needs);
  }
  if (size < below) {
    throw new Fault('store/unavailable', 'the facts are behind the log');
  }
}

/** What is read may be a copy that is behind: then what is asked as of now is answered as of what it holds, and says so; what is asked as of a place has to wait. */
async function keepWithinReach(
  needs: SightNeeds,
  asOf: number | null,
  checkpoint: OpenSight['checkpoint'],
): Promise<OpenSight['checkpoint']> {
  const below = checkpoint?.size ?? 0;
  await bringUp(needs, below);
  const readable = await needs.facts.findReadable(below);
  if (readable >= below) {
    return checkpoint;
  }
  if (asOf !== null) {
    throw new Fault('store/unavailable', 'the copy that questions are read from is behind the log');
  }
  const held = await needs.ledger.findCheckpointUpTo(readable);
  return held === undefined ? null : { size: held.size, at: held.at };
}

async function findCheckpoint({ ledger }: SightNeeds, asOf: number | null): Promise<OpenSight['checkpoint'] | undefined> {
  const found = asOf === null ? await ledger.findCheckpoint() : await ledger.findCheckpointOfSize(asOf);
  if (found === undefined) {
    return asOf === null ? null : undefined;
  }
  return { size: found.size, at: found.at };
}

function toServices({ inside, services }: Standing): readonly string[] | null {
  const own = inside?.services ?? null;
  return own === null || services === null ? (own ?? services) : own.filter((each) => services.includes(each));
}

const toReach = (inside: Inside | null): Pick<Sight, 'personRefs' | 'covers'> =>
  inside === null ? { personRefs: null, covers: { from: null, to: null } } : { personRefs: inside.personRefs, covers: inside.covers };

type People = Pick<OpenSight, 'toPerson' | 'remember'> & { readonly refsOf: Sight['refsOf'] };

/** `known` are those whom the question asks about, by their pseudonyms; whom the answer has named can be asked about further. */
function namePeople(inside: Inside | null, known: ReadonlyMap<string, string>): People {
  const met = new Map(known);
  return {
    toPerson: (personRef) => {
      if (inside === null || personRef === null) {
        return null;
      }
      const pseudonym = inside.toPseudonym(personRef);
      met.set(pseudonym, personRef);
      return pseudonym;
    },
    remember: async () => inside?.remember([...met.values()]),
    refsOf: (pseudonym) => {
      const ref = met.get(pseudonym);
      return ref === undefined ? [] : [ref];
    },
  };
}

async function findKnown(inside: Inside | null, person: string | undefined): Promise<ReadonlyMap<string, string>> {
  const ref = person === undefined ? undefined : await inside?.findPerson(person);
  return new Map(person === undefined || ref === undefined ? [] : [[person, ref]]);
}

export async function openSight(needs: SightNeeds, asked: SightAsked): Promise<Outcome<OpenSight, 'audit/checkpoint-unknown'>> {
  const { standing, person } = asked;
  const found = await findCheckpoint(needs, asked.asOf);
  if (found === undefined) {
    return refuse('audit/checkpoint-unknown', 'the log has no checkpoint of this size');
  }
  const checkpoint = await keepWithinReach(needs, asked.asOf, found);
  const below = checkpoint?.size ?? 0;
  const registered = await needs.agencies.listServices();
  const { refsOf, ...people } = namePeople(standing.inside, await findKnown(standing.inside, person));
  const sight: Sight = {
    below,
    services: toServices(standing),
    ...toReach(standing.inside),
    servicesOf: (agency) => registered.filter((each) => each.agency.id === agency).map(({ service }) => service.clientId),
    refsOf,
  };
  return succeed({ sight, checkpoint, registered, ...people });
}
