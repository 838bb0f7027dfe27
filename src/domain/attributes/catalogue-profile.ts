// The rest of OIDC Core 1.0 §5.1, so that ordinary services find every standard claim.

import { createAttribute } from './attribute.ts';
import { registry, self } from './sources.ts';

export const profileAttributes = [
  createAttribute({
    name: 'picture',
    labels: { ar: 'الصورة', en: 'Picture' },
    explanation: { ar: 'رابط صورتك في السجل.', en: 'A link to your picture in the register.' },
    format: 'url',
    scope: 'profile',
    source: registry,
    sensitivity: 'special',
    retention: 'P3M',
    example: 'https://pictures.example.test/0',
  }),
  createAttribute({
    name: 'profile',
    labels: { ar: 'الصفحة الشخصية', en: 'Profile page' },
    explanation: { ar: 'رابط صفحة عنك اخترتها أنت.', en: 'A link to a page about you that you chose.' },
    format: 'url',
    scope: 'profile',
    source: self,
    example: 'https://people.example.test/sara',
  }),
  createAttribute({
    name: 'website',
    labels: { ar: 'الموقع', en: 'Website' },
    explanation: { ar: 'رابط موقعك أو مدونتك.', en: 'A link to your website or blog.' },
    format: 'url',
    scope: 'profile',
    source: self,
    example: 'https://sara.example.test/',
  }),
  createAttribute({
    name: 'zoneinfo',
    labels: { ar: 'المنطقة الزمنية', en: 'Time zone' },
    explanation: { ar: 'المنطقة الزمنية التي اخترتها للمواعيد.', en: 'The time zone you chose for appointments.' },
    format: 'zoneinfo',
    scope: 'profile',
    source: self,
    example: 'Asia/Riyadh',
  }),
  createAttribute({
    name: 'locale',
    labels: { ar: 'اللغة', en: 'Language' },
    explanation: { ar: 'اللغة التي تفضّل أن تُخاطَب بها.', en: 'The language you like to be addressed in.' },
    format: 'locale',
    scope: 'profile',
    source: self,
    example: 'ar',
  }),
  createAttribute({
    name: 'updated_at',
    labels: { ar: 'آخر تحديث', en: 'Last update' },
    explanation: { ar: 'متى تغيّرت بياناتك في السجل آخر مرة.', en: 'When your details last changed in the register.' },
    format: 'moment',
    scope: 'profile',
    source: registry,
    example: 1763712000,
  }),
];
