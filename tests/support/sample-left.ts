// The services of a session that has ended, one in each state that can still change.

import type { LeftService } from '../../views/left-model.ts';
import type { SampleWords } from './sample-words.ts';

export function createLeft(words: SampleWords): readonly LeftService[] {
  return [
    { name: words.labour.serviceName, state: 'told' },
    { name: words.housing.serviceName, state: 'trying' },
    { name: words.insurance.serviceName, state: 'failed' },
  ];
}
