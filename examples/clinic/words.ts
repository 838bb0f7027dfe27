// What the clinic service says.

import type { Language } from '../service/words.ts';

const ar = {
  steps: ['العيادة والوقت', 'التأكيد', 'مواعيدك'],
  lead: 'اختر العيادة والوقت، ثم ادخل عبر هوية لنعرف لمن الموعد. يمكنك الحجز أيضًا في أي مركز صحي.',
  clinic: 'العيادة',
  time: 'الوقت',
  review: 'تأكيد الموعد',
  reviewLead: 'وصل اسمك ورقمك من هوية بموافقتك. راجع الموعد ثم أكّده.',
  nearest: 'الأقرب إليك',
  cityUnknown: 'لم تشارك المدينة، فلا نعرف أقرب عيادة إليك.',
  doctor: 'الطبيب',
  doctorUnknown: 'لم تشارك الجنس، ولك أن تختار كما تريد.',
  doctors: { any: 'لا فرق', female: 'طبيبة', male: 'طبيب' },
  confirm: 'تأكيد الموعد',
  filed: 'مواعيدك',
  filedLead: 'حُجز موعدك. احضر قبل الموعد بعشر دقائق.',
  reference: 'الرقم المرجعي',
  another: 'حجز موعد آخر',
  other: 'خدمات أخرى',
  certificate: 'شهادة التطعيم',
  certificateLead: 'صدرت الشهادة. بياناتها وصلت من هوية، ولا نحفظها بعد إصدارها.',
  vaccinations: 'التطعيمات',
  visit: 'زيارة طبيب في المنزل',
  visitLead: 'وصل طلبك. أكّدت مشاركة هذه البيانات بمفتاح المرور، وتوقيعه في إيصالك.',
};

const en: typeof ar = {
  steps: ['Clinic and time', 'Confirm', 'Your appointments'],
  lead: 'Choose a clinic and a time, then sign in with Huwiya so that we know whom the appointment is for. You can also book at any health centre.',
  clinic: 'Clinic',
  time: 'Time',
  review: 'Confirm your appointment',
  reviewLead: 'Your name and number came from Huwiya with your consent. Check the appointment, then confirm it.',
  nearest: 'nearest to you',
  cityUnknown: 'You did not share your town, so we do not know which clinic is nearest to you.',
  doctor: 'Doctor',
  doctorUnknown: 'You did not share your gender, and you can choose as you wish.',
  doctors: { any: 'No preference', female: 'A woman', male: 'A man' },
  confirm: 'Confirm the appointment',
  filed: 'Your appointments',
  filedLead: 'Your appointment is booked. Please come ten minutes before it.',
  reference: 'Reference number',
  another: 'Book another appointment',
  other: 'Other services',
  certificate: 'Vaccination certificate',
  certificateLead: 'The certificate is issued. Its details came from Huwiya, and we do not keep them once it is issued.',
  vaccinations: 'Vaccinations',
  visit: 'A doctor at home',
  visitLead: 'Your request has arrived. You confirmed with your passkey what you share, and its signature is in your receipt.',
};

export const clinicWords = { ar, en } as const satisfies Record<Language, typeof ar>;
