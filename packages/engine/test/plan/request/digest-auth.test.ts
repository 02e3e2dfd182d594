/** Digest answers, by the examples of RFC 7616 section 3.9 and RFC 2617 section 3.5. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../src/plan/request/auth-challenge.ts';
import { chooseDigest, digestAuthorization, type DigestHash } from '../../../src/plan/request/digest-auth.ts';

function digest(hash: DigestHash, text: string): string {
  return createHash(hash).update(text).digest('hex');
}

const realm =
  'realm="http-auth@example.org", qop="auth, auth-int", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
const nonce = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
const asked = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  path: '/dir/index.html',
  count: 1,
  clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

function chosen(...values: string[]) {
  const challenge = chooseDigest(parseChallenges(values));
  if (challenge === null) throw new Error('no challenge can be answered');
  return challenge;
}

describe('digestAuthorization', () => {
  it.each([
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ])('%s', (algorithm, response) => {
    const challenge = chosen(`Digest ${realm}, algorithm=${algorithm}, ${nonce}`);
    expect(digestAuthorization({ ...asked, challenge }, digest)).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", ${nonce}, uri="/dir/index.html", algorithm=${algorithm}, ` +
        `qop=auth, nc=00000001, cnonce="${asked.clientNonce}", response="${response}", ` +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
  });

  it('of RFC 2617, in hexadecimal counts', () => {
    const challenge = chosen(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"',
    );
    const said = digestAuthorization(
      { ...asked, challenge, password: 'Circle Of Life', clientNonce: '0a4f113b', count: 26 },
      digest,
    );
    expect(said).toContain('nc=0000001a');
    expect(said).not.toContain('algorithm');
    expect(
      digestAuthorization({ ...asked, challenge, password: 'Circle Of Life', clientNonce: '0a4f113b' }, digest),
    ).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it('without a quality of protection (RFC 2069)', () => {
    const challenge = chosen('Digest realm="r", nonce="n"');
    const [first, second] = [digest('md5', 'Mufasa:r:Circle of Life'), digest('md5', 'GET:/dir/index.html')];
    expect(digestAuthorization({ ...asked, challenge }, digest)).toBe(
      `Digest username="Mufasa", realm="r", nonce="n", uri="/dir/index.html", response="${digest('md5', `${first}:n:${second}`)}"`,
    );
  });

  it('of a session hashes both nonces in', () => {
    const challenge = chosen('Digest realm="r", nonce="n", algorithm=MD5-sess');
    const secret = digest('md5', `${digest('md5', 'Mufasa:r:Circle of Life')}:n:${asked.clientNonce}`);
    const response = digest('md5', `${secret}:n:${digest('md5', 'GET:/dir/index.html')}`);
    const said = digestAuthorization({ ...asked, challenge }, digest);
    expect(said).toContain(`cnonce="${asked.clientNonce}", response="${response}"`);
    expect(said).not.toContain('qop');
  });

  it('hides the user name where the server wants that, and writes one beyond ASCII in its own form', () => {
    const hashed = chosen('Digest realm="r", nonce="n", userhash=true');
    const said = digestAuthorization({ ...asked, challenge: hashed }, digest);
    expect(said).toContain(`username="${digest('md5', 'Mufasa:r')}"`);
    expect(said).toMatch(/, userhash=true$/);
    const plain = chosen('Digest realm="r", nonce="n", userhash=false');
    expect(digestAuthorization({ ...asked, challenge: plain, username: "Jäsøn (a)*'" }, digest)).toContain(
      "username*=UTF-8''J%C3%A4s%C3%B8n%20%28a%29%2A%27, ",
    );
    expect(digestAuthorization({ ...asked, challenge: plain, username: 'a"b\\c' }, digest)).toContain(
      'username="a\\"b\\\\c"',
    );
  });
});

describe('chooseDigest', () => {
  it('takes the strongest that it can answer', () => {
    expect(chosen('Digest realm="r", nonce="1"', 'Digest realm="r", nonce="2", algorithm=SHA-256').nonce).toBe('2');
    expect(chosen('Digest realm="r", nonce="1"', 'Digest realm="r", nonce="2"').nonce).toBe('1');
  });

  it.each([
    'Basic realm="r"',
    'Digest nonce="n"',
    'Digest realm="r"',
    'Digest realm="r", nonce="n", algorithm=SHA-512-256',
    'Digest realm="r", nonce="n", qop="auth-int"',
  ])('cannot answer %s', (value) => {
    expect(chooseDigest(parseChallenges([value]))).toBeNull();
  });
});
