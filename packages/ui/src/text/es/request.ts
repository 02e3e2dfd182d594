/** Spanish for how a link is asked for. */
export const request = {
  request: {
    title: 'Inicio de sesión, cookies, proxy, espejos y más',
    username: 'Nombre de usuario',
    password: 'Contraseña',
    cookies: 'Cookies',
    cookiesHint: 'Como su navegador las envía a este servidor. Sluice no las envía a ningún otro.',
    headers: 'Otras cabeceras',
    headersHint: 'Una por línea, como Nombre: valor.',
    referer: 'Referente',
    userAgent: 'Agente de usuario',
    proxyChoice: 'Proxy',
    proxyChoices: {
      system: 'Ajustes del sistema',
      none: 'Ninguno',
      own: 'Propio:',
    },
    proxy: 'Dirección del proxy',
    mirrors: 'Espejos',
    mirrorsHint: 'Otros enlaces al mismo archivo, uno por línea. Sluice usa un espejo cuando sus bytes han coincidido.',
    insecure: 'Omitir la verificación del certificado (inseguro)',
    backend: 'Método de transferencia',
    backendHint: 'Pruebe otro método si un servidor no funciona con la elección automática.',
    backendChoices: {
      asBefore: 'Sin cambios',
      auto: 'Automático',
      socket: 'Sluice (integrado)',
      undici: 'undici (con HTTP/2)',
      curl: 'curl (del sistema)',
    },
    problem: {
      headers: 'Escriba cada línea como Nombre: valor.',
      proxy: 'Indique una dirección como proxy.example:8080 o socks5://127.0.0.1:1080.',
      mirrors: 'Escriba un enlace por línea.',
    },
  },
  signIn: {
    title: 'Iniciar sesión para {{name}}',
    body: 'El servidor pide usuario y contraseña. Lo descargado se conserva.',
    save: 'Iniciar sesión y continuar',
  },
} as const;
