// What an agency owes a person after they took something back, in Arabic.

export const arDuties = {
  'error-agency-body-title': 'في الطلب ما لا يوافق الوصف',
  'error-agency-body-meaning': 'كل جزء منه مذكور أدناه. لم يتغيّر شيء ولم يُسلَّم شيء.',
  'error-agency-body-next': 'تصحيحه وفق وصف الواجهة، ثم إعادة الطلب.',
  'part-refused': 'القيمة ناقصة أو بصيغة أخرى أو غير معروفة. صيغتها في وصف الواجهة.',
  'error-duty-unknown-title': 'لا طلب بهذا الرقم لهذه الخدمة',
  'error-duty-unknown-meaning': 'تجيب كل خدمة عما طُلب منها وحدها. لم يتغيّر شيء.',
  'error-duty-unknown-next': 'قراءة الطلبات القائمة من واجهة الجهات.',

  'error-duty-answered-title': 'سُجل جواب آخر عن هذا الطلب',
  'error-duty-answered-meaning': 'الجواب الأول قائم، وقد اطّلع عليه صاحب البيانات. لم يتغيّر شيء.',
  'error-duty-answered-next': 'إذا كان الجواب الأول خطأ، فالتواصل مع المشغّل.',

  'error-duty-open-title': 'الجهة لم تجب بعد عن طلبك السابق',
  'error-duty-open-meaning': 'طُلب منها حذف بياناتك، ولم ينقضِ الموعد. لم يتغيّر شيء.',
  'error-duty-open-next': 'يظهر جوابها في صفحة الخدمة، ومعه الموعد الأخير.',

  'audit-place-duties': 'أجوبة متأخرة',
  'overdue-title': 'أجوبة انقضى موعدها',
  'overdue-lead': 'خدمات سُحب منها شيء ولم تقل حتى اليوم الأخير إنها حذفته أو بأي قانون تحفظه. لا يظهر هنا أحد.',
  'overdue-none': 'لا جواب متأخر.',
  'overdue-service': 'الخدمة والجهة',
  'overdue-purpose': 'الغرض',
  'overdue-kind': 'السبب',
  'overdue-due': 'اليوم الأخير',
  'overdue-days': 'أيام التأخر',
  'overdue-message': 'الإشعار',
  'overdue-told': 'وصل',
  'overdue-untold': 'لم يصل',
  'overdue-kind-withdrawn': 'سحب موافقة',
  'overdue-kind-narrowed': 'تقليص موافقة',
  'overdue-kind-revoked': 'إلغاء',
  'overdue-kind-invalidated': 'إبطال',
  'overdue-kind-erasure-requested': 'طلب حذف',
  'overdue-first': 'من البداية',
  'overdue-more': 'المزيد',
  'overdue-command': 'القائمة كاملة في ملف:',

  'duty-title': 'جواب الجهة',
  'duty-asked-withdrawn': 'سحبت موافقتك، فعلى الجهة حذف ما تسلّمته أو ذكر القانون الذي يلزمها بحفظه.',
  'duty-asked-narrowed': 'أوقفت مشاركة بعض البيانات، فعلى الجهة حذفها أو ذكر القانون الذي يلزمها بحفظها.',
  'duty-asked-revoked': 'ألغت سلطة مختصة هذه المشاركة، فعلى الجهة حذف ما تسلّمته أو ذكر القانون الذي يلزمها بحفظه.',
  'duty-asked-invalidated': 'أُبطلت هذه المشاركة، فعلى الجهة حذف ما تسلّمته أو ذكر القانون الذي يلزمها بحفظه.',
  'duty-asked-erasure-requested': 'طلبت حذف بياناتك، فعلى الجهة حذفها أو ذكر القانون الذي يلزمها بحفظها.',
  'duty-told': 'أُبلغت الجهة {#date /}.',
  'duty-telling': 'نبلغ الجهة الآن.',
  'duty-untold': 'ليس للجهة عنوان تتسلم فيه الإشعارات، فتعلم عند طلبها التالي.',
  'duty-due': 'الموعد الأخير للجواب: {#date /}.',
  'duty-days': `.input {$count :integer}
.match $count
0   {{ينتهي الموعد اليوم.}}
one {{بقي يوم واحد.}}
two {{بقي يومان.}}
few {{بقيت {$count} أيام.}}
many {{بقي {$count} يومًا.}}
*   {{بقي {$count} يوم.}}`,
  'duty-state-open': 'بانتظار الجواب',
  'duty-state-acknowledged': 'تسلّمت الجهة الطلب',
  'duty-state-erased': 'حذفت الجهة بياناتك',
  'duty-state-kept': 'تحفظها الجهة بحكم القانون',
  'duty-state-overdue': 'انقضى الموعد دون جواب',
  'duty-overdue-text': 'يظهر هذا للمدققين أيضًا.',
  'duty-answered': 'أجابت {#date /}.',
  'duty-article': 'القانون كما ذكرته الجهة:',
} as const;
