// The signature of a document as CMS (RFC 5652): detached, over its bytes, with the signer's certificate named inside (CAdES B-B).
// Knows nothing of PDF. Algorithms of today: SHA-256, ECDSA on P-256; what a certificate brings, pkijs follows.
import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import type { DocumentKeys } from './keys.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const SHA256 = '2.16.840.1.101.3.4.2.1';
/** ecdsa-with-SHA224 to -SHA512 are .1 to .4 of it. */
const ECDSA = '1.2.840.10045.4.3.';

/** DER of the detached SignedData: content type, message digest and signing-certificate-v2 are signed (RFC 5035, EN 319 122-1 §6). */
export async function signDetached(content: Uint8Array, { key, certificate, chain }: DocumentKeys): Promise<Uint8Array> {
  const attribute = (type: string, value: asn1.BaseBlock): pki.Attribute => new pki.Attribute({ type, values: [value] });
  const data = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: DATA }),
    signerInfos: [
      new pki.SignerInfo({
        version: 1,
        sid: new pki.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new pki.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute(CONTENT_TYPE, new asn1.ObjectIdentifier({ value: DATA })),
            attribute(MESSAGE_DIGEST, new asn1.OctetString({ valueHex: sha256(content) })),
            attribute(SIGNING_CERTIFICATE_V2, essCertificate(certificate)),
          ],
        }),
      }),
    ],
    // Not the root: who checks has it already, or has no reason to believe it.
    certificates: [certificate, ...chain.filter((one) => !one.issuer.isEqual(one.subject))],
  });
  await data.sign(key, 0, 'SHA-256', Uint8Array.from(content));
  return new Uint8Array(new pki.ContentInfo({ contentType: SIGNED_DATA, content: data.toSchema(true) }).toSchema().toBER());
}

export type CheckedCms = { readonly fault?: 'altered' | 'untrusted'; readonly signedBy?: string };

/** `at`: when it says it was signed; certificates are judged as of then, so that a later rotation does not spoil a document. */
export async function checkDetached(
  der: Uint8Array,
  content: Uint8Array,
  { trusted, at }: { readonly trusted: readonly pki.Certificate[]; readonly at: Date },
): Promise<CheckedCms> {
  try {
    const data = onlyOurShape(der);
    const result = await data.verify({ signer: 0, data: Uint8Array.from(content).buffer, checkChain: false, extendedMode: true });
    const signer = result.signerCertificate;
    if (result.signatureVerified !== true || !signer || !namesSigner(data, signer)) return { fault: 'altered' };
    const signedBy = commonName(signer);
    const others = (data.certificates ?? []).filter(
      (one): one is pki.Certificate => one instanceof pki.Certificate && one !== signer,
    );
    const chain = new pki.CertificateChainValidationEngine({
      certs: [...others, signer],
      trustedCerts: [...trusted],
      checkDate: at,
    });
    return (await chain.verify()).result ? { signedBy } : { fault: 'untrusted', signedBy };
  } catch {
    // pkijs and asn1js throw for bytes that are no CMS, and for a digest that differs.
    return { fault: 'altered' };
  }
}

/** One signer, no unsigned parts, nothing but DER: whatever else could stand here could be changed unseen. Throws where it does. */
function onlyOurShape(der: Uint8Array): pki.SignedData {
  const info = pki.ContentInfo.fromBER(Uint8Array.from(der).buffer);
  const data = new pki.SignedData({ schema: info.content });
  const [signer] = data.signerInfos;
  const isOurs =
    info.contentType === SIGNED_DATA &&
    data.version === 1 &&
    data.signerInfos.length === 1 &&
    data.digestAlgorithms.length === 1 &&
    data.digestAlgorithms.every(isSha256) &&
    data.encapContentInfo.eContentType === DATA &&
    data.encapContentInfo.eContent === undefined &&
    data.crls === undefined &&
    signer?.version === 1 &&
    isSha256(signer.digestAlgorithm) &&
    isWellWritten(signer.signatureAlgorithm, signer.signature) &&
    signer.unsignedAttrs === undefined;
  const again = new pki.ContentInfo({ contentType: SIGNED_DATA, content: data.toSchema(true) }).toSchema().toBER();
  if (!isOurs || !Buffer.from(again).equals(der)) throw new Error('not a SignedData of our shape');
  return data;
}

/** ESSCertIDv2 with its default hash, SHA-256, left out (RFC 5035 §4). */
function essCertificate(certificate: pki.Certificate): asn1.Sequence {
  const hash = sha256(new Uint8Array(certificate.toSchema().toBER()));
  const certId = new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: hash })] });
  return new asn1.Sequence({ value: [new asn1.Sequence({ value: [certId] })] });
}

/**
 * The signer's certificate is named exactly, twice: by issuer and number (which pkijs compares without regard to case), and by the signed
 * attribute, without which another certificate of the same key could be put in its place.
 */
function namesSigner(data: pki.SignedData, certificate: pki.Certificate): boolean {
  const [signer] = data.signerInfos;
  const attribute = signer?.signedAttrs?.attributes.find((one) => one.type === SIGNING_CERTIFICATE_V2);
  const named = (attribute?.values as readonly asn1.BaseBlock[] | undefined)?.[0];
  if (!named || !(signer?.sid instanceof pki.IssuerAndSerialNumber)) return false;
  return isSame(named, essCertificate(certificate)) && isSame(signer.sid.issuer.toSchema(), certificate.issuer.toSchema());
}

function isSame(a: asn1.BaseBlock, b: asn1.BaseBlock): boolean {
  return Buffer.from(a.toBER()).equals(Buffer.from(b.toBER()));
}

/** RFC 5754 §2: SHA-256's parameters are absent, or NULL. */
function isSha256({ algorithmId, algorithmParams }: pki.AlgorithmIdentifier): boolean {
  return algorithmId === SHA256 && (algorithmParams === undefined || algorithmParams instanceof asn1.Null);
}

/** RFC 3279 §2.2.3: a sequence of two integers; crypto libraries get its numbers, and do not see how they were written. */
function isWellWritten({ algorithmId }: pki.AlgorithmIdentifier, signature: asn1.OctetString): boolean {
  if (!algorithmId.startsWith(ECDSA)) return true;
  const written = signature.valueBlock.valueHexView;
  const { result } = asn1.fromBER(written);
  if (!(result instanceof asn1.Sequence) || result.valueBlock.value.length !== 2) return false;
  const numbers = result.valueBlock.value.map((one) =>
    one instanceof asn1.Integer ? Uint8Array.from(one.valueBlock.valueHexView) : new Uint8Array(),
  );
  const again = new asn1.Sequence({ value: numbers.map((number) => new asn1.Integer({ valueHex: number.buffer })) });
  return Buffer.from(again.toBER()).equals(written);
}

function commonName(certificate: pki.Certificate): string {
  const found = certificate.subject.typesAndValues.find((one) => one.type === '2.5.4.3');
  return String(found?.value.valueBlock.value ?? '');
}

function sha256(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(createHash('sha256').update(bytes).digest()).buffer;
}
