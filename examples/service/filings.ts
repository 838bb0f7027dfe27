// What people have done here, under the subject that the provider gave: the same person has the same one at every sign-in. In memory only.

import { randomInt } from 'node:crypto';
import { keepRest, toEffect } from './taken-back.ts';
import type { TakenBack } from './taken-back.ts';

export type Answers = Readonly<Record<string, string>>;

export type Filing = { readonly reference: string; readonly answers: Answers };

/** Whose it is, and for what: a consent that ends takes along what was kept for its purpose, and nothing of another. */
export type Owner = { readonly subject: string; readonly purpose: string };

export type Filings = {
  readonly list: (owner: Owner) => readonly Filing[];
  readonly add: (owner: Owner, answers: Answers) => void;
  readonly takeBack: (back: TakenBack) => void;
};

const ownersLimit = 1000;
const perOwnerLimit = 20;

function toKey({ subject, purpose }: Owner): string {
  return `${subject} ${purpose}`;
}

export function createFilings(prefix: string): Filings {
  const filings = new Map<string, readonly Filing[]>();
  const list = (owner: Owner): readonly Filing[] => filings.get(toKey(owner)) ?? [];
  return {
    list,
    takeBack: (back) => {
      const effect = toEffect(back);
      if (effect === 'end') {
        filings.delete(toKey(back));
      } else if (effect === 'narrow' && filings.has(toKey(back))) {
        const rest = list(back).map(({ reference, answers }) => ({ reference, answers: keepRest(answers, back.ended) }));
        filings.set(toKey(back), rest);
      }
    },
    add: (owner, answers) => {
      const [oldest] = filings.keys();
      if (filings.size >= ownersLimit && oldest !== undefined) {
        filings.delete(oldest);
      }
      const filing = { reference: `${prefix}-${randomInt(100_000, 1_000_000)}`, answers };
      filings.set(toKey(owner), [filing, ...list(owner)].slice(0, perOwnerLimit));
    },
  };
}
