// What a purpose says of itself, in Arabic: ground, recipients, place, terms of access. Read by approvers and in the public register.

const register = {
  'term-register': 'السجل العام',
  'term-register-link': 'ما يجوز لهذه الخدمة طلبه',
  'home-door-services': 'كل خدمة، وما يجوز لها طلبه، ولماذا، وعلى أي أساس.',
  'register-name': 'سجل الخدمات',
  'register-title': 'من يجوز له أن يطلب ماذا؟',
  'register-lead': 'كل خدمة مسجَّلة في هوية، وأغراضها، وما يجوز لها طلبه، وعلى أي أساس.',
  'register-search': 'جهة أو خدمة أو بيان',
  'register-find': 'بحث',
  'register-all': 'كل الخدمات',
  'register-found': 'نتيجة البحث',
  'register-none': 'لا خدمة بهذا الاسم. قد يكون مكتوبًا بطريقة أخرى.',
  'register-count': '{$count} من {$total}',
  'register-feed': 'السجل نفسه ملفًا للبرامج:',
  'register-feed-link': 'تنزيل السجل',
  'register-status-active': 'تعمل',
  'register-status-suspended': 'موقوفة',
  'register-status-retired': 'منتهية',
  'register-level-substantial': 'تحقق معزَّز على الأقل',
  'register-level-high': 'تحقق عالٍ',
  'register-policy': 'كيف تتعامل الجهة مع البيانات',
  'register-service-terms': 'شروط الخدمة',
  'register-may-ask': 'ما يجوز لها طلبه',
  'register-terms': 'الشروط',
  'register-grounds': 'الأساس',
  'register-lasts': 'مدة الموافقة أو الإشعار',
  'register-since': 'منذ',
  'register-always': 'ما تعرفه كل خدمة عند الدخول',
  'register-changes': 'ما تغيّر',
  'register-no-changes': 'لا تغيير منذ التسجيل.',
  'register-change-service': 'سُجّلت الخدمة أو تغيّرت بياناتها',
  'register-change-status': 'تغيّرت حالة الخدمة',
  'register-change-purpose': 'سرى غرض',
  'register-change-retired': 'انتهى غرض',
  'register-technical': 'بيانات تقنية',
  'register-entry': 'القيد',
} as const;

export const arPurpose = {
  ...register,
  'field-basis-by-kind': 'الأساس بحسب نوع الشخص',
  'field-code': 'رمز الغرض',
  'field-recipients': 'من يتلقاها غير الجهة',
  'field-storage': 'مكان الحفظ',
  'field-terms': 'طريقة الاطلاع',
  'field-resources': 'ما تفعله في واجهات أخرى',
  'field-dpia': 'تقييم أثر حماية البيانات',
  'term-retention-none': 'تطّلع الجهة عليها ولا تحفظها',
  'term-storage': 'مكان الحفظ',
  'term-acts': 'ما تفعله الخدمة نيابةً عنك',
  'term-use': 'حدود الاطلاع',
  'shown-text': 'النص كما عُرض',
  'shown-note': 'كل ما كُتب في الصفحة قبل القرار. مواضع القيم الشخصية والتواريخ مفتوحة […].',
  'shown-unaltered': 'النص مطابق لملخصه الرقمي في الإيصال والقيد:',
  'shown-altered': 'النص المحفوظ لا يطابق ملخصه الرقمي. ليس هو النص الذي عُرض:',
  'preview-band': 'معاينة: القيم المعروضة أمثلة لشخص غير موجود، والأزرار لا تنقل شيئًا.',
  'submission-whole': 'الغرض كاملًا كما سيصير',
  'submission-previews': 'الصفحة كما سيراها الناس',
  'submission-preview': 'معاينة: {$kind}',
  'recipient-processor': 'يعالجها لحساب الجهة',
  'recipient-joint_controller': 'شريك في القرار مع الجهة',
  'recipient-third_party': 'طرف آخر',
  'storage-jurisdiction': 'تحت قانون {$country}',
  'storage-transfer': 'تُنقل إلى {$country}',
  'terms-mode-view': 'تطّلع الجهة ولا تحفظ شيئًا',
  'terms-mode-store': 'تحفظ الجهة ما تتلقاه',
  'terms-fetch-once': 'مرة واحدة',
  'terms-fetch-session': 'أثناء وجودك فقط',
  'terms-fetch-periodic': 'ما دامت الموافقة سارية، وفي غيابك أيضًا إن كانت الخدمة مسجَّلة لذلك',
  'terms-max-uses': `.input {$count :integer}
.match $count
one {{مرة واحدة على الأكثر}}
two {{مرتان على الأكثر}}
few {{{$count} مرات على الأكثر}}
many {{{$count} مرة على الأكثر}}
* {{{$count} مرة على الأكثر}}`,
  'terms-frequency': `.input {$count :integer}
.match $count
one {{مرة واحدة على الأكثر كل {$duration}}}
two {{مرتان على الأكثر كل {$duration}}}
few {{{$count} مرات على الأكثر كل {$duration}}}
many {{{$count} مرة على الأكثر كل {$duration}}}
* {{{$count} مرة على الأكثر كل {$duration}}}`,
  'terms-data-from': 'سجلات من {$date}',
  'terms-data-to': 'سجلات حتى {$date}',
  'form-raw': 'كما هو',
  'form-derived': 'محسوب',
  'form-masked': 'جزء منه',
  'form-yes_no': 'الجواب فقط',
} as const;
