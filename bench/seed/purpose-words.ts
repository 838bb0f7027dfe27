// Why each detail is asked, in plain words, and where data are kept that leave the country.

type Localized = { readonly ar: string; readonly en: string };

const forRequest = { ar: 'لتسجيل الطلب باسمك.', en: 'To register the request in your name.' };
const forAge = { ar: 'للتأكد من شرط العمر.', en: 'To check the required age.' };
const forMatch = { ar: 'لمطابقة بياناتك مع السجل.', en: 'To match you with the register.' };
const forContact = { ar: 'لإبلاغك بنتيجة الطلب.', en: 'To tell you what became of it.' };
const forPlace = { ar: 'لتقديم الخدمة في منطقتك.', en: 'To serve you where you live.' };
const forRight = { ar: 'للتأكد من استحقاقك للخدمة.', en: 'To check that you are entitled.' };

const reasons: Readonly<Record<string, Localized>> = {
  name: forRequest,
  given_name: forRequest,
  family_name: forRequest,
  birthdate: forAge,
  age_over_18: forAge,
  gender: forRight,
  email: forContact,
  phone_number: forContact,
  address: forPlace,
  city: forPlace,
  region: forPlace,
  national_id: forMatch,
  national_id_last4: forMatch,
  residency_number: forMatch,
  passport_number: forMatch,
  picture: forMatch,
};

export type AskedWord = { readonly name: string; readonly necessity: 'required' | 'optional'; readonly why: Localized };

/** `email?` is one that people may leave out. */
export function toAttribute(word: string): AskedWord {
  const name = word.replace('?', '');
  return { name, necessity: word.endsWith('?') ? 'optional' : 'required', why: reasons[name] ?? forRight };
}

const cloud = { ar: 'مركز بيانات في ألمانيا', en: 'A data centre in Germany' };
const copy = { ar: 'نسخة احتياطية خارج البلاد.', en: 'A copy is kept abroad.' };
const own = { ar: 'مركز البيانات الوطني', en: 'The national data centre' };

const storages: Readonly<Record<string, object>> = {
  offers: { location: cloud, jurisdiction: 'DE', transfers: [{ country: 'IE', why: { ar: 'لتحليل العروض.', en: 'To analyse offers.' } }] },
  'fan-card': { location: cloud, jurisdiction: 'DE' },
  quote: { location: own, jurisdiction: 'SA', transfers: [{ country: 'CH', why: copy }] },
  membership: { location: cloud, jurisdiction: 'DE' },
};

/** Of purposes that keep data abroad, or send them there. */
export function findStorage(purposeId: string): object | undefined {
  return storages[purposeId];
}
