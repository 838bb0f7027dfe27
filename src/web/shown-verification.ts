// What a service may be told of how a person's identity was checked, as pages show it.

import { getAttribute } from '../domain/attributes/catalogue.ts';
import type { Verification } from '../domain/agencies/agency.ts';
import type { Language } from '../domain/people/person.ts';
import type { ShownVerification } from '../../views/terms-model.ts';

export function toShownVerification({ attributes, evidence, parts, why }: Verification, language: Language): ShownVerification {
  return {
    attributes: attributes.map((name) => getAttribute(name).labels[language]),
    parts: ['trust_framework', ...parts, ...(evidence === 'none' ? [] : [evidence])],
    why: why[language],
  };
}
