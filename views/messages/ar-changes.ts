// ما تغيّر منذ وافق الشخص، في الصفحة التي تسأله من جديد.

export const arChanges = {
  'changed-title': '{$purpose}: تغيّر طلب {#whole}{$agency}{/whole}. ما قرارك؟',
  'changed-lead': 'وافقت في {#date /}. هنا ما تغيّر فقط.',
  'changed-whole-lead': 'وافقت في {#date /}. هنا ما تغيّر منذ ذلك الحين، وبعده الطلب كاملًا.',
  'told-lead': 'وصلك إشعار في {#date /}. هنا ما تغيّر منذ ذلك الحين، وبعده الطلب كاملًا.',
  'again-lead': 'كان قرارك الأخير في {#date /}. القرار لك من جديد.',
  'changed-heading': 'ما تغيّر',
  'change-new-needed': 'بيان جديد لازم',
  'change-now-needed': 'صار لازمًا، وكان من اختيارك',
  'change-other-reason': 'يلزم لسبب آخر',
  'change-fuller': 'يُشارَك منه أكثر من قبل',
  'change-new-choice': 'بيان جديد لك أن تختاره',
  'change-other-choice': 'بيان اخترته، تغيّر طلبه',
  'change-choice-text': 'القرار لك، وهو بين اختياراتك أدناه.',
  'change-kept-longer': 'حفظ لمدة أطول',
  'change-lasts-longer': 'موافقة لمدة أطول',
  'change-purpose-words': 'صياغة أخرى للغرض',
  'change-recipient': 'متلقٍّ جديد',
  'change-act': 'ما ستفعله الخدمة أيضًا نيابةً عنك',
  'change-place': 'مكان حفظ آخر',
  'change-place-unsaid': 'غير مذكور',
  'change-transfer': 'نقل إلى دولة أخرى',
  'change-use': 'اطلاع أكثر',
  'change-use-unlimited': 'بلا حدّ',
  'change-ended': 'انتهت مدة موافقتك',
  'change-ended-text': 'لا تتلقى الجهة شيئًا بعدها إلى حين قرارك.',
  'change-used-up': 'استُنفدت موافقتك',
  'change-used-up-text': 'شُوركت البيانات بعدد المرات الذي وافقت عليه.',
  'change-paused': 'المشاركة موقوفة بطلبك',
  'change-paused-text': 'عند الموافقة تُستأنف.',
  'change-person-kind': 'تغيّرت صفة إقامتك',
  'change-person-kind-text': 'كانت موافقتك على ما طُلب بصفتك السابقة.',
  'change-stronger-sign-in': 'يلزم تسجيل دخول أقوى',
  'change-stronger-sign-in-text': 'تطلب الخدمة الآن تسجيل دخول أقوى مما استخدمته حينها.',
  'change-now-yours': 'صار القرار لك',
  'change-now-yours-text': 'لم تكن المشاركة تستند إلى موافقتك، وهي من الآن تستند إليها.',
  'change-terms': 'تغيّرت الشروط',
  'change-terms-text': 'ليست هذه الشروط التي وافقت عليها، وهي معروضة هنا كاملة.',
  'change-from': 'من',
  'change-to': 'إلى',
  'changed-unchanged': `.input {$count :integer}
.match $count
one {{ما لم يتغيّر: بيان واحد}}
two {{ما لم يتغيّر: بيانان}}
few {{ما لم يتغيّر: {$count} بيانات}}
many {{ما لم يتغيّر: {$count} بيانًا}}
* {{ما لم يتغيّر: {$count} بيان}}`,
} as const;
