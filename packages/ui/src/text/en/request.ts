/** English for how a link is asked for. */
export const request = {
  request: {
    title: 'Sign-in, cookies, proxy, mirrors and more',
    username: 'User name',
    password: 'Password',
    cookies: 'Cookies',
    cookiesHint: 'As your browser sends them to this server; they go nowhere else.',
    headers: 'Further headers',
    headersHint: 'One a line, with a colon.',
    referer: 'Page the link is on',
    userAgent: 'Program to appear as',
    proxyChoice: 'Proxy',
    proxyChoices: {
      system: 'As the system says',
      none: 'None',
      own: 'This one:',
    },
    proxy: 'Address of the proxy',
    mirrors: 'Other links to the same file',
    mirrorsHint: 'One a line. Used as well once their bytes have proved the same.',
    insecure: 'Trust the server even if its certificate cannot be checked',
    backend: 'Fetched by',
    backendHint: 'Another way helps with a server that the usual one does not get on with.',
    backendChoices: {
      asBefore: 'As until now',
      auto: 'Automatic',
      socket: 'Sluice’s own reader',
      undici: 'undici (HTTP/2 too)',
      curl: 'The system’s curl',
    },
    problem: {
      headers: 'Each line wants a name, a colon and a value.',
      proxy: 'Give an address such as proxy.example:8080 or socks5://127.0.0.1:1080.',
      mirrors: 'Each line should be one link.',
    },
  },
  signIn: {
    title: 'Sign in for {{name}}',
    body: 'The server wants to know who asks. What was fetched is kept.',
    save: 'Sign in and continue',
  },
} as const;
