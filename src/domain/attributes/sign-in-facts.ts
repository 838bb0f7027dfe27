// What a service learns about a sign-in itself, which nobody is asked for, and what the catalogue leaves out with its reason. For documents and the public register.

import type { Wording } from './attribute.ts';

export type SignInFact = { readonly claim: string; readonly labels: Wording; readonly explanation: Wording };

export const signInFacts: readonly SignInFact[] = [
  {
    claim: 'sub',
    labels: { ar: 'معرّف الخدمة', en: 'Service identifier' },
    explanation: {
      ar: 'رقم يعرفك به هذا القطاع وحده. لا يعرفك به غيره.',
      en: 'A number by which this sector alone knows you. No other sector knows you by it.',
    },
  },
  {
    claim: 'acr',
    labels: { ar: 'مستوى التحقق', en: 'Level of the sign-in' },
    explanation: { ar: 'مدى قوة التحقق منك عند الدخول.', en: 'How strongly you were verified when you signed in.' },
  },
  {
    claim: 'amr',
    labels: { ar: 'طريقة التحقق', en: 'How you were verified' },
    explanation: { ar: 'نوع مفتاح المرور الذي دخلت به.', en: 'The kind of passkey that you signed in with.' },
  },
  {
    claim: 'auth_time',
    labels: { ar: 'وقت الدخول', en: 'Time of the sign-in' },
    explanation: { ar: 'متى دخلت بمفتاح المرور.', en: 'When you signed in with your passkey.' },
  },
];

/** Of the reference catalogue: what this version cannot answer truthfully, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  verified_claims: 'the level and the method of the sign-in are in `acr` and `amr`; evidence of proofing is not held as data',
  face_match: 'no register that is connected compares faces',
  relay_address: 'mail is not relayed; `email` can be left to the choice of the person',
};
