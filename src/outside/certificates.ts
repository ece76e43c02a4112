// X.509 certificates (RFC 5280): made for the demo's authority and signer, written and read as PEM for those who check documents.
// Keeps no key.
import { createHash, randomBytes } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';

/** Before any date of the demo city's history, which is signed under its own dates. */
const VALID_FROM = '2020-01-01T00:00:00Z';

export type Wanted = {
  readonly subject: string;
  readonly years: number;
  readonly publicKey: webcrypto.CryptoKey;
  readonly issuerKey: webcrypto.CryptoKey;
  /** Undefined for an authority of its own, which alone may issue. */
  readonly issuer?: pki.Certificate;
};

export async function makeCertificate({ subject, years, publicKey, issuerKey, issuer }: Wanted): Promise<pki.Certificate> {
  const made = new pki.Certificate();
  made.version = 2;
  made.serialNumber = new asn1.Integer({ valueHex: Uint8Array.from([1, ...randomBytes(15)]).buffer });
  made.subject.typesAndValues.push(
    new pki.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1.Utf8String({ value: subject }) }),
  );
  made.issuer = issuer?.subject ?? made.subject;
  made.notBefore.value = new Date(VALID_FROM);
  made.notAfter.value = new Date(Date.now() + years * 365.25 * 86_400_000);
  // §4.1.2.5: two-digit years end with 2049.
  if (made.notAfter.value.getUTCFullYear() >= 2050) made.notAfter.type = pki.TimeType.GeneralizedTime;
  await made.subjectPublicKeyInfo.importKey(publicKey);
  made.extensions = extensions(made, issuer);
  await made.sign(issuerKey, 'SHA-256');
  return made;
}

/** §4.2.1: constraints and usage are critical; the identifiers say whose key is whose. */
function extensions(made: pki.Certificate, issuer: pki.Certificate | undefined): pki.Extension[] {
  const isAuthority = issuer === undefined;
  // keyCertSign and cRLSign for an authority; digitalSignature and nonRepudiation for a signer (§4.2.1.3).
  const usage = { valueHex: Uint8Array.of(isAuthority ? 0b0000_0110 : 0b1100_0000).buffer, unusedBits: isAuthority ? 1 : 6 };
  const key = keyIdentifier(made);
  const issuerKey = new asn1.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: keyIdentifier(issuer ?? made) });
  return [
    extension('2.5.29.19', new pki.BasicConstraints({ cA: isAuthority }).toSchema(), true),
    extension('2.5.29.15', new asn1.BitString(usage), true),
    extension('2.5.29.14', new asn1.OctetString({ valueHex: key }), false),
    extension('2.5.29.35', new asn1.Sequence({ value: [issuerKey] }), false),
  ];
}

function extension(extnID: string, value: asn1.BaseBlock, critical: boolean): pki.Extension {
  return new pki.Extension({ extnID, critical, extnValue: value.toBER() });
}

/** RFC 7093 §2, method 1: the first 160 bits of the SHA-256 of the public key's bits. */
function keyIdentifier({ subjectPublicKeyInfo }: pki.Certificate): ArrayBuffer {
  const bits = subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return Uint8Array.from(createHash('sha256').update(bits).digest().subarray(0, 20)).buffer;
}

/** RFC 7468. */
export function certificatePem(certificate: pki.Certificate): string {
  const text = Buffer.from(certificate.toSchema().toBER()).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

/** Every certificate of a PEM text, in its order; what stands between them is passed over. Throws where one cannot be read. */
export function readCertificates(pem: string): readonly pki.Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return Array.from(blocks, ([, text = '']) => pki.Certificate.fromBER(Uint8Array.from(Buffer.from(text, 'base64')).buffer));
}
