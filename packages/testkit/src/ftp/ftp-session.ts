/** One control connection of the hostile FTP server (RFC 959, RFC 2428, RFC 3659), and the data connection beside it. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { FtpFile, FtpReplies } from './ftp-script.ts';

export interface FtpSessionOptions {
  readonly files: ReadonlyMap<string, FtpFile>;
  /** Read at each command. */
  readonly script: { readonly replies: FtpReplies };
  readonly note: (command: string) => void;
}

export class FtpSession {
  readonly #control: Socket;
  readonly #options: FtpSessionOptions;
  #folder = '';
  #start = 0;
  #passive: Server | null = null;
  #data: Promise<Socket> | null = null;

  constructor(control: Socket, options: FtpSessionOptions) {
    this.#control = control;
    this.#options = options;
  }

  start(): void {
    let rest = '';
    this.#control.setEncoding('latin1');
    this.#control.on('error', () => {});
    this.#control.once('close', () => this.#passive?.close());
    this.#control.on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) void this.#answer(line);
    });
    const greeting = this.#options.script.replies['GREETING'] ?? '220 ready';
    this.#say(greeting);
    if (greeting.startsWith('4')) this.#control.end();
  }

  async #answer(line: string): Promise<void> {
    const [, command = '', argument = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    if (command !== 'USER' && command !== 'PASS') this.#options.note(line);
    const scripted = this.#options.script.replies[command];
    if (scripted !== undefined) return this.#say(scripted);
    switch (command) {
      case 'USER':
        return this.#say('331 password?');
      case 'PASS':
        return this.#say('230 come in');
      case 'PWD':
        return this.#say('257 "/"');
      case 'CWD':
        this.#folder = argument === '/' ? '' : `${this.#folder}${argument}/`;
        return this.#say('250 there');
      case 'TYPE':
        return this.#say('200 binary');
      case 'EPSV':
        return this.#openPassive();
      case 'REST':
        this.#start = Number(argument);
        return this.#say('350 from there');
      case 'SIZE':
        return this.#tell(argument, ({ bytes }) => `213 ${bytes.length}`);
      case 'MDTM':
        return this.#tell(argument, ({ modified = '20200102030405' }) => `213 ${modified}`);
      case 'RETR':
        return this.#send(argument);
      case 'QUIT':
        this.#say('221 bye');
        this.#control.end();
        return;
      default:
        return this.#say('500 unknown');
    }
  }

  #tell(name: string, reply: (file: FtpFile) => string): void {
    const file = this.#options.files.get(this.#folder + name);
    this.#say(file === undefined ? '550 no such file' : reply(file));
  }

  async #openPassive(): Promise<void> {
    this.#passive?.close();
    this.#passive = createServer().listen(0, '127.0.0.1');
    this.#data = connectionTo(this.#passive);
    await once(this.#passive, 'listening');
    this.#say(`229 over there (|||${(this.#passive.address() as AddressInfo).port}|)`);
  }

  async #send(name: string): Promise<void> {
    const file = this.#options.files.get(this.#folder + name);
    if (file === undefined || this.#data === null) return this.#say('550 no such file');
    const data = await this.#data;
    this.#say('150 here it comes');
    const bytes = file.bytes.subarray(this.#start);
    this.#start = 0;
    const { afterBytes, how } = file.end ?? { afterBytes: bytes.length, how: 'whole' };
    data.write(bytes.subarray(0, afterBytes));
    if (how === 'stall') return;
    if (how === 'cut') return void data.end(() => this.#control.destroy());
    const closed = new Promise((resolve) => data.once('close', resolve));
    data.end();
    await closed;
    this.#say(how === 'fail' ? '426 something broke' : '226 that was it');
  }

  #say(reply: string): void {
    this.#control.write(`${reply}\r\n`);
  }
}

async function connectionTo(passive: Server): Promise<Socket> {
  const [socket] = (await once(passive, 'connection')) as [Socket];
  socket.on('error', () => {});
  return socket;
}
