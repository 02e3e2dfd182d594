/** Simplified Chinese for how a link is asked for. */
export const request = {
  request: {
    title: '登录、Cookie、代理、镜像等',
    username: '用户名',
    password: '密码',
    cookies: 'Cookie',
    cookiesHint: '与浏览器发送给此服务器的相同。Sluice 不会发送给其他服务器。',
    headers: '其他标头',
    headersHint: '每行一个,格式为 名称: 值。',
    referer: '来源页',
    userAgent: '用户代理',
    proxyChoice: '代理',
    proxyChoices: {
      system: '系统设置',
      none: '无',
      own: '自定义:',
    },
    proxy: '代理地址',
    mirrors: '镜像',
    mirrorsHint: '同一文件的其他链接,每行一个。镜像的字节一致后 Sluice 才会使用。',
    insecure: '跳过证书验证(不安全)',
    backend: '传输方式',
    backendHint: '如果自动选择无法用于某台服务器,请尝试其他方式。',
    backendChoices: {
      asBefore: '不变',
      auto: '自动',
      socket: 'Sluice(内置)',
      undici: 'undici(支持 HTTP/2)',
      curl: 'curl(系统)',
    },
    problem: {
      headers: '每行请写成 名称: 值。',
      proxy: '请输入地址,例如 proxy.example:8080 或 socks5://127.0.0.1:1080。',
      mirrors: '每行写一个链接。',
    },
  },
  signIn: {
    title: '登录以下载 {{name}}',
    body: '服务器要求用户名和密码。已下载的内容会保留。',
    save: '登录并继续',
  },
} as const;
