// Staff, in Arabic: the door of the desks, roles, and errors that only staff meet.

import { arOffice } from './ar-office.ts';
import { arTraces } from './ar-traces.ts';

const door = {
  'desk-staff': 'بوابة الموظفين',
  'desk-auditor': 'التدقيق',
  'desk-expert': 'التدقيق',
  'desk-operator': 'التشغيل',
  'desk-registrar': 'مكتب التسجيل',
  'desk-approver': 'الاعتماد',
  'desk-developer': 'مكتب المطورين',
  'role-auditor': 'مدقق',
  'role-operator': 'مشغّل',
  'role-registrar': 'موظف تسجيل',
  'role-approver': 'معتمِد',
  'role-developer': 'مطوّر',
  'role-expert': 'خبير محكمة',
  'staff-name': '{$name}، {$role}',
  'list-comma': '، ',
  'staff-role': 'الدور',
  'staff-opens': 'يفتح',
  'staff-enrol-title': 'إنشاء مفتاح مرور الموظف',
  'staff-enrol-lead': 'يفتح هذا المفتاح مكتبك وحده. وهو منفصل عن هويتك الشخصية.',
  'staff-enrol-for': 'الحساب باسم',
  'staff-enrol-once': 'ولمرة واحدة فقط. الرابط الجديد يُطلب ممن أرسل إليك هذا الرابط.',
  'staff-enrol-own-device': 'مكانه جهاز أو مفتاح أمان لا يفتحه غيرك. كل دخول إلى المكتب، وكل ما يُنجز فيه، يُقيَّد في السجل.',
  'staff-enrol-bring-title': 'يلزم مفتاح أمان من طراز معتمد',
  'staff-enrol-bring':
    'يحتاج هذا الدور إلى مفتاح يبقى على جهاز واحد، من طراز يمكننا التحقق منه. كل دخول إلى المكتب، وكل ما يُنجز فيه، يُقيَّد في السجل.',
  'staff-enrol-bring-refused': 'لا يُقبل مفتاح يُنسخ إلى أجهزتك الأخرى. ويبقى هذا الرابط صالحًا حتى تعود بالمفتاح المناسب.',
  'staff-enrolled-title': 'مفتاح الموظف جاهز',
  'staff-enrolled-lead': 'يمكنك الآن الدخول به إلى مكتبك.',
  'staff-lost': 'إذا ضاع الجهاز فإبلاغ المشغّل فورًا. يوقف المشغّل هذا الحساب، ثم يرسل إليك رابطًا جديدًا.',
  'staff-sign-in': 'الدخول إلى المكتب',
  'staff-sign-in-title': 'دخول الموظفين',
  'staff-sign-in-lead': 'الدخول إلى المكاتب بمفتاح مرور الموظف.',
  'staff-ask-person': 'هل جئت من أجل بياناتك أنت؟',
  'staff-say-person': 'مفتاح هويتك الشخصية لا يفتح أي مكتب. خدماتك وموافقاتك في مكان آخر:',
  'staff-ask-none': 'ليس لديك مفتاح موظف؟',
  'staff-say-none': 'يدعوك مشغّل النظام برابط يعمل مرة واحدة.',
  'staff-ask-end': 'متى ينتهي الدخول؟',
  'staff-say-end': 'بعد 30 دقيقة دون استخدام، وبعد 8 ساعات في كل حال.',
  'staff-signed-out-title': 'انتهى دخولك إلى المكتب',
  'staff-signed-out-lead': 'لا يمكن فتح المكتب من هذا المتصفح إلا بدخول جديد.',
  'staff-sign-in-again': 'دخول من جديد',
  'staff-page-for': 'هذه الصفحة لدور',
  'staff-your-role': 'دورك',
  'staff-you-may-open': 'يمكنك فتح',
  'desk-lead': 'ليس لهذا الدور صفحات بعد. هذا ما يُنجز اليوم بأوامر النظام.',
  'desk-work-verify': 'التحقق من سلامة السجل كله',
  'desk-work-officers': 'قائمة الموظفين',
  'desk-work-suspend': 'إيقاف حساب موظف، من الطلب التالي',
  'desk-work-service': 'إيقاف خدمة، من الطلب التالي',
  'desk-work-show': 'عرض جهة وخدماتها وأغراضها كما هي الآن',
  'desk-work-check': 'فحص ملف جهة قبل تقديمه',
} as const;

const counter = {
  'kind-citizen': 'مواطن',
  'kind-resident': 'مقيم',
  'kind-visitor': 'زائر',
  'kind-gcc': 'خليجي',
  'person-active': 'نشط',
  'person-suspended': 'موقوف',
  'person-frozen': 'هوية مجمَّدة',
  'person-deceased': 'متوفى',
  'person-emigrated': 'غادر البلاد نهائيًا',
  'passkey-count': `.input {$count :integer}
.match $count
zero {{لا مفتاح مرور بعد}}
one {{مفتاح مرور واحد}}
two {{مفتاحا مرور}}
few {{{$count} مفاتيح مرور}}
many {{{$count} مفتاح مرور}}
* {{{$count} مفتاح مرور}}`,
  'counter-title': 'تسجيل شخص',
  'counter-lead': 'الشخص أمامك، ووثيقته الأصلية في يدك.',
  'counter-find': '1. البحث',
  'counter-number': 'رقم الهوية',
  'counter-number-hint': 'كاملًا، كما في الوثيقة',
  'counter-find-button': 'بحث',
  'counter-nobody': 'لا أحد مسجَّل بهذا الرقم. قد يكون فيه خطأ في الكتابة. البحث مقيَّد في السجل باسم حسابك، دون الرقم.',
  'counter-hand-over-text': 'الرمز لصاحب الوثيقة وحده. يُكتب على جهازه هو، لا على هذا الجهاز.',
  'counter-has-passkey': 'لا يُنشأ رمز هنا، فلدى هذا الشخص مفتاح مرور أو كان لديه. إن فقده فالطريق استعادة يشترك فيها موظفان.',
  'counter-not-active': 'لا يُنشأ رمز، لأن حالة هذا الشخص لا تسمح بالدخول.',
  'counter-logged': 'كل بحث وكل تحقق وكل رمز مقيَّد في السجل باسم حسابك، ويظهر لصاحبه في صفحته.',
  'sheet-title': 'رمز التسجيل في هوية',
  'sheet-lead': 'بهذا الرمز تُنشئ مفتاح المرور على جهازك.',
  'sheet-code': 'رمز للكاميرا، يفتح صفحة التسجيل برمزك المكتوب بجانبه',
  'sheet-once': 'ولمرة واحدة فقط. رمز أحدث يوقف هذا الرمز.',
  'sheet-next': 'ما العمل الآن؟',
  'sheet-next-1': 'توجيه كاميرا هاتفك إلى المربع، أو كتابة الرمز في الصفحة المذكورة أعلاه.',
  'sheet-next-2': 'إنشاء مفتاح المرور ببصمتك أو وجهك أو رمز القفل.',
  'sheet-next-3': 'لا تعطِ هذه الورقة لأحد. من يستخدم الرمز قبلك يدخل باسمك.',
  'sheet-only-now': 'يظهر الرمز الآن فقط، ولا يُحفظ عندنا. تُطبع الصفحة من المتصفح، ثم تُسلَّم لصاحبها.',
  'sheet-next-person': 'الشخص التالي',
} as const;

const errors = {
  'error-officer-link-title': 'لم يعد هذا الرابط صالحًا',
  'error-officer-link-meaning': 'استُخدم الرابط من قبل، أو انتهت مهلته، أو صدر رابط أحدث منه. لم يُنشأ أي مفتاح الآن.',
  'error-officer-link-next': 'طلب رابط جديد ممن أرسل إليك هذا. وإن لم تستخدم الرابط من قبل، فإبلاغ المشغّل بذلك فورًا.',

  'error-officer-passkey-title': 'لا يصلح هذا المفتاح لفتح مكتب',
  'error-officer-passkey-meaning':
    'هذا المفتاح يُنسخ إلى أجهزة أخرى، أو لا تضمنه الجهة الصانعة، أو عُرف ضعف في طرازه. لم يُنشأ أي مفتاح، ورابطك ما زال صالحًا.',
  'error-officer-passkey-next': 'فتح الرابط مرة أخرى بمفتاح أمان معتمد، أو بمفتاح يسلّمه لك المشغّل. ولا يصلح مفتاح يُنسخ إلى أجهزة أخرى.',

  'error-officer-outdated-title': 'لم يعد هذا المفتاح كافيًا للتأكيد',
  'error-officer-outdated-meaning': 'يفتح هذا المفتاح مكتبك، لكن لا أحد يضمن أنه يبقى في جهاز واحد. لم يتغيّر شيء.',
  'error-officer-outdated-next': 'طلب دعوة جديدة من المشغّل، وفتحها بمفتاح أمان معتمد.',
  'error-officer-refused-title': 'لم يُفتح المكتب بهذا المفتاح',
  'error-officer-refused-meaning': 'لا يفتح المكاتب إلا مفتاح موظف صالح. لم يُعرض شيء ولم يتغيّر شيء.',
  'error-officer-refused-next': 'المحاولة بمفتاح الموظف. وإن تكرر ذلك، فسؤال مشغّل النظام.',

  'error-officer-suspended-title': 'أوقفنا حساب عملك حمايةً للناس',
  'error-officer-suspended-meaning': 'دلّ استخدام مفتاحك على أن نسخة منه قد تكون في يد غيرك. توقف حسابك وانتهت جلساته، ولم يُنفَّذ شيء الآن.',
  'error-officer-suspended-next': 'إبلاغ المشغّل فورًا. وستصلك دعوة جديدة تحتاج فيها إلى مفتاح أمان آخر.',

  'error-officer-signed-out-title': 'انتهى دخولك إلى المكتب',
  'error-officer-signed-out-meaning': 'مرت 30 دقيقة دون استخدام، أو 8 ساعات منذ الدخول، أو أُنهي الدخول. لم يُنفَّذ ما أُرسل الآن.',
  'error-officer-signed-out-next': 'الدخول من جديد بمفتاح الموظف، ثم إعادة العمل الأخير.',

  'error-person-enrolled-title': 'لم يُنشأ أي رمز',
  'error-person-enrolled-meaning': 'لدى هذا الشخص مفتاح مرور. الرمز الجديد يعني استعادة الدخول، وموظف واحد لا يكفي لذلك.',
  'error-person-enrolled-next': 'الدخول بالمفتاح الموجود. وإن ضاع، فباستعادة يشترك فيها موظفان.',

  'error-officer-appointment-title': 'انتهت مدة تعيينك',
  'error-officer-appointment-meaning': 'يُعيَّن الخبير لقضية واحدة إلى يوم محدد. لم يُعرض شيء ولم يتغيّر شيء.',
  'error-officer-appointment-next': 'مراجعة من طلب تعيينك.',
  'error-officer-beyond-title': 'هذه الصفحة خارج تعيينك',
  'error-officer-beyond-meaning': 'يطلع الخبير على صفحات قضيته وأسئلتها وقيودها فقط. لم يُعرض شيء ولم يتغيّر شيء.',
  'error-officer-beyond-next': 'العودة إلى القضية.',
  'error-officer-role-title': 'هذه الصفحة لدور آخر',
  'error-officer-role-meaning': 'حسابك لا يفتح هذه الصفحة. لم يُعرض شيء منها ولم يتغيّر شيء.',
  'error-officer-role-next': 'من لديه دور آخر أيضًا، يدخل بالمفتاح الخاص بذلك الدور.',
} as const;

export const arStaff = { ...door, ...counter, ...arOffice, ...arTraces, ...errors } as const;
