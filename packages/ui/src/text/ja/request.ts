/** Japanese for how a link is asked for. */
export const request = {
  request: {
    title: 'サインイン、Cookie、プロキシ、ミラーなど',
    username: 'ユーザー名',
    password: 'パスワード',
    cookies: 'Cookie',
    cookiesHint: 'ブラウザーがこのサーバーに送るとおりに。ほかのサーバーには送りません。',
    headers: 'その他のヘッダー',
    headersHint: '1 行に 1 つ、名前: 値 の形で。',
    referer: 'リファラー',
    userAgent: 'ユーザーエージェント',
    proxyChoice: 'プロキシ',
    proxyChoices: {
      system: 'システム設定',
      none: 'なし',
      own: '指定:',
    },
    proxy: 'プロキシのアドレス',
    mirrors: 'ミラー',
    mirrorsHint: '同じファイルへの別のリンクを 1 行に 1 つ。バイトが一致したミラーだけを使います。',
    insecure: '証明書の検証を省く(安全ではありません)',
    backend: '転送方式',
    backendHint: '自動選択で動かないサーバーには別の方式を試してください。',
    backendChoices: {
      asBefore: '変更しない',
      auto: '自動',
      socket: 'Sluice(内蔵)',
      undici: 'undici(HTTP/2 対応)',
      curl: 'curl(システム)',
    },
    problem: {
      headers: '各行を 名前: 値 の形で書いてください。',
      proxy: 'proxy.example:8080 や socks5://127.0.0.1:1080 のようなアドレスを入力してください。',
      mirrors: '1 行に 1 つのリンクを書いてください。',
    },
  },
  signIn: {
    title: '{{name}} のためにサインイン',
    body: 'サーバーがユーザー名とパスワードを求めています。取得済みの部分は残ります。',
    save: 'サインインして続ける',
  },
} as const;
