// What the pages of the service say, and what it calls the attributes it may receive.

export type Language = 'ar' | 'en';

const ar = {
  otherLanguage: 'English',
  gov: 'خدمة حكومية إلكترونية',
  intro: 'للبدء، سجّل الدخول بهويتك الوطنية. سترى أولًا ما تطلبه هذه الخدمة ولماذا، وتختار ما تشاركه.',
  signIn: 'الدخول عبر هوية',
  signOut: 'تسجيل الخروج',
  fetchAgain: 'طلب البيانات مرة أخرى',
  again: 'تسجيل الدخول مرة أخرى',
  otherPurposes: 'خدمات أخرى',
  received: 'ما وصلنا عنك',
  nothing: 'لم يصلنا أي بيان.',
  answer: 'الرد كما وصل',
  subject: 'رقمك لدى هذه الجهة',
  level: 'درجة التحقق',
  yes: 'نعم',
  no: 'لا',
  refused: 'اخترت ألا تشارك بياناتك، ولم يصلنا بهذا الطلب شيء عنك. يمكنك المحاولة مرة أخرى متى شئت.',
  failed: 'لم يكتمل تسجيل الدخول. حاول مرة أخرى.',
  withdrawn: 'لم يعد يُسمح لنا بالحصول على بياناتك: سحبت موافقتك، أو انتهى تسجيل دخولك. حذفنا ما كان لدينا في هذه الزيارة.',
  fresh: 'وصلت بياناتك الآن.',
};

const en: typeof ar = {
  otherLanguage: 'العربية',
  gov: 'Government online service',
  intro: 'To begin, sign in with your national identity. First you see what this service asks for and why, and you choose what to share.',
  signIn: 'Sign in with Huwiya',
  signOut: 'Sign out',
  fetchAgain: 'Request the details again',
  again: 'Sign in again',
  otherPurposes: 'Other services',
  received: 'What we received about you',
  nothing: 'We received no details.',
  answer: 'The answer as it arrived',
  subject: 'Your number with this agency',
  level: 'Level of assurance',
  yes: 'Yes',
  no: 'No',
  refused: 'You chose not to share your details, and this request brought us nothing about you. You can try again at any time.',
  failed: 'Signing in did not succeed. Please try again.',
  withdrawn:
    'We may no longer receive your details: you withdrew your consent, or your sign-in has ended. We deleted what this visit held.',
  fresh: 'Your details have just arrived.',
};

export const words = { ar, en } as const satisfies Record<Language, typeof ar>;

const claimNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  given_name: { ar: 'الاسم الأول', en: 'Given name' },
  family_name: { ar: 'اسم العائلة', en: 'Family name' },
  name: { ar: 'الاسم الكامل', en: 'Full name' },
  email: { ar: 'البريد الإلكتروني', en: 'Email address' },
  email_verified: { ar: 'البريد متحقق منه', en: 'Email address verified' },
  phone_number: { ar: 'رقم الجوال', en: 'Mobile number' },
  phone_number_verified: { ar: 'رقم الجوال متحقق منه', en: 'Mobile number verified' },
  gender: { ar: 'الجنس', en: 'Gender' },
  city: { ar: 'المدينة', en: 'City' },
  age_over_18: { ar: 'العمر 18 سنة أو أكثر', en: 'Aged 18 or over' },
  is_employed: { ar: 'على رأس العمل', en: 'Employed' },
};

const tags: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ar: { ar: 'بالعربية', en: 'Arabic' },
  en: { ar: 'بالإنجليزية', en: 'English' },
};

/** OpenID Connect Core 1.0 §5.2: a language tag follows the name after a number sign. */
export function toClaimName(claim: string, language: Language): string {
  const [name = claim, tag = ''] = claim.split('#');
  const known = claimNames[name]?.[language] ?? name;
  const suffix = tags[tag]?.[language];
  return suffix === undefined ? known : `${known} (${suffix})`;
}
