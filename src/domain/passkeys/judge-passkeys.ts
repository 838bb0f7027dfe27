// After metadata came, every passkey of a model that changed is judged anew, some at a time. Nobody waits for it to be safe: a warning counts before.

import type { Model } from '../metadata/model.ts';
import type { MetadataStore } from '../metadata/store.ts';
import { isVouchedFor } from './judge-standing.ts';

type JudgeNeeds = { readonly metadata: Pick<MetadataStore, 'listUnjudged' | 'findModels' | 'saveJudged'> };

const atOnce = 200;

/** How many were judged; call again while it is not 0. */
export async function judgePasskeys({ metadata }: JudgeNeeds): Promise<number> {
  const unjudged = await metadata.listUnjudged(atOnce);
  const models = new Map<string, readonly Model[]>();
  for (const aaguid of new Set(unjudged.map((passkey) => passkey.aaguid))) {
    models.set(aaguid, await metadata.findModels(aaguid));
  }
  const judged = unjudged.map((passkey) => {
    const { id, holder, version, aaguid } = passkey;
    return { id, holder, version, isTrusted: isVouchedFor(passkey, models.get(aaguid) ?? []) };
  });
  if (judged.length > 0) {
    await metadata.saveJudged(judged);
  }
  return judged.length;
}
