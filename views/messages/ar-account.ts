// The first page and the places of the own page, in Arabic: what happened, passkeys and sessions.

const places = {
  'place-activity': 'سجل الاطلاع',
  'place-receipts': 'الإيصالات',
  'place-security': 'الأمان',
  'account-latest': 'حُفظ قرارك',
  'account-latest-authority': 'قرار من جهة مختصة',
  'account-latest-where': 'يبقى الإيصال هنا وفي سجل الاطلاع.',
  'account-ends-soon': 'موافقة تنتهي خلال {$time}',
  'account-ends-soon-text': '{$purpose}: {#date /}. بعدها لا يُشارَك شيء، ويُعرض عليك الطلب من جديد عند دخولك.',
  'account-ends-soon-show': 'عرض الموافقة',
  'account-all-activity': 'سجل الاطلاع كله',
  'account-manage-security': 'إدارة المفاتيح والجلسات',
} as const;

const home = {
  'home-example': 'مثال: تجديد تصريح العمل',
  'home-example-text': 'ما يصل إلى وزارة العمل، وما لا يصل.',
  'home-example-name': 'الاسم الكامل',
  'home-example-age': 'بلوغ 18 سنة',
  'home-example-phone': 'رقم الجوال',
  'home-example-number': 'رقم الهوية الوطنية',
  'home-example-address': 'العنوان',
  'home-example-shared': 'يُشارَك',
  'home-example-answer': 'الجواب فقط: نعم',
  'home-example-choice': 'باختيارك',
  'home-example-not-asked': 'غير مطلوب',
  'home-doors': 'أبواب أخرى',
  'home-door-receipt': 'يجري التحقق على جهازك، حتى دون اتصال بالإنترنت.',
  'home-auditors': 'المدققون',
  'home-office': 'مكاتب التسجيل',
  'home-door-staff': 'الدخول بمفتاح الموظف.',
  'home-agencies': 'مطورو الجهات',
  'home-log': 'السجل العلني',
  'home-door-agencies': 'عناوين الربط بهوية، وآخر نقطة تحقق موقَّعة من السجل.',
} as const;

const activity = {
  'activity-released': `.input {$count :integer}
.match $count
zero {{لم تصل بيانات إلى {$agency}}}
one {{وصل بيان واحد إلى {$agency}}}
two {{وصل بيانان إلى {$agency}}}
few {{وصلت {$count} بيانات إلى {$agency}}}
many {{وصل {$count} بيانًا إلى {$agency}}}
* {{وصل {$count} بيان إلى {$agency}}}`,
  'activity-given': 'أعطيت موافقتك لخدمة {$service}',
  'activity-notified': 'عُرض عليك إشعار خدمة {$service}',
  'activity-refused': 'رفضت طلب خدمة {$service}',
  'activity-withdrawn': 'سحبت موافقتك من خدمة {$service}',
  'activity-renewed': 'جدّدت موافقتك لخدمة {$service}',
  'activity-narrowed': 'أخرجت بيانات من موافقتك لخدمة {$service}',
  'activity-paused': 'أوقفت موافقتك لخدمة {$service} مؤقتًا',
  'activity-resumed': 'استأنفت موافقتك لخدمة {$service}',
  'activity-deferred': 'أجّلت طلب خدمة {$service}',
  'activity-expired': 'انتهت مدة المشاركة مع خدمة {$service}',
  'activity-revoked': 'أنهت جهة مختصة المشاركة مع خدمة {$service}',
  'activity-invalidated': 'أبطلت جهة مختصة المشاركة مع خدمة {$service}',
  'activity-signed-in': 'دخلت إلى خدمة {$service}',
  'activity-over-asked': 'طلب زائد من {$agency}',
  'activity-denied': 'رُدّ طلب من خدمة {$service}، لأن موافقتك لم تعد تسمح به',
  'activity-over-asked-text': 'لم تُرسل هذه البيانات، لأنها خارج الغرض المسجَّل.',
  'activity-refreshed': 'تجدَّد إذن خدمة {$service} في غيابك',
  'activity-session-started': 'دخول بمفتاح المرور',
  'activity-session-ended': 'انتهت جلسة من جلساتك',
  'activity-passkey-added': 'أُضيف مفتاح مرور',
  'activity-passkey-suspended': 'أُوقف مفتاح مرور لحمايتك، لأن نسخة منه قد تكون في يد غيرك',
  'activity-details-changed': 'غيّرت بيانات من بياناتك',
  'activity-invited': 'صدر رابط لإنشاء مفتاح مرور',
  'activity-proofed': 'جرى التحقق من هويتك',
  'activity-looked-up': 'بحث عنك موظف تسجيل في مكتب التسجيل',
  'activity-status-changed': 'تغيّرت حالة هويتك',
  'activity-title': 'من اطّلع على بياناتك؟',
  'activity-lead': 'كل مشاركة، وكل طلب زائد، وكل قرار منك، وكل دخول باسمك.',
  'activity-filter-service': 'الخدمة',
  'activity-filter-kind': 'النوع',
  'activity-all-services': 'كل الخدمات',
  'activity-all-kinds': 'كل الأنواع',
  'activity-group-shared': 'مشاركة بيانات',
  'activity-group-decided': 'قراراتك',
  'activity-group-over-asked': 'طلبات زائدة ومردودة',
  'activity-group-entered': 'دخول وخروج',
  'activity-group-access': 'مفاتيح المرور وبياناتك والحالة',
  'activity-show': 'عرض',
  'activity-none': 'سيظهر هنا كل ما يحدث لبياناتك، من أول دخول لك إلى خدمة.',
  'activity-none-found': 'لا شيء من هذا النوع. يمكن اختيار كل الخدمات وكل الأنواع.',
  'activity-pages': 'صفحات السجل',
  'activity-older': 'الأقدم',
  'activity-newest': 'الأحدث',
} as const;

const security = {
  'security-lead': 'مفاتيح المرور التي تفتح صفحتك، والأجهزة التي دخلت منها.',
  'security-passkey-added': 'أُضيف مفتاح المرور. يمكنك الدخول به من الآن.',
  'security-session-ended': 'أُنهيت الجلسة. لا يدخل ذلك الجهاز إلى خدمة باسمك إلا بمفتاح مرور. وتُبلَّغ الخدمات المفتوحة فيه متى أمكن.',
  'sessions-title': 'الجلسات المفتوحة',
  'session-this': 'هذه الجلسة',
  'session-began': 'بدأت {#date /}',
  'session-used': 'آخر نشاط {#date /}',
  'session-reached': 'مفتوحة في: {$services}',
  'session-reached-none': 'مفتوحة في صفحتك فقط',
  'session-end': 'إنهاء الجلسة',
  'sessions-end': 'إنهاء كل الجلسات',
  'sessions-end-text': 'ينتهي دخولك في كل الأجهزة، وفي هذا الجهاز أيضًا، وتُبلَّغ الخدمات متى أمكن.',
  'sessions-times': 'تنتهي الجلسة وحدها بعد {$idle} دون نشاط، وفي كل الأحوال بعد {$longest}.',
  'sessions-ask-strange': 'جلسة لا أعرفها',
  'sessions-say-strange': 'يكفي إنهاؤها، وتتوقف فورًا. ثم مراجعة مفاتيح المرور أعلاه. إذا كان بينها مفتاح غريب، فإبلاغ مكتب التسجيل.',
  'device-known': '{$browser} على {$system}',
  'device-browser': 'متصفح',
  'device-unknown': 'جهاز غير معروف النوع',
} as const;

export const arAccount = { ...places, ...home, ...activity, ...security } as const;
