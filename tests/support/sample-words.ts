// Invented data of the demo world in both languages, for pages that are looked at and tested without a server.

import type { AskedAttribute, Asker, ChosenAttribute } from '../../views/models.ts';
import type { ShownVerification, Terms } from '../../views/terms-model.ts';

export const now = Date.parse('2026-11-21T06:14:00Z');
export const day = 24 * 60 * 60 * 1000;

const ar = {
  name: 'سارة',
  auditor: 'نورة السالم',
  fullName: 'سارة عبدالله القحطاني',
  officeKey: 'مفتاح المكتب',
  keychain: 'سلسلة مفاتيح iCloud',
  labour: { serviceName: 'تصاريح العمل', agencyName: 'وزارة العمل', domain: 'mol.example' },
  housing: { serviceName: 'دعم السكن', agencyName: 'صندوق الإسكان', domain: 'hf.example' },
  insurance: { serviceName: 'سجل الاشتراكات', agencyName: 'هيئة التأمينات الاجتماعية', domain: 'sia.example' },
  renewal: 'تجديد تصريح العمل',
  support: 'صرف دعم السكن',
  contributions: 'تسجيل الاشتراك في التأمينات',
  law: 'المادة 18 من قانون التأمينات الاجتماعية',
  fullNameLabel: 'الاسم الكامل',
  age: 'بلوغ 18 سنة',
  employer: 'جهة العمل',
  employerValue: 'شركة الأفق للاستشارات',
  birthdate: 'تاريخ الميلاد',
  phone: 'رقم الجوال',
  email: 'البريد الإلكتروني',
  number: 'رقم الهوية الوطنية',
  address: 'العنوان الوطني',
  marital: 'الحالة الاجتماعية',
  picture: 'الصورة',
  civilStatus: 'الأحوال المدنية',
  socialInsurance: 'التأمينات الاجتماعية',
  whyName: 'ليصدر التصريح باسمك الصحيح.',
  whyAge: 'شرط للتصريح. لا تتلقى الوزارة تاريخ ميلادك.',
  whyEmployer: 'يرتبط التصريح بجهة عمل واحدة.',
  whyBirthdate: 'لحساب سن الاستحقاق.',
  whyPhone: 'لتذكيرك برسالة قبل انتهاء التصريح بشهر.',
  whyVerification: 'يطلب النظام أن تعرف الوزارة كيف جرى التأكد من هويتك.',
  whyEmail: 'لإرسال نسخة من التصريح.',
  whyNumber: 'لربط التصريح بملفك في الوزارة.',
  whatEmail: 'عنوان بريدك الإلكتروني.',
  report: 'طُلب بريدي في يوم لم أدخل فيه الخدمة.',
  answer: 'راجعنا القيد مع الجهة. كان الطلب من خدمة أخرى لها، وقد أوقفته.',
} as const;

export type SampleWords = Readonly<Record<Exclude<keyof typeof ar, 'labour' | 'housing' | 'insurance'>, string>> & {
  readonly labour: Asker;
  readonly housing: Asker;
  readonly insurance: Asker;
};

const en: SampleWords = {
  name: 'Sara',
  auditor: 'Noura Alsalem',
  fullName: 'Sara Abdullah Alqahtani',
  officeKey: 'Office key',
  keychain: 'iCloud Keychain',
  labour: { serviceName: 'Work permits', agencyName: 'Ministry of Labour', domain: 'mol.example' },
  housing: { serviceName: 'Housing support', agencyName: 'Housing Fund', domain: 'hf.example' },
  insurance: { serviceName: 'Contribution record', agencyName: 'Social Insurance Authority', domain: 'sia.example' },
  renewal: 'Renew a work permit',
  support: 'Pay housing support',
  contributions: 'Register social insurance contributions',
  law: 'Social Insurance Law, article 18',
  fullNameLabel: 'Full name',
  age: 'Aged 18 or over',
  employer: 'Employer',
  employerValue: 'Horizon Consulting',
  birthdate: 'Date of birth',
  phone: 'Mobile number',
  email: 'Email',
  number: 'National number',
  address: 'National address',
  marital: 'Marital status',
  picture: 'Picture',
  civilStatus: 'Civil Status',
  socialInsurance: 'Social Insurance',
  whyName: 'So that the permit carries your right name.',
  whyAge: 'A condition of the permit. The Ministry does not receive your date of birth.',
  whyEmployer: 'The permit is tied to one employer.',
  whyBirthdate: 'To work out the age of entitlement.',
  whyPhone: 'To remind you by message a month before the permit ends.',
  whyVerification: 'The law asks the Ministry to know how it was made sure who you are.',
  whyEmail: 'To send you a copy of the permit.',
  whyNumber: 'To link the permit to your file at the Ministry.',
  whatEmail: 'Your email address.',
  report: 'My email was asked for on a day when I did not use the service.',
  answer: 'We checked the entry with the agency. Another service of theirs had asked, and they have stopped it.',
};

export const sampleWords: Readonly<Record<'ar' | 'en', SampleWords>> = { ar, en };

export function createNeeded(words: SampleWords): readonly AskedAttribute[] {
  const common = { answerOnly: false, source: words.civilStatus, retention: 'P2Y' };
  return [
    { ...common, name: 'name', label: words.fullNameLabel, value: { kind: 'name', text: words.fullName }, why: words.whyName },
    { ...common, name: 'age_over_18', label: words.age, answerOnly: true, value: { kind: 'answer', yes: true }, why: words.whyAge },
    { ...common, name: 'birthdate', label: words.birthdate, value: { kind: 'date', text: '1990-05-17' }, why: words.whyBirthdate },
    { ...common, name: 'national_id', label: words.number, value: { kind: 'code', text: '1000000008' }, why: words.whyNumber },
    {
      ...common,
      name: 'employer',
      label: words.employer,
      value: { kind: 'name', text: words.employerValue },
      why: words.whyEmployer,
      source: words.socialInsurance,
    },
  ];
}

export function createChoices(words: SampleWords, checked: boolean): readonly ChosenAttribute[] {
  const common = { answerOnly: false, source: null, retention: 'P1Y', checked };
  return [
    { ...common, name: 'phone_number', label: words.phone, value: { kind: 'phone', text: '555 010 0142' }, why: words.whyPhone },
    { ...common, name: 'email', label: words.email, value: { kind: 'email', text: 'sara@example.test' }, why: words.whyEmail },
    { ...common, name: 'address', label: words.address, value: { kind: 'missing' }, why: words.whyEmail },
  ];
}

export function createVerification(words: SampleWords): ShownVerification {
  return {
    attributes: [words.fullNameLabel, words.birthdate],
    parts: ['trust_framework', 'assurance_level', 'time', 'details'],
    why: words.whyVerification,
  };
}

export function createTerms(purpose: string, recipient: string): Terms {
  const use = { fetch: 'periodic', maxUses: null, frequency: null, from: null, to: null } as const;
  return {
    purpose,
    recipient,
    registerUrl: '/services/mol-work-permit',
    others: [],
    acts: [],
    verification: null,
    storage: null,
    use,
    retention: 'P2Y6M',
    endsAt: now + 365 * day,
    isOffline: true,
    contact: 'privacy@mol.example',
  };
}

const spelt = ['سارة عبدالله القحطاني', 'Sara Abdullah Alqahtani'] as const;

/** A person as a counter shows them: first in the language of the page. */
export const toBothNames = (language: 'ar' | 'en'): readonly string[] => (language === 'ar' ? spelt : spelt.toReversed());

/** Of whoever sits at a counter. */
export const registrarNames = { ar: 'فهد العتيبي', en: 'Fahad Alotaibi' } as const;
/** As the registry holds them, in both scripts. */
export const sampleNames = [
  { language: 'ar', text: 'سارة عبدالله القحطاني' },
  { language: 'en', text: 'Sara Abdullah Alqahtani' },
] as const;
