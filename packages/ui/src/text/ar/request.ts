/** Arabic for how a link is asked for. */
export const request = {
  request: {
    title: 'تسجيل الدخول وملفات تعريف الارتباط والوكيل والمرايا والمزيد',
    username: 'اسم المستخدم',
    password: 'كلمة المرور',
    cookies: 'ملفات تعريف الارتباط',
    cookiesHint: 'كما يرسلها متصفحك إلى هذا الخادم. لا يرسلها Sluice إلى غيره.',
    headers: 'ترويسات أخرى',
    headersHint: 'واحدة في كل سطر، بصيغة الاسم: القيمة.',
    referer: 'الصفحة المحيلة',
    userAgent: 'وكيل المستخدم',
    proxyChoice: 'الوكيل',
    proxyChoices: {
      system: 'إعدادات النظام',
      none: 'بلا',
      own: 'مخصص:',
    },
    proxy: 'عنوان الوكيل',
    mirrors: 'المرايا',
    mirrorsHint: 'روابط أخرى للملف نفسه، واحد في كل سطر. يستخدم Sluice المرآة بعد أن تتطابق بايتاتها.',
    insecure: 'تخطي التحقق من الشهادة (غير آمن)',
    backend: 'طريقة النقل',
    backendHint: 'جرّب طريقة أخرى إذا لم يعمل خادم مع الاختيار التلقائي.',
    backendChoices: {
      asBefore: 'دون تغيير',
      auto: 'تلقائي',
      socket: 'Sluice (مدمج)',
      undici: 'undici (يدعم HTTP/2)',
      curl: 'curl (النظام)',
    },
    problem: {
      headers: 'اكتب كل سطر بصيغة الاسم: القيمة.',
      proxy: 'أدخل عنوانًا مثل proxy.example:8080 أو socks5://127.0.0.1:1080.',
      mirrors: 'اكتب رابطًا واحدًا في كل سطر.',
    },
  },
  signIn: {
    title: 'تسجيل الدخول لـ {{name}}',
    body: 'يطلب الخادم اسم مستخدم وكلمة مرور. ما نُزّل محفوظ.',
    save: 'تسجيل الدخول والمتابعة',
  },
} as const;
