// The approver's desk, in Arabic: what waits, what changes, the decision.

import { arMembers } from './ar-members.ts';

const changes = {
  'change-agency-created': 'جهة جديدة',
  'change-agency-changed': 'تغيير جهة',
  'change-agency-retired': 'إنهاء جهة',
  'change-service-created': 'خدمة جديدة',
  'change-service-changed': 'تغيير خدمة',
  'change-service-retired': 'إنهاء خدمة',
  'change-purpose-created': 'غرض جديد',
  'change-purpose-changed': 'تغيير غرض',
  'change-purpose-retired': 'إنهاء غرض',
  'change-count': `.input {$count :integer}
.match $count
zero {{لا تغييرات}}
one {{تغيير واحد}}
two {{تغييران}}
few {{{$count} تغييرات}}
many {{{$count} تغييرًا}}
* {{{$count} تغيير}}`,
  'field-text': 'نص الغرض',
  'field-legal-basis': 'الأساس',
  'field-attributes': 'البيانات',
  'field-retention': 'مدة الحفظ',
  'field-expires-after': 'مدة الموافقة',
  'field-is-default': 'الغرض المعتاد للخدمة',
  'field-name': 'الاسم',
  'field-class': 'الفئة التقنية',
  'field-sector': 'القطاع',
  'field-audience': 'لمن الخدمة',
  'field-minimum-level': 'أدنى تحقق',
  'field-registration-number': 'رقم التسجيل',
  'field-contacts': 'جهات الاتصال',
  'field-secret': 'السر',
  'field-secret-value': 'سر جديد (لا يظهر هنا)',
  'field-secret-known': 'السر المستعمل (لا يظهر هنا)',
  'field-keys': 'المفاتيح العامة',
  'field-redirect-uris': 'عناوين العودة',
  'field-post-logout-uris': 'عناوين العودة بعد الخروج',
  'field-logout-uri': 'عنوان الإبلاغ بالخروج',
  'field-before': 'الآن',
  'field-before-end': 'حين انتهى',
  'field-after': 'بعد الاعتماد',
  'field-nothing': 'لا شيء',
  'basis-consent': 'موافقة',
  'basis-contract': 'عقد',
  'basis-legal_obligation': 'التزام بالقانون',
  'basis-public_task': 'مهمة عامة',
  'basis-vital': 'حماية الحياة والسلامة',
  'basis-legitimate': 'مصلحة مشروعة',
} as const;

const decision = {
  'submissions-lead': 'كل ما هو جديد أو أوسع ينتظر قرارك هنا. ما يقلّص يسري دون انتظار.',
  'submissions-none': 'لا شيء ينتظر. تظهر هنا طلبات الجهات عند تقديمها.',
  'submission-press-approve': 'التأكيد والاعتماد',
  'submission-press-decline': 'التأكيد والرفض',
  'submission-confirm-approve': 'تعتمد هذا الطلب بمفتاح المرور. والاعتماد قيد باسمك.',
  'submission-confirm-decline': 'ترفض هذا الطلب بمفتاح المرور. والرفض قيد باسمك.',
  'submission-confirm-changes': 'عدد التغييرات',
  'submission-title': 'طلب تغيير في سجل الخدمات',
  'submission-lead': 'لا يسري شيء منه قبل الاعتماد. النصوص معروضة كما سيقرؤها الناس، باللغتين.',
  'submission-by-operator': 'قدّمه المشغّل',
  'submission-stale': 'تغيّر سجل الخدمات بعد تقديم هذا الطلب، فلا يمكن اعتماده. يُرفض، ثم يُقدَّم من جديد.',
  'submission-conflicting':
    'في هذا الطلب اسم أو قطاع أو نطاق أو مفتاح صار لجهة أو خدمة أخرى، فلا يمكن اعتماده. يُرفض، ثم تُصحّحه الجهة وتقدّمه من جديد.',
  'submission-unproven':
    'لا يمكن اعتماد هذا الطلب بعد. خدمات هذه الفئة لا تُعتمد حتى تُثبت الجهة ملكيتها لكل نطاق فيها، وما لم يثبت معروض أعلاه. يُطلب من الجهة نشر سطر الإثبات، ثم يُعتمد الطلب.',
  'submission-decision': 'القرار',
  'submission-reason': 'السبب',
  'submission-reason-hint': 'لازم عند الرفض. يُقيَّد في السجل، فلا أسماء أشخاص فيه.',
  'submission-lacks-reason': 'الرفض يحتاج إلى سبب.',
  'submission-approve': 'اعتماد الطلب',
  'submission-decline': 'رفض الطلب',
  'submission-logged': 'القرار مقيَّد في السجل باسم حسابك، ولا يمكن التراجع عنه إلا بطلب جديد.',
  'submission-approved': 'اعتُمد الطلب، وسرى كله الآن.',
  'submission-declined': 'رُفض الطلب. لم يتغيّر شيء.',
  'error-submission-unknown-title': 'لا يوجد طلب بهذا العنوان',
  'error-submission-unknown-meaning': 'قد يكون العنوان ناقصًا. لم يتغيّر شيء.',
  'error-submission-unknown-next': 'العودة إلى الطلبات المنتظرة، ثم اختيار الطلب منها.',
  'error-submission-decided-title': 'سبق القرار في هذا الطلب',
  'error-submission-decided-meaning': 'اعتُمد الطلب أو رُفض من قبل. لم يتغيّر شيء الآن.',
  'error-submission-decided-next': 'العودة إلى الطلبات المنتظرة.',
  'error-submission-stale-title': 'لا يمكن اعتماد هذا الطلب',
  'error-submission-stale-meaning': 'تغيّر سجل الخدمات بعد تقديم الطلب. لم يسرِ شيء منه.',
  'error-submission-stale-next': 'رفض الطلب مع ذكر السبب، ثم تقديمه من جديد.',
  'error-submission-conflicting-title': 'لا يمكن اعتماد هذا الطلب',
  'error-submission-conflicting-meaning': 'فيه اسم أو قطاع أو نطاق أو مفتاح صار لجهة أو خدمة أخرى بعد تقديمه. لم يتغيّر شيء.',
  'error-submission-conflicting-next': 'رفض الطلب مع ذكر السبب، لتصحّحه الجهة وتقدّمه من جديد.',
  'error-submission-unproven-title': 'لا يمكن اعتماد هذا الطلب بعد',
  'error-submission-unproven-meaning': 'لم تُثبت الجهة ملكيتها لنطاق من نطاقات خدمتها. لم يتغيّر شيء، والطلب ما زال ينتظر.',
  'error-submission-unproven-next': 'طلب نشر سطر الإثبات من الجهة، ثم اعتماد الطلب حين يظهر الإثبات في صفحته.',
  'error-submission-own-title': 'القرار لشخص آخر',
  'error-submission-own-meaning': 'من يقدّم طلبًا لا يقرر فيه. لم يتغيّر شيء.',
  'error-submission-own-next': 'ترك القرار لمعتمِد آخر.',
  'error-submission-approved-title': 'سبق أن اعتمدت هذا الطلب',
  'error-submission-approved-meaning': 'اعتمادك مقيَّد، ولم يتغيّر شيء بعد. هذا الطلب يحتاج إلى معتمِد آخر.',
  'error-submission-approved-next': 'ترك القرار لمعتمِد آخر.',
} as const;

export const arOffice = { ...changes, ...decision, ...arMembers } as const;
