/** English for how a link is asked for. */
export const request = {
  request: {
    title: 'Sign-in, cookies, proxy, mirrors and more',
    username: 'User name',
    password: 'Password',
    cookies: 'Cookies',
    cookiesHint: 'As your browser sends them to this server. Sluice sends them to no other server.',
    headers: 'Other headers',
    headersHint: 'One per line, as Name: value.',
    referer: 'Referrer',
    userAgent: 'User agent',
    proxyChoice: 'Proxy',
    proxyChoices: {
      system: 'System settings',
      none: 'None',
      own: 'Custom:',
    },
    proxy: 'Proxy address',
    mirrors: 'Mirrors',
    mirrorsHint: 'Other links to the same file, one per line. Sluice uses a mirror once its bytes have matched.',
    insecure: 'Skip certificate verification (insecure)',
    backend: 'Backend',
    backendHint: 'Try another backend if a server does not work with the automatic choice.',
    backendChoices: {
      asBefore: 'Unchanged',
      auto: 'Automatic',
      socket: 'Sluice (built in)',
      undici: 'undici (supports HTTP/2)',
      curl: 'curl (system)',
    },
    problem: {
      headers: 'Write each line as Name: value.',
      proxy: 'Give an address such as proxy.example:8080 or socks5://127.0.0.1:1080.',
      mirrors: 'Write one link per line.',
    },
  },
  signIn: {
    title: 'Sign in for {{name}}',
    body: 'The server asks for a user name and password. What was fetched is kept.',
    save: 'Sign in and continue',
  },
} as const;
