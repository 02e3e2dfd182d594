/** German for how a link is asked for. */
export const request = {
  request: {
    title: 'Anmeldung, Cookies, Proxy, Spiegel und mehr',
    username: 'Benutzername',
    password: 'Passwort',
    cookies: 'Cookies',
    cookiesHint: 'Wie Ihr Browser sie an diesen Server sendet. Sluice sendet sie an keinen anderen.',
    headers: 'Weitere Kopfzeilen',
    headersHint: 'Je Zeile eine, als Name: Wert.',
    referer: 'Referrer',
    userAgent: 'User-Agent',
    proxyChoice: 'Proxy',
    proxyChoices: {
      system: 'Systemeinstellungen',
      none: 'Keiner',
      own: 'Eigener:',
    },
    proxy: 'Proxy-Adresse',
    mirrors: 'Spiegel',
    mirrorsHint:
      'Andere Links zur selben Datei, je Zeile einer. Sluice nutzt einen Spiegel, sobald seine Bytes übereingestimmt haben.',
    insecure: 'Zertifikatsprüfung überspringen (unsicher)',
    backend: 'Übertragungsweg',
    backendHint: 'Versuchen Sie einen anderen Weg, wenn ein Server mit der automatischen Wahl nicht funktioniert.',
    backendChoices: {
      asBefore: 'Unverändert',
      auto: 'Automatisch',
      socket: 'Sluice (eingebaut)',
      undici: 'undici (mit HTTP/2)',
      curl: 'curl (System)',
    },
    problem: {
      headers: 'Schreiben Sie jede Zeile als Name: Wert.',
      proxy: 'Geben Sie eine Adresse wie proxy.example:8080 oder socks5://127.0.0.1:1080 an.',
      mirrors: 'Schreiben Sie je Zeile einen Link.',
    },
  },
  signIn: {
    title: 'Für {{name}} anmelden',
    body: 'Der Server fragt nach Benutzername und Passwort. Das Geladene bleibt erhalten.',
    save: 'Anmelden und fortsetzen',
  },
} as const;
