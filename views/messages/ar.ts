// The original texts. Arabic is written first; the words are those of the glossary of the interface, forms read alike for women and men,
// verbs and adjectives never have to agree with the name of an agency, whose grammatical gender no page knows.

import { arAudit } from './ar-audit.ts';
import { arAuditCases } from './ar-audit-cases.ts';
import { arDesk } from './ar-desk.ts';
import { arSaved } from './ar-saved.ts';
import { arAnswers } from './ar-answers.ts';
import { arQuestions } from './ar-questions.ts';
import { arBreach } from './ar-breach.ts';
import { arSuspensions } from './ar-suspensions.ts';
import { arUnmask } from './ar-unmask.ts';
import { arAccount } from './ar-account.ts';
import { arCases } from './ar-cases.ts';
import { arChanges } from './ar-changes.ts';
import { arAnomalies } from './ar-anomalies.ts';
import { arFigures } from './ar-figures.ts';
import { arRegister } from './ar-register.ts';
import { arRegistration } from './ar-registration.ts';
import { arClasses, arReview } from './ar-classes.ts';
import { arConfirm } from './ar-confirm.ts';
import { arLevels } from './ar-levels.ts';
import { arDetails } from './ar-details.ts';
import { arDuties } from './ar-duties.ts';
import { arErrors } from './ar-errors.ts';
import { arExports } from './ar-exports.ts';
import { arProofing } from './ar-proofing.ts';
import { arPurpose } from './ar-purpose.ts';
import { arReports } from './ar-reports.ts';
import { arOwnPage } from './ar-own-page.ts';
import { arProtection } from './ar-protection.ts';
import { arReceipt } from './ar-receipt.ts';
import { arSecurity } from './ar-security.ts';
import { arRecovery } from './ar-recovery.ts';
import { arShared } from './ar-shared.ts';
import { arSharing } from './ar-sharing.ts';
import { arGoOn } from './ar-go-on.ts';
import { arSignOut } from './ar-sign-out.ts';
import { arStaff } from './ar-staff.ts';
import { arVerification } from './ar-verification.ts';

const frame = {
  brand: 'هوية',
  'skip-to-content': 'الانتقال إلى المحتوى',
  'other-language': 'English',
  'footer-about': 'هوية هي بوابة الدخول إلى الخدمات الحكومية. العنوان الصحيح هو {#code}{$host}{/code}',
  'sign-out': 'خروج',
  places: 'أقسام صفحتي',
  'place-account': 'صفحتي',
  'continue-as': 'المتابعة باسم {#strong}{$name}{/strong}',
  'switch-person': 'ليس هذا أنا: الدخول بهوية أخرى',
  'more-details': 'تفاصيل أخرى',
  'number-ending': 'رقم هوية ينتهي بـ {#code}{$digits}{/code}',
} as const;

const values = {
  show: 'إظهار',
  hide: 'إخفاء',
  'value-missing': 'غير مسجَّل لدينا',
  'value-withheld': 'لا يظهر على هذا الجهاز',
  'answer-yes': 'نعم',
  'answer-no': 'لا',
  'answer-only': 'الجواب فقط',
  'fact-source': 'المصدر: {$source}',
  'fact-source-self': 'المصدر: أنت',
  'fact-kept': 'الحفظ: {$duration}',
  'attribute-count': `.input {$count :integer}
.match $count
zero {{لا بيانات}}
one {{بيان واحد}}
two {{بيانان}}
few {{{$count} بيانات}}
many {{{$count} بيانًا}}
* {{{$count} بيان}}`,
  years: `.input {$count :integer}
.match $count
one {{سنة}}
two {{سنتان}}
few {{{$count} سنوات}}
* {{{$count} سنة}}`,
  months: `.input {$count :integer}
.match $count
one {{شهر}}
two {{شهران}}
few {{{$count} أشهر}}
many {{{$count} شهرًا}}
* {{{$count} شهر}}`,
  weeks: `.input {$count :integer}
.match $count
one {{أسبوع}}
two {{أسبوعان}}
few {{{$count} أسابيع}}
many {{{$count} أسبوعًا}}
* {{{$count} أسبوع}}`,
  days: `.input {$count :integer}
.match $count
one {{يوم}}
two {{يومان}}
few {{{$count} أيام}}
many {{{$count} يومًا}}
* {{{$count} يوم}}`,
  hours: `.input {$count :integer}
.match $count
one {{ساعة}}
two {{ساعتان}}
few {{{$count} ساعات}}
* {{{$count} ساعة}}`,
  minutes: `.input {$count :integer}
.match $count
one {{دقيقة}}
two {{دقيقتان}}
few {{{$count} دقائق}}
* {{{$count} دقيقة}}`,
  'less-than-a-minute': 'أقل من دقيقة',
} as const;

const home = {
  'home-title': 'دخول واحد للخدمات الحكومية',
  'home-heading-1': 'دخول واحد إلى خدماتك الحكومية،',
  'home-heading-2': 'والقرار في بياناتك لك',
  'home-lead': 'الدخول بمفتاح مرور محفوظ على جهازك. ولا تصل إلى أي جهة إلا البيانات التي عُرضت عليك، وللغرض الذي عُرض عليك.',
  'home-enter': 'الدخول إلى صفحتي',
  'home-how-passkey': 'كيف أحصل على مفتاح مرور؟',
  'home-how': 'كيف تعمل هوية',
  'home-step-1': 'البداية من خدمة الجهة',
  'home-step-1-text': 'في موقع الجهة، ينقلك زر «الدخول عبر هوية» إلى هنا.',
  'home-step-2': 'تأكيد هويتك',
  'home-step-2-text': 'ببصمة إصبعك أو وجهك أو رمز قفل جهازك. لا كلمات مرور، ولا رموز برسائل نصية.',
  'home-step-3': 'قرار المشاركة لك',
  'home-step-3-text': 'يظهر لك ما تطلبه الجهة وسببه ومدة حفظه، ثم يكون القرار لك.',
  'home-promises': 'التزامات يمكنك التحقق منها',
  'home-promise-1': 'بصمتك وصورة وجهك لا تغادران جهازك أبدًا.',
  'home-promise-2': 'لا نتصل بك لطلب رمز، ولا نرسل رابطًا لتسجيل الدخول.',
  'home-promise-3': 'تعرفك كل جهة بمعرّف مختلف، فلا يمكن ربط بياناتك بين الجهات من خلالنا.',
  'home-promise-4': 'كل مشاركة تُقيَّد في سجل يكشف أي تغيير فيه، ولكل قرار منك إيصال يمكنك التحقق منه.',
  'home-passkey-text': 'يُنشأ مرة واحدة، برابط من مكتب التسجيل بعد التحقق من هويتك. ثم يفتحه جهازك ببصمتك أو وجهك أو رمز القفل.',
} as const;

const passkeys = {
  'enrol-asker': 'التسجيل في هوية',
  'enrol-title': 'إنشاء مفتاح المرور',
  'enrol-heading': 'أهلًا {$name}. بقيت خطوة: إنشاء مفتاح المرور',
  'enrol-lead': 'يحل مفتاح المرور محل كلمة المرور. يُحفظ على جهازك، وتفتحه بصمتك أو وجهك أو رمز القفل.',
  'enrol-for': 'المفتاح باسم',
  'enrol-link-until': 'الرابط صالح حتى',
  'enrol-link-once': 'ولمرة واحدة فقط. يمكن طلب رابط جديد من مكتب التسجيل.',
  'enrol-link-once-operator': 'ولمرة واحدة فقط. يمكن طلب رابط جديد ممن أعطاك إياه.',
  'enrol-operator': 'أنشأ هذا الرابط مشغّل «هوية»، ولم يطّلع مكتب تسجيل على وثيقتك من أجله.',
  'enrol-operator-level': 'يبلغ المفتاح المستوى «المعزَّز». والخدمة التي تطلب المستوى «العالي» تحتاج إلى زيارة مكتب التسجيل بوثيقتك.',
  'enrol-own-device': 'الأفضل إنشاؤه على جهازك الشخصي. من يستطيع فتح قفل هذا الجهاز يستطيع الدخول باسمك.',
  'create-passkey': 'إنشاء مفتاح مرور',
  'create-elsewhere': 'لإنشائه على هاتف أو مفتاح أمان آخر، يكفي اختيار ذلك في نافذة المتصفح التي ستظهر.',
  'enrol-ask-fingerprint': 'أين تُحفظ بصمتي؟',
  'enrol-say-fingerprint': 'في جهازك وحده. لا تصل إلينا البصمة ولا صورة الوجه؛ يصل تأكيد الجهاز فقط.',
  'enrol-ask-lost': 'ماذا لو ضاع جهازي؟',
  'enrol-say-lost':
    'بعد الإنشاء يمكنك إضافة مفتاح ثانٍ على جهاز آخر. ومن دونه تكون استعادة الدخول بعد مدة انتظار، أو في مكتب التسجيل بوثيقتك الأصلية.',
  'enrol-ask-not-me': 'هذا ليس اسمي',
  'enrol-say-not-me': 'لا يُنشأ أي مفتاح قبل ضغط الزر. يكفي إغلاق الصفحة وإبلاغ من أعطاك الرابط، أو أي مكتب تسجيل.',
  'enrol-next': 'ما الذي سيحدث',
  'enrol-next-1': 'يسألك جهازك عن بصمتك أو وجهك أو رمز القفل.',
  'enrol-next-2': 'يُحفظ المفتاح على الجهاز، ولا نحفظ نحن إلا جزأه العام.',
  'enrol-next-3': 'يصبح الدخول إلى صفحتك وإلى الخدمات ممكنًا.',
  'enrolled-title': 'أُنشئ مفتاح المرور',
  'enrolled-lead': 'يمكنك الآن الدخول به إلى صفحتك وإلى خدمات الجهات.',
  'enrolled-spare': 'من صفحتك يمكن إضافة مفتاح ثانٍ على جهاز آخر، حتى لا ينقطع دخولك إذا ضاع هذا الجهاز.',
  'enrolled-others': 'تبقى مفاتيحك الأخرى صالحة. إذا ضاع أحدها، يمكن إزالته من صفحة الأمان.',
  'enrolled-enter': 'الدخول إلى صفحتي',
  'passkeys-title': 'مفاتيح المرور',
  'passkeys-add': 'إضافة مفتاح مرور',
  'passkeys-add-text': 'مفتاح ثانٍ على جهاز آخر يبقي دخولك ممكنًا إذا ضاع الأول.',
  'passkey-unnamed-synced': 'مفتاح مرور متزامن',
  'passkey-unnamed-device-bound': 'مفتاح مرور على جهاز واحد',
  'passkey-unnamed-security-key': 'مفتاح أمان',
  'passkey-security-key': 'مرتبط بالمفتاح نفسه',
  'passkey-synced': 'متزامن بين أجهزتك',
  'passkey-device-bound': 'مرتبط بجهاز واحد',
  'passkey-substantial': 'تحقق معزَّز',
  'passkey-high': 'تحقق عالٍ',
  'passkey-added-on': 'أُضيف في {#date /}',
  'passkey-used-on': 'آخر استخدام {#date /}',
  'passkey-unused': 'لم يُستخدم بعد',
  'needs-script': 'يحتاج مفتاح المرور إلى JavaScript، وهو متوقف في متصفحك. كل ما عدا ذلك يعمل من دونه.',
  'ceremony-working': 'بانتظار التأكيد على جهازك.',
  'ceremony-cancelled-sign-in': 'لم يكتمل الدخول',
  'ceremony-cancelled-create': 'لم يُنشأ المفتاح',
  'ceremony-cancelled-text': 'أُغلقت نافذة الجهاز قبل التأكيد، أو انتهت مهلتها. يمكن المحاولة من جديد.',
  'ceremony-unsupported': 'هذا المتصفح لا يدعم مفاتيح المرور',
  'ceremony-unsupported-text': 'يلزم تحديث المتصفح، أو استخدام متصفح أو جهاز آخر.',
  'ceremony-duplicate': 'لديك مفتاح على هذا الجهاز',
  'ceremony-duplicate-text': 'لم يُضَف شيء. المفتاح الثاني مكانه جهاز آخر أو مفتاح أمان.',
  'ceremony-failed': 'لم يصل الطلب',
  'ceremony-failed-text': 'لم يتغيّر شيء. يلزم التحقق من الاتصال بالإنترنت، ثم المحاولة من جديد.',
} as const;

const signIn = {
  'sign-in-title': 'تسجيل الدخول للمتابعة إلى {#whole}{$agency}{/whole}',
  'sign-in-lead': 'لن تتلقى الجهة شيئًا قبل أن يُعرض عليك ما تطلبه.',
  'sign-in-own-title': 'الدخول إلى صفحتك',
  'sign-in-own-lead': 'فيها خدماتك وموافقاتك وإيصالاتك ومفاتيحك.',
  'use-passkey': 'الدخول بمفتاح مرور',
  'sign-in-again-title': 'نطلب مفتاح المرور مرة أخرى',
  'sign-in-again-lead': 'دخولك قائم. هذه الخطوة تحتاج إلى مفتاحك من جديد حمايةً لك، ثم تكمل من حيث كنت.',
  'sign-in-field': 'أو اختيار مفتاح محفوظ على هذا الجهاز',
  'sign-in-field-hint': 'عند لمس الحقل يعرض المتصفح مفاتيحك المحفوظة. لا حاجة إلى كتابة شيء.',
  'sign-in-live': 'الدخول القائم باسم {#strong}{$name}{/strong}',
  'sign-in-live-text': 'ليس هذا اسمك؟ الدخول بمفتاحك أنت ينهي هذا الدخول في هذا المتصفح لدى كل الخدمات.',
  'sign-in-live-stay': 'العودة إلى صفحتي دون تغيير',
  'sign-in-leave': 'العودة إلى الخدمة دون تسجيل الدخول',
  'sign-in-ask-none': 'ليس لديك مفتاح مرور؟',
  'sign-in-say-none': 'تحصل عليه مرة واحدة، برابط من مكتب التسجيل بعد التحقق من هويتك.',
  'sign-in-ask-missing': 'لا يظهر مفتاحك؟',
  'sign-in-say-missing': 'قد يكون على هاتفك أو على مفتاح أمان. زر الدخول يتيح استخدامهما من هذا الجهاز.',
  'sign-in-before': 'قبل المتابعة',
  'sign-in-address': 'عنوان هذه الصفحة يبدأ بـ {#address}{$url}{/address}',
  'continue-title': 'المتابعة إلى {#whole}{$agency}{/whole}؟',
  'continue-confirmed': 'آخر تأكيد {#date /}',
  continue: 'متابعة',
  'continue-switch': 'الدخول بهوية أخرى',
  'continue-standing-until': 'لن يُطلب منك شيء جديد. موافقتك على هذه الخدمة سارية حتى {#date /}.',
  'continue-standing': 'لن يُطلب منك شيء جديد.',
  'continue-nothing': 'لا تطلب هذه الخدمة شيئًا من بياناتك. يصل إليها تأكيد دخولك، ومعرّف خاص بها.',
  'continue-receives': 'ما ستتلقاه الجهة الآن',
  'continue-ask-other': 'ليس هذا ما أردته؟',
  'continue-leave': 'العودة إلى الخدمة دون تسجيل الدخول',
} as const;

export const ar = {
  ...frame,
  ...values,
  ...home,
  ...passkeys,
  ...signIn,
  ...arSecurity,
  ...arShared,
  ...arSharing,
  ...arGoOn,
  ...arSignOut,
  ...arProofing,
  ...arPurpose,
  ...arProtection,
  ...arCases,
  ...arReceipt,
  ...arRecovery,
  ...arAccount,
  ...arDetails,
  ...arOwnPage,
  ...arReports,
  ...arChanges,
  ...arClasses,
  ...arReview,
  ...arAnomalies,
  ...arFigures,
  ...arRegister,
  ...arRegistration,
  ...arConfirm,
  ...arLevels,
  ...arStaff,
  ...arVerification,
  ...arAudit,
  ...arAuditCases,
  ...arDesk,
  ...arSaved,
  ...arQuestions,
  ...arAnswers,
  ...arBreach,
  ...arSuspensions,
  ...arUnmask,
  ...arDuties,
  ...arErrors,
  ...arExports,
} as const;
