// Digests of bodies: the examples of RFC 9530, and what is no digest.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentDigest, digestFault } from './http-digest.ts';

describe('a digest', () => {
  const body = Uint8Array.from(new TextEncoder().encode('{"hello": "world"}'));
  const whole = contentDigest(body);

  test('the examples of RFC 9530', () => {
    assert.equal(
      contentDigest(Uint8Array.from(new TextEncoder().encode('{"hello": "world"}\n'))),
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    assert.equal(whole, 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
    assert.equal(
      contentDigest(body, 'sha-512'),
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    );
  });

  test('every known one must be right, and one must be known', () => {
    const other = contentDigest(body, 'sha-512');
    for (const value of [whole, other, `${whole}, ${other}`, `md5=:AAAA:, ${whole}`])
      assert.equal(digestFault(value, body), undefined);
    assert.equal(digestFault(undefined, body), 'digest-missing');
    assert.equal(digestFault('', body), 'digest-missing');
    assert.equal(digestFault('md5=:AAAA:', body), 'digest-missing');
    assert.equal(digestFault(`${whole}, sha-512=:AAAA:`, body), 'digest-wrong');
    for (const value of ['sha-256', 'sha-256=x', 'sha-256=(:AAAA:)', 'sha-256=:A:', `${whole},`])
      assert.equal(digestFault(value, body), 'digest-unreadable', value);
    assert.equal(digestFault(whole, body.subarray(1)), 'digest-wrong');
  });
});
