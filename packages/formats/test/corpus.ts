/** One text of each format, as the programs that write it do. */
import type { FileFormat } from '../src/entry.ts';

interface Sample {
  readonly format: FileFormat;
  readonly text: string;
}

export const corpus = {
  text: { format: 'text', text: 'Look here: https://a.example/1\nand www.a.example/2.\n' },
  metalink4: {
    format: 'metalink',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<metalink xmlns="urn:ietf:params:xml:ns:metalink">
  <generator>test</generator>
  <file name="../../dir/example.iso">
    <size>14471447</size>
    <hash type="sha-1">${'0f'.repeat(20)}</hash>
    <hash type="sha-256">${'AB'.repeat(32)}</hash>
    <pieces length="1048576" type="sha-256"><hash>${'11'.repeat(32)}</hash></pieces>
    <signature mediatype="application/pgp-signature">-----BEGIN</signature>
    <url>http://last.example/example.iso</url>
    <url location="de" priority="2">ftp://second.example/example.iso</url>
    <url priority="1">https://first.example/example.iso?a=1&amp;b=2</url>
    <metaurl mediatype="torrent">https://first.example/example.torrent</metaurl>
  </file>
  <file name="notes.txt">
    <url><![CDATA[https://first.example/notes.txt]]></url>
  </file>
</metalink>
`,
  },
  metalink3: {
    format: 'metalink',
    text: `<?xml version="1.0"?>
<metalink version="3.0" xmlns="http://www.metalinker.org/">
<files><file name="a.bin"><verification><hash type="md5">${'cd'.repeat(16)}</hash></verification>
<resources>
<url type="http" preference="10">http://worse.example/a.bin</url>
<url type="http" preference="100" maxconnections="1">http://best.example/a.bin</url>
</resources></file></files></metalink>`,
  },
  har: {
    format: 'har',
    text: JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              method: 'GET',
              url: 'https://a.example/file.zip',
              headers: [
                { name: ':authority', value: 'a.example' },
                { name: 'Accept', value: '*/*' },
                { name: 'accept-encoding', value: 'br' },
                { name: 'Authorization', value: 'Bearer t' },
                { name: 'cookie', value: 'sid=1' },
                { name: 'cookie', value: 'b=2' },
                { name: 'Referer', value: 'https://a.example/' },
                { name: 'User-Agent', value: 'Moz' },
                { name: 'Range', value: 'bytes=0-' },
              ],
              cookies: [{ name: 'sid', value: '1' }],
            },
            response: {
              status: 200,
              headers: [{ name: 'Content-Length', value: '5000' }],
              content: { size: 9000, mimeType: 'application/zip' },
            },
          },
          { request: { method: 'GET', url: 'https://a.example/old' }, response: { status: 302 } },
          {
            request: {
              method: 'POST',
              url: 'https://a.example/form',
              postData: { mimeType: 'application/x-www-form-urlencoded', text: 'a=1' },
            },
            response: { status: 200, content: { size: 7, mimeType: 'text/plain' } },
          },
          { request: { method: 'GET', url: 'wss://a.example/socket' }, response: { status: 101 } },
        ],
      },
    }),
  },
  curlBash: {
    format: 'curl',
    text: String.raw`curl 'https://a.example/file.zip?x=1&y=%202' \
  -H 'accept: */*' \
  -H 'accept-encoding: gzip, br' \
  -b 'sid=1; theme=dark' \
  -H 'referer: https://a.example/page' \
  -H $'x-quote: say "hi" it\'s' \
  -H 'user-agent: Mozilla/5.0 (X11; Linux)' \
  --compressed ;
curl 'https://a.example/form' --data-raw $'name=J\u00fcrgen&x=%20\nend\u0021' -H 'content-type: application/x-www-form-urlencoded'`,
  },
  curlCmd: {
    format: 'curl',
    text: String.raw`curl ^"https://a.example/file.zip?x=1^&y=^%^202^" ^
  -H ^"accept: */*^" ^
  -b ^"sid=1; theme=dark^" ^
  -H ^"referer: https://a.example/page^" ^
  -H ^"x-quote: say ^\^"hi^\^" it's^" ^
  -H ^"user-agent: Mozilla/5.0 (X11; Linux)^" ^
  --compressed &
curl ^"https://a.example/form^" ^
  -H ^"content-type: application/x-www-form-urlencoded^" ^
  --data-raw ^"name=Jürgen^&x=^%^20^

end^!^"`.replaceAll('\n', '\r\n'),
  },
  powershell: {
    format: 'powershell',
    text: `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11; Linux)"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1", "/", "a.example")))
$session.Cookies.Add((New-Object System.Net.Cookie("theme", "dark", "/", "a.example")))
Invoke-WebRequest -UseBasicParsing -Uri "https://a.example/file.zip?x=1&y=%202" \`
-WebSession $session \`
-Headers @{
"authority"="a.example"
  "method"="GET"
  "accept"="*/*"
  "accept-encoding"="gzip, deflate"
  "x-quote"="say \`"hi\`" it's"
  "referer"="https://a.example/page"
};
$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
Invoke-WebRequest -Uri "https://a.example/form" \`
-Method "POST" \`
-WebSession $session \`
-ContentType "application/x-www-form-urlencoded" \`
-Body ([System.Text.Encoding]::UTF8.GetBytes("name=J$([char]252)rgen&x=%20$([char]10)end!"))`,
  },
  url: {
    format: 'url',
    text: '[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=https://a.example/win?x=1\r\n',
  },
  webloc: {
    format: 'webloc',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>URL</key><string>https://a.example/mac?x=1&amp;y=2</string></dict></plist>`,
  },
  desktop: { format: 'desktop', text: '[Desktop Entry]\nType=Link\nName=x\nURL=https://a.example/linux\n' },
  aria2: {
    format: 'aria2',
    text: `https://a.example/1\thttps://b.example/1
 gid=2089b05ecca3d829
 out=../one.bin
 dir=/tmp
 referer=https://a.example/
 header=X-A: b
 checksum=sha-256=${'ab'.repeat(32)}
https://a.example/2
`,
  },
  ef2: {
    format: 'ef2',
    text: '<\r\nhttps://a.example/1.zip\r\ncookie: a=1\r\nreferer: https://a.example/\r\nUser-Agent: Moz\r\n>\r\n<\r\nhttps://a.example/2.zip\r\n>\r\n',
  },
  html: {
    format: 'html',
    text: `<!DOCTYPE html>
<!-- saved from url=(0026)https://a.example/dir/page -->
<html><head><title>x <a href="https://no.example/"></title><script>"<a href='https://no.example/'>"</script></head>
<body><a href="file.zip?a=1&amp;b=2" download="x.zip">x</a> <a href="#top">top</a> <a href="mailto:a@b.example">m</a>
<img srcset="https://cdn.example/small,1.jpg 1x, /big.jpg 2x"><video src=film.mp4></video>
</body></html>`,
  },
  sluice: {
    format: 'sluice',
    text: JSON.stringify({
      sluiceExport: 1,
      downloads: [
        {
          url: 'https://a.example/1',
          name: '/etc/b.bin',
          folder: '/etc',
          checksum: 'cd'.repeat(16),
          request: { referer: 'https://a.example/', proxy: 'http://p.example:1', insecure: true },
        },
      ],
    }),
  },
} as const satisfies Readonly<Record<string, Sample>>;
