// Errors in Arabic: what happened, what it means for the person's data, what to do. Never a code, never blame.

import { arAuditApi } from './ar-audit-api.ts';
import { arLimits } from './ar-limits.ts';

export const arErrors = {
  ...arAuditApi,
  ...arLimits,
  'error-next': 'ما يمكن عمله',
  'error-repeats': 'إذا تكرر ذلك، فإبلاغ مكتب التسجيل بالرقم المرجعي أدناه.',
  'error-reference': 'الرقم المرجعي',
  'error-time': 'الوقت',
  'error-back': 'العودة إلى {$name}',
  'error-served': 'خدمة {$name} مخصصة لهذه الفئات: {$kinds}.',

  'error-request-invalid-title': 'لم نتمكن من قراءة هذا الطلب',
  'error-request-invalid-meaning': 'وصل الطلب ناقصًا أو بشكل غير متوقع. لم يُشارَك شيء من بياناتك.',
  'error-request-invalid-next': 'العودة إلى الصفحة السابقة والبدء من جديد.',

  'error-wrong-host-title': 'هذا ليس عنوان هوية',
  'error-wrong-host-meaning': 'وصل الطلب باسم موقع آخر، فأوقفناه. لم يُشارَك شيء من بياناتك.',
  'error-wrong-host-next': 'كتابة عنوان هوية الصحيح في المتصفح، أو البدء من موقع الجهة.',

  'error-cross-site-title': 'أُرسل هذا الطلب من موقع آخر',
  'error-cross-site-meaning': 'لا نقبل قرارًا إلا من صفحاتنا، فأوقفنا الطلب حمايةً لك. لم يُشارَك شيء ولم يتغيّر شيء.',
  'error-cross-site-next': 'فتح الصفحة من جديد، ثم تأكيد القرار فيها.',

  'error-form-outdated-title': 'لم تعد هذه الصفحة حديثة',
  'error-form-outdated-meaning': 'كان الدخول من جديد بعد فتحها، بهويتك أو بهوية غيرك، أو وصلت ناقصة. لم يُشارَك شيء ولم يتغيّر شيء.',
  'error-form-outdated-next': 'فتح الصفحة من جديد، ثم التأكيد فيها.',

  'error-not-found-title': 'لا توجد صفحة بهذا العنوان',
  'error-not-found-meaning': 'قد يكون العنوان ناقصًا، أو نُقلت الصفحة. لم يُشارَك شيء من بياناتك.',
  'error-not-found-next': 'التحقق من العنوان، أو البدء من الصفحة الأولى.',

  'error-interaction-expired-title': 'لم تعد هذه الصفحة صالحة',
  'error-interaction-expired-meaning':
    'سبق الرد عليها، أو بقيت مفتوحة أكثر من 10 دقائق، أو مُسحت ملفات تعريف الارتباط من متصفحك. لم تُشارَك منها بيانات الآن.',
  'error-interaction-expired-next': 'العودة إلى خدمة الجهة والبدء من جديد. قراراتك السابقة كلها في صفحتك.',

  'error-session-changed-title': 'هذه الصفحة من دخول سابق',
  'error-session-changed-meaning': 'بعد فتحها دخل شخص آخر في هذا المتصفح، أو انتهى ذلك الدخول. لم يُشارَك منها شيء.',
  'error-session-changed-next': 'العودة إلى خدمة الجهة والبدء من جديد. قراراتك السابقة كلها في صفحتك.',

  'error-interaction-stale-title': 'سبق الرد على هذه الصفحة',
  'error-interaction-stale-meaning': 'أُرسل القرار مرتين، أو تغيّر الطلب أثناء عرضه. لم يُحفظ إلا القرار الأول، إن وُجد.',
  'error-interaction-stale-next': 'العودة إلى خدمة الجهة والبدء من جديد. قراراتك السابقة كلها في صفحتك.',

  'error-session-ended-title': 'انتهى دخولك',
  'error-session-ended-meaning': 'انتهت مدة الدخول، أو كان الخروج من صفحة أخرى، أو أُوقف استخدام هويتك. بياناتك محفوظة ولم يُشارَك شيء منها.',
  'error-session-ended-next': 'الدخول من جديد بمفتاح المرور. وإن لم يُقبل المفتاح، فمكتب التسجيل يساعدك.',

  'error-session-too-old-title': 'نطلب مفتاح المرور مرة أخرى',
  'error-session-too-old-meaning': 'مضت أكثر من خمس دقائق على آخر استخدام للمفتاح، فنطلبه حمايةً لك. دخولك قائم، ولم يتغيّر شيء.',
  'error-session-too-old-next': 'دخولك قائم، ولم يُضَف شيء بعد. مضت أكثر من خمس دقائق، فنطلب مفتاحك حمايةً لك، ثم تكمل من هنا.',

  'error-service-unknown-title': 'هذه الخدمة غير مسجلة لدينا',
  'error-service-unknown-meaning': 'الموقع الذي نقلك إلى هنا ليس في سجل الخدمات، أو أُوقف. لم يُشارَك شيء من بياناتك.',
  'error-service-unknown-next': 'التحقق من عنوان ذلك الموقع، وعدم إدخال بياناتك فيه قبل التأكد.',

  'error-service-refused-title': 'رفضنا طلب هذه الخدمة',
  'error-service-refused-meaning': 'طلبت الخدمة شيئًا لا تسمح به القواعد. ليس الخطأ منك، ولم يُشارَك شيء من بياناتك.',
  'error-service-refused-next': 'إبلاغ الجهة بالرقم المرجعي أدناه. يستطيع مطوروها معرفة السبب به.',

  'error-not-for-you-title': 'هذه الخدمة لفئة أخرى',
  'error-not-for-you-meaning': 'سجّلت الجهة خدمتها لفئات محددة، مثل المواطنين أو المقيمين. لم يُشارَك شيء من بياناتك.',
  'error-not-for-you-next': 'سؤال الجهة عن الخدمة المناسبة لك.',

  'error-level-too-low-title': 'تحتاج هذه الخدمة إلى تحقق أعلى',
  'error-level-too-low-meaning': 'مفتاح المرور الذي استُخدم لا يكفي لهذه الخدمة. لم يُشارَك شيء من بياناتك.',
  'error-level-too-low-next': 'الدخول بمفتاح مرتبط بجهاز واحد، أو الحصول على مفتاح مناسب من مكتب التسجيل.',

  'error-enrolment-link-title': 'هذا الرابط أو الرمز غير صالح',
  'error-enrolment-link-meaning': 'استُخدم من قبل، أو انتهت مهلته، أو صدر أحدث منه، أو في كتابته خطأ. لم يُنشأ أي مفتاح الآن.',
  'error-enrolment-link-next':
    'التأكد من الكتابة، أو طلب رمز جديد من مكتب التسجيل. وإن أنشأت مفتاحك به قبل قليل، فالدخول بذلك المفتاح. وإن استخدمه غيرك، فإبلاغ المكتب.',

  'error-passkey-expired-title': 'انتهت مهلة التأكيد',
  'error-passkey-expired-meaning': 'مر أكثر من 5 دقائق، أو فُتحت الصفحة مرتين. لم يُشارَك شيء من بياناتك.',
  'error-passkey-expired-next': 'المحاولة من جديد من هذه الصفحة.',

  'error-passkey-refused-title': 'لم يُقبل مفتاح المرور',
  'error-passkey-refused-meaning': 'لم نتمكن من التحقق من هذا المفتاح. لم يُشارَك شيء من بياناتك.',
  'error-passkey-refused-next':
    'المحاولة من جديد، أو استخدام مفتاح آخر. وإن كانت هويتك مجمَّدة، فإلغاء التجميد أولًا. وإن لم يكن لديك مفتاح غيره، فمكتب التسجيل يعيد إليك الدخول.',

  'error-address-too-long-title': 'طلب الخدمة أطول مما يتسع له العنوان',
  'error-address-too-long-meaning': 'أرسلت الخدمة طلبًا لا يمكن نقله كاملًا. ليس الخطأ منك، ولم يُشارَك شيء من بياناتك.',
  'error-address-too-long-next': 'العودة إلى الخدمة وإبلاغ الجهة بالرقم المرجعي أدناه.',

  'error-another-person-title': 'هذا المفتاح لشخص آخر',
  'error-another-person-meaning': 'تنتظر الخدمة الشخص الذي بدأ استخدامها، وهذا المفتاح لغيره. لم يُسجَّل دخول أحد، ولم يُشارَك شيء من البيانات.',
  'error-another-person-next': 'استخدام مفتاح ذلك الشخص، أو العودة إلى الخدمة والبدء فيها من جديد.',

  'error-passkey-suspended-title': 'أوقفنا هذا المفتاح لحمايتك',
  'error-passkey-suspended-meaning':
    'دلّ استخدامه على أن نسخة منه قد تكون في يد غيرك. لم يعد يفتح شيئًا، وانتهت الجلسات التي بدأت به، ولم يُشارَك شيء من بياناتك الآن.',
  'error-passkey-suspended-next':
    '«لم يكن مني» في التنبيه الذي وصل بالبريد يوقف كل شيء، ومثله رمز التجميد المطبوع. وللمتابعة، الدخول بمفتاح مرور آخر. وإن لم يكن لديك غيره، فمكتب التسجيل يعيد إليك الدخول.',

  'error-passkey-registered-title': 'هذا المفتاح مسجَّل من قبل',
  'error-passkey-registered-meaning': 'لم يُضَف شيء، ومفاتيحك السابقة كما هي.',
  'error-passkey-registered-next': 'الدخول بهذا المفتاح، أو إضافة مفتاح على جهاز آخر.',

  'error-unavailable-title': 'الخدمة متوقفة الآن',
  'error-unavailable-meaning': 'لم نتمكن من تقييد طلبك في السجل، فلم ننفذه. لم يُشارَك شيء ولم يتغيّر شيء.',
  'error-unavailable-next': 'المحاولة من جديد بعد بضع دقائق.',

  'error-internal-title': 'تعذر إكمال طلبك',
  'error-internal-meaning': 'حدث خلل لدينا، وليس الخطأ منك. قراراتك المحفوظة لم تتغيّر.',
  'error-internal-next': 'المحاولة من جديد بعد بضع دقائق.',

  'error-too-large-title': 'الطلب أكبر من المسموح',
  'error-too-large-meaning': 'أوقفنا الطلب قبل قراءته. لم يُشارَك شيء ولم يتغيّر شيء.',
  'error-too-large-next': 'العودة إلى الصفحة السابقة، وإرسال محتوى أقل.',

  'error-method-title': 'لا تُفتح هذه الصفحة بهذه الطريقة',
  'error-method-meaning': 'العنوان صحيح، لكن الطلب وصل بطريقة لا نقبلها. لم يُشارَك شيء من بياناتك.',
  'error-method-next': 'فتح الصفحة من رابطها، أو البدء من خدمة الجهة.',

  'error-consent-not-found-title': 'لا يوجد شيء بهذا العنوان في صفحتك',
  'error-consent-not-found-meaning': 'قد يخص الرابط شخصًا آخر، أو خدمة لا تشاركها شيئًا. لم يُعرض شيء ولم يتغيّر شيء.',
  'error-consent-not-found-next': 'فتح صفحتك، واختيار الخدمة أو الإيصال منها.',

  'error-consent-required-title': 'تحتاج الخدمة إلى هذا البيان',
  'error-consent-required-meaning': 'لا يمكن إخراج بيان لازم من الموافقة وحده. لم يتغيّر شيء.',
  'error-consent-required-next': 'سحب الموافقة كلها من صفحة الخدمة، إذا لم تعد ترغب في مشاركته.',

  'error-consent-state-title': 'لا يمكن هذا الآن مع هذه الموافقة',
  'error-consent-state-meaning': 'انتهت الموافقة أو أُوقفت مؤقتًا في هذه الأثناء، أو أن القانون هو الذي يحكمها. لم يتغيّر شيء.',
  'error-consent-state-next': 'فتح صفحة الخدمة من صفحتك، ففيها حالة الموافقة الآن.',

  'error-consent-purpose-title': 'غيّرت الخدمة ما تطلبه',
  'error-consent-purpose-meaning': 'موافقتك الموقوفة كانت على ما طلبته الخدمة من قبل. تبقى موقوفة، ولا يُشارَك شيء.',
  'error-consent-purpose-next': 'زيارة الخدمة من جديد. ستعرض عليك ما تغيّر، والقرار لك.',

  'error-choice-changed-title': 'اختيار لم يكن في الصفحة',
  'error-choice-changed-meaning': 'وصل في الرد بيان لا تطلبه الخدمة، فلم نحفظ القرار. لم يُشارَك شيء من بياناتك.',
  'error-choice-changed-next': 'العودة إلى خدمة الجهة والبدء من جديد. بعض إضافات المتصفح تغيّر الصفحات، فالأفضل إيقافها.',

  'error-purpose-unknown-title': 'طلبت الخدمة لغرض غير مسجَّل',
  'error-purpose-unknown-meaning': 'لا تُشارَك بيانات إلا لغرض في سجل الخدمات. لم يُشارَك شيء من بياناتك.',
  'error-purpose-unknown-next': 'إبلاغ الجهة بالرقم المرجعي أدناه. لا يلزم منك شيء آخر.',

  'error-trace-unknown-title': 'لا يوجد طلب بهذا الرقم',
  'error-trace-unknown-meaning': 'مضى عليه أكثر من 14 يومًا، أو لم يُحفظ، أو ليس من طلبات خدماتك.',
  'error-trace-unknown-next': 'مطابقة الرقم حرفًا حرفًا. تجده في ترويسة الجواب وفي الصفحة التي رآها الشخص.',

  'error-log-broken-title': 'أوقفنا الخدمة لحماية السجل',
  'error-log-broken-meaning': 'في السجل ما يحتاج إلى فحص، ولا ننفذ طلبًا قبل انتهائه. لم يُشارَك شيء من بياناتك.',
  'error-log-broken-next': 'المحاولة بعد بضع ساعات. وفي الأمور العاجلة يمكن مراجعة الجهة مباشرة.',

  'error-conflict-title': 'سبق قرارٌ آخر هذا القرار',
  'error-conflict-meaning': 'وصل قرار من صفحة أخرى أو جهاز آخر أولًا، وهو المحفوظ. هذا القرار لم يُحفظ.',
  'error-conflict-next': 'فتح صفحتك لرؤية المحفوظ، ثم اتخاذ القرار من جديد إن لزم.',

  'error-store-unavailable-title': 'الخدمة لا تستجيب الآن',
  'error-store-unavailable-meaning': 'لم نتمكن من حفظ طلبك، فلم ننفذه. لم يُشارَك شيء ولم يتغيّر شيء.',
  'error-store-unavailable-next': 'المحاولة من جديد بعد دقيقة.',

  'error-return-address-title': 'عنوان العودة إلى الخدمة غير مسجَّل',
  'error-return-address-meaning': 'طلب الموقع العودة إلى عنوان ليس في سجل الخدمات، فأوقفناه حمايةً لك. لم يُشارَك شيء من بياناتك.',
  'error-return-address-next': 'البدء من الموقع الرسمي للجهة. وإن كان هو نفسه، فإبلاغ الجهة بالرقم المرجعي أدناه.',

  'error-sign-out-refused-title': 'تعذر الخروج بهذا الطلب',
  'error-sign-out-refused-meaning': 'ما زال دخولك مفتوحًا، ولم يُشارَك شيء من بياناتك. طلب الخدمة يخالف القواعد، فلم تعد إليها.',
  'error-sign-out-refused-next': 'الخروج من صفحتك، ثم من الخدمة نفسها.',
} as const;
