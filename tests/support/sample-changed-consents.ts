// Consent pages of somebody who is asked again: because a part changed, and because so much did that everything is shown.

import type { ConsentChange, ConsentPage } from '../../views/models.ts';
import { createChoices, createNeeded, createVerification, day, now, sampleWords } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

/** A new detail, a longer time, another recipient, and a stronger sign-in. */
export function createChangedPage(page: ConsentPage, words: SampleWords): ConsentPage {
  const [attribute] = createNeeded(words);
  const added: readonly ConsentChange[] = attribute === undefined ? [] : [{ kind: 'new-needed', attribute }];
  const recipient = { name: words.housing.agencyName, role: 'processor' } as const;
  const items: readonly ConsentChange[] = [
    { kind: 'stronger-sign-in' },
    { kind: 'kept-longer', before: 'P6M', after: 'P1Y' },
    { kind: 'recipient', recipient },
    words === sampleWords.ar
      ? { kind: 'act', what: 'تجديد تصاريحك', at: 'واجهة التصاريح' }
      : { kind: 'act', what: 'Renew your permits', at: 'Permit interface' },
    { kind: 'verification', verification: createVerification(words) },
    ...added,
    { kind: 'new-choice', label: words.phone },
  ];
  const unchangedLabels = [words.birthdate, words.email];
  return {
    ...page,
    terms: { ...page.terms, retention: 'P1Y', others: [recipient], verification: createVerification(words) },
    choices: createChoices(words, true),
    continueAs: { fullName: words.fullName },
    changes: { acceptedAt: now - 200 * day, wasTold: false, isWhole: false, items, unchangedLabels },
  };
}

/** Of somebody who became a resident of another kind, on a purpose that was worded anew and is kept and used otherwise. */
export function createAgainPage(page: ConsentPage, words: SampleWords): ConsentPage {
  const use = { fetch: 'periodic', maxUses: 3, frequency: null, from: null, to: null } as const;
  const items: readonly ConsentChange[] = [
    { kind: 'person-kind' },
    { kind: 'purpose-words', before: words.contributions, after: words.renewal },
    { kind: 'use', before: use, after: { ...use, maxUses: null } },
    {
      kind: 'place',
      before: null,
      after: {
        transfers: [],
        ...(words === sampleWords.ar ? { location: 'الرياض', country: 'السعودية' } : { location: 'Riyadh', country: 'Saudi Arabia' }),
      },
    },
  ];
  return { ...page, changes: { acceptedAt: now - 200 * day, wasTold: false, isWhole: true, items, unchangedLabels: [] } };
}
