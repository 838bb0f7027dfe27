// What may be told of a model to the person who holds one, and to services: never more than its maker says under the signature of a source.

import type { Model, UserVerification } from './model.ts';
import type { MetadataStore } from './store.ts';

export type DescribedModel = { readonly aaguid: string; readonly name: string; readonly userVerification: UserVerification };

/** Undefined where no source lists it now. FIDO's own word comes before that of others: its name sorts last among the sources, which are hexadecimal. */
export async function findModel(
  { metadata }: { readonly metadata: Pick<MetadataStore, 'findModels'> },
  aaguid: string,
): Promise<DescribedModel | undefined> {
  const listed = (await metadata.findModels(aaguid)).filter(({ isListed, description }) => isListed && description !== '');
  const model: Model | undefined = listed.at(-1);
  return model && { aaguid, name: model.description, userVerification: model.userVerification };
}
