// The demo's certificates, judged by Node's own X.509 and as the text that a checker keeps.
import assert from 'node:assert/strict';
import { webcrypto, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { certificatePem, makeCertificate, readCertificates } from './certificates.ts';

const pair = () => webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);

async function chain(years = 5) {
  const [authority, signer] = [await pair(), await pair()];
  const root = await makeCertificate({
    subject: 'شهر',
    years: 20,
    publicKey: authority.publicKey,
    issuerKey: authority.privateKey,
  });
  const leaf = await makeCertificate({
    subject: 'City',
    years,
    publicKey: signer.publicKey,
    issuerKey: authority.privateKey,
    issuer: root,
  });
  return { root, leaf };
}

test('Node takes the authority for an authority, the signer for its subject, and their names and keys as they were meant', async () => {
  const made = await chain();
  const [root, leaf] = [made.root, made.leaf].map((one) => new X509Certificate(certificatePem(one)));
  assert.ok(root && leaf);
  assert.deepEqual([root.ca, leaf.ca], [true, false]);
  assert.deepEqual([root.subject, leaf.subject, leaf.issuer], ['CN=شهر', 'CN=City', 'CN=شهر']);
  assert.deepEqual([root.checkIssued(root), leaf.checkIssued(root), root.checkIssued(leaf)], [true, true, false]);
  assert.deepEqual([root.verify(root.publicKey), leaf.verify(root.publicKey), leaf.verify(leaf.publicKey)], [true, true, false]);
  assert.equal(leaf.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.ok(leaf.validFromDate < new Date('2020-01-02') && leaf.validToDate > new Date(Date.now() + 4 * 365 * 86_400_000));
  assert.notEqual(leaf.serialNumber, root.serialNumber);
});

test('an end beyond 2049 is written with four digits', async () => {
  const { leaf } = await chain(60);
  assert.ok(new X509Certificate(certificatePem(leaf)).validToDate.getUTCFullYear() > 2080);
});

test('certificates come back from a text of several, with words between', async () => {
  const { root, leaf } = await chain();
  const text = `the city's\n${certificatePem(leaf)}\nand its authority's\r\n${certificatePem(root).replaceAll('\n', '\r\n')}`;
  const back = readCertificates(text);
  assert.deepEqual(back.map(certificatePem), [leaf, root].map(certificatePem));
  assert.deepEqual(readCertificates('nothing'), []);
  assert.throws(() => readCertificates('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'));
});
