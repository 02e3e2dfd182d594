/** French for how a link is asked for. */
export const request = {
  request: {
    title: 'Connexion, cookies, proxy, miroirs et plus',
    username: 'Nom d’utilisateur',
    password: 'Mot de passe',
    cookies: 'Cookies',
    cookiesHint: 'Tels que votre navigateur les envoie à ce serveur. Sluice ne les envoie à aucun autre.',
    headers: 'Autres en-têtes',
    headersHint: 'Un par ligne, sous la forme Nom : valeur.',
    referer: 'Référent',
    userAgent: 'Agent utilisateur',
    proxyChoice: 'Proxy',
    proxyChoices: {
      system: 'Paramètres du système',
      none: 'Aucun',
      own: 'Personnalisé :',
    },
    proxy: 'Adresse du proxy',
    mirrors: 'Miroirs',
    mirrorsHint:
      'Autres liens vers le même fichier, un par ligne. Sluice utilise un miroir une fois que ses octets ont concordé.',
    insecure: 'Ignorer la vérification du certificat (non sûr)',
    backend: 'Mode de transfert',
    backendHint: 'Essayez un autre mode si un serveur ne fonctionne pas avec le choix automatique.',
    backendChoices: {
      asBefore: 'Inchangé',
      auto: 'Automatique',
      socket: 'Sluice (intégré)',
      undici: 'undici (avec HTTP/2)',
      curl: 'curl (du système)',
    },
    problem: {
      headers: 'Écrivez chaque ligne sous la forme Nom : valeur.',
      proxy: 'Indiquez une adresse telle que proxy.example:8080 ou socks5://127.0.0.1:1080.',
      mirrors: 'Écrivez un lien par ligne.',
    },
  },
  signIn: {
    title: 'Se connecter pour {{name}}',
    body: 'Le serveur demande un nom d’utilisateur et un mot de passe. Ce qui est téléchargé est conservé.',
    save: 'Se connecter et continuer',
  },
} as const;
