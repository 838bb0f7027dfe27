// The auditor's interface for programs, in Arabic. A developer reads these beside a code; they still say what happened and what to do.

export const arAuditApi = {
  'error-token-missing-title': 'وصل الطلب من دون رمز وصول',
  'error-token-missing-meaning': 'هذه الواجهة متاحة للبرامج والخدمات المسجلة، والسجل متاح أيضًا للمدققين بعد تسجيل الدخول. لم يُسلَّم شيء.',
  'error-token-missing-next': 'طلب رمز وصول بالنطاق المذكور في الترويسة WWW-Authenticate، ثم إرساله في الترويسة Authorization.',

  'error-token-refused-title': 'رمز الوصول هذا غير مقبول',
  'error-token-refused-meaning': 'الرمز غير معروف، أو مضت عليه خمس دقائق، أو أُوقف برنامجه. لم يُسلَّم شيء.',
  'error-token-refused-next': 'طلب رمز جديد. إذا رُفض أيضًا، فسؤال المشغّل عن حالة البرنامج.',

  'error-token-proof-title': 'إثبات المفتاح ناقص أو غير صحيح',
  'error-token-proof-meaning': 'رمز الوصول مرتبط بمفتاح، وإثبات DPoP لا يوافق هذا الطلب. لم يُسلَّم شيء.',
  'error-token-proof-next': 'إنشاء إثبات جديد لهذا العنوان وهذا الرمز بقيمة nonce الواردة في هذا الرد، ثم إعادة الطلب.',

  'error-parameter-refused-title': 'في الطلب قيم غير صحيحة',
  'error-parameter-refused-meaning': 'كل قيمة منها مذكورة أدناه. لم يُبحث في السجل، كي لا تبدو نتيجة ناقصة كأنها كاملة.',
  'error-parameter-refused-next': 'تصحيحها وفق الوصف في /audit/api/v1/openapi.json، ثم إعادة الطلب.',

  'error-not-acceptable-title': 'لا يتوفر رد بالصيغة المطلوبة',
  'error-not-acceptable-meaning': 'الرد في هذا العنوان بصيغة JSON، وقوائم القيود متاحة أيضًا بصيغة JSON Lines. لم يُسلَّم شيء.',
  'error-not-acceptable-next': 'إرسال الطلب بالترويسة Accept: application/json، أو application/x-ndjson للقوائم.',

  'parameter-type-unknown': 'لا يوجد نوع حدث بهذا الاسم. الأنواع مذكورة في /audit/api/v1/event-types.',
  'parameter-service-unknown': 'لا توجد خدمة بهذا المعرّف. الخدمات مذكورة في /audit/api/v1/services.',
  'parameter-purpose-unknown': 'لا يوجد غرض بهذا المعرّف، أو ليس من أغراض الخدمة المذكورة معه.',
  'parameter-attribute-unknown': 'لا يوجد بيان بهذا الاسم في الدليل.',
  'parameter-time-invalid': 'المطلوب يوم مثل 2026-11-21، أو وقت مع منطقته مثل 2026-11-21T09:00:00Z.',
  'parameter-time-order': 'يجب أن تكون النهاية بعد البداية.',
  'parameter-order-unknown': 'القيمة المقبولة newest-first أو oldest-first.',
  'parameter-beyond-log': 'قيود السجل أقل من ذلك.',
  'parameter-place-invalid': 'المطلوب قيمة المؤشر كما وردت في الصفحة السابقة.',
  'parameter-place-twice': 'المطلوب مؤشر واحد فقط.',
  'parameter-limit-invalid': 'المطلوب عدد صحيح من 1 إلى 500.',
  'parameter-repeated': 'المطلوب ذكر هذه القيمة مرة واحدة.',
  'parameter-field-unknown': 'لا توجد قيمة بهذا الاسم.',
  'parameter-cursor-with-lines': 'صيغة الأسطر تشمل النتيجة كاملة دائمًا. المطلوب حذف المؤشر، أو طلب صفحات JSON.',
} as const;
