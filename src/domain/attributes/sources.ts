// The registers values come from, as the consent page names them ("from: Civil Status"), and where a value that is wrong is put right:
// Huwiya repeats a register and must never correct it itself, or the next import would undo what the person was told.

import type { Source, Wording } from './attribute.ts';

export const civilStatus: Source = { id: 'civil-status', labels: { ar: 'الأحوال المدنية', en: 'Civil Status' } };
export const police: Source = { id: 'police', labels: { ar: 'شؤون الإقامة', en: 'Residency Affairs' } };
export const borders: Source = { id: 'borders', labels: { ar: 'الجوازات والمنافذ', en: 'Passports and Borders' } };
export const post: Source = { id: 'post', labels: { ar: 'العنوان الوطني', en: 'National Address' } };
export const labour: Source = { id: 'labour', labels: { ar: 'سجل العمل والتأمينات', en: 'Labour and Insurance Register' } };
export const socialAffairs: Source = { id: 'social-affairs', labels: { ar: 'الشؤون الاجتماعية', en: 'Social Affairs' } };
export const commerce: Source = { id: 'commerce', labels: { ar: 'السجل التجاري', en: 'Commercial Register' } };
export const court: Source = { id: 'court', labels: { ar: 'سجل الولاية', en: 'Guardianship Register' } };
export const self: Source = { id: 'self', labels: { ar: 'منك', en: 'you' } };
export const registry: Source = { id: 'registry', labels: { ar: 'سجل هوية', en: 'Huwiya Registry' } };

/** Who owns a register, where a person asks there for a correction, and what to bring. */
export type Correction = { readonly owner: Wording; readonly where: Wording; readonly bring: Wording };

const registrationOffice: Correction = {
  owner: { ar: 'مكتب التسجيل في هوية', en: 'The registration office of Huwiya' },
  where: { ar: 'في أي مكتب تسجيل.', en: 'At any registration office.' },
  bring: { ar: 'وثيقتك الأصلية.', en: 'Your original document.' },
};

const corrections: Readonly<Record<string, Correction>> = {
  [self.id]: registrationOffice,
  [registry.id]: registrationOffice,
  [civilStatus.id]: {
    owner: { ar: 'إدارة الأحوال المدنية', en: 'The Civil Status Department' },
    where: { ar: 'في أي مكتب للأحوال المدنية، بحضورك أو حضور وليّك.', en: 'At any Civil Status office, by you or your guardian.' },
    bring: {
      ar: 'بطاقة الهوية، ووثيقة تبيّن الصواب، مثل شهادة الميلاد أو عقد الزواج.',
      en: 'Your identity card, and a document that shows what is right, such as a birth or marriage certificate.',
    },
  },
  [police.id]: {
    owner: { ar: 'إدارة شؤون الإقامة', en: 'The Residency Affairs Department' },
    where: { ar: 'في مكتب شؤون الإقامة في منطقتك.', en: 'At the Residency Affairs office of your region.' },
    bring: { ar: 'بطاقة الإقامة وجواز السفر.', en: 'Your residence card and your passport.' },
  },
  [borders.id]: {
    owner: { ar: 'إدارة الجوازات والمنافذ', en: 'The Passports and Borders Department' },
    where: { ar: 'في أي مكتب للجوازات.', en: 'At any passport office.' },
    bring: { ar: 'جواز السفر، والتأشيرة إن وُجدت.', en: 'Your passport, and your visa if you have one.' },
  },
  [post.id]: {
    owner: { ar: 'إدارة العنوان الوطني', en: 'The National Address office' },
    where: { ar: 'في موقع العنوان الوطني، أو في أي مكتب بريد.', en: 'On the National Address site, or at any post office.' },
    bring: {
      ar: 'بطاقة الهوية، وعقد إيجار أو فاتورة خدمات باسمك.',
      en: 'Your identity card, and a lease or a utility bill in your name.',
    },
  },
  [labour.id]: {
    owner: { ar: 'سجل العمل والتأمينات', en: 'The Labour and Insurance Register' },
    where: {
      ar: 'عن طريق جهة عملك، أو في أي مكتب للعمل.',
      en: 'Through your employer, or at any labour office.',
    },
    bring: { ar: 'بطاقة الهوية وعقد العمل.', en: 'Your identity card and your contract of employment.' },
  },
  [socialAffairs.id]: {
    owner: { ar: 'إدارة الشؤون الاجتماعية', en: 'The Social Affairs Department' },
    where: { ar: 'في أي مكتب للشؤون الاجتماعية.', en: 'At any Social Affairs office.' },
    bring: {
      ar: 'بطاقة الهوية، والتقرير أو القرار الذي يبيّن الصواب.',
      en: 'Your identity card, and the report or decision that shows what is right.',
    },
  },
  [court.id]: {
    owner: { ar: 'إدارة سجل الولاية في المحاكم', en: 'The Guardianship Register of the courts' },
    where: { ar: 'في المحكمة المختصة.', en: 'At the court that decides it.' },
    bring: { ar: 'بطاقة الهوية، وصك الولاية.', en: 'Your identity card, and the order of guardianship.' },
  },
  [commerce.id]: {
    owner: { ar: 'إدارة السجل التجاري', en: 'The Commercial Register office' },
    where: { ar: 'في موقع السجل التجاري، أو في أي مكتب له.', en: 'On the site of the Commercial Register, or at any of its offices.' },
    bring: {
      ar: 'بطاقة الهوية، وعقد التأسيس أو قرار الشركاء.',
      en: 'Your identity card, and the founding contract or the partners’ decision.',
    },
  },
};

/** A register without words of its own is asked through the registration office, which knows every register's owner. */
export function getCorrection(source: Source): Correction {
  return corrections[source.id] ?? registrationOffice;
}

export function hasOwnCorrection(source: Source): boolean {
  return Object.hasOwn(corrections, source.id);
}
