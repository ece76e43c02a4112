// The city's keys as files, for the demo: the ledger's Ed25519, the documents' ECDSA P-256 under a demo authority, and the city's secret.
// Made once, readable by their owner alone. A city puts its HSM or KMS behind the same types.
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify, webcrypto } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as pki from 'pkijs';
import type { NoteSigner, NoteVerifier } from '#work/ports.ts';
import { makeCertificate } from './certificates.ts';
import { writeOnce } from './durable.ts';

export type DocumentKeys = {
  readonly key: webcrypto.CryptoKey;
  readonly certificate: pki.Certificate;
  /** Issuers, up to the root that verifiers trust. */
  readonly chain: readonly pki.Certificate[];
};

export type Keys = {
  readonly ledger: { readonly signer: NoteSigner; readonly verifier: NoteVerifier };
  readonly documents: DocumentKeys;
  /** 32 bytes. */
  readonly secret: Uint8Array;
};

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const YEARS = { authority: 20, signer: 5 };

/** Opens the key folder, making what is missing. `name`: the ledger's name in its checkpoints, `dargah.example/ledger`. */
export async function openKeys(folder: string, name: string): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ledgerKey = createPrivateKey(
    await kept(folder, 'ledger.pem', () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })),
  );
  const secret = Buffer.from(await kept(folder, 'secret.hex', () => randomBytes(32).toString('hex')), 'hex');
  return { ledger: noteKeys(name, ledgerKey), documents: await documentKeys(folder), secret };
}

/** A file's text; made where it is missing. Of two starts at once the first wins, and both use its file. */
async function kept(folder: string, name: string, make: () => string | Buffer | Promise<string>): Promise<string> {
  const path = join(folder, name);
  if (!existsSync(path)) await writeOnce(path, await make());
  return readFile(path, 'utf8');
}

function noteKeys(name: string, key: KeyObject): Keys['ledger'] {
  const publicKey = createPublicKey(key);
  const raw = rawPublicKey(publicKey);
  return {
    signer: { name, publicKey: raw, sign: (message) => sign(null, message, key) },
    verifier: { name, publicKey: raw, verify: (message, signature) => verify(null, message, publicKey, signature) },
  };
}

function rawPublicKey(key: KeyObject): Uint8Array {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

/** A verifier from the public key alone: what anyone checks receipts with. Raw Ed25519, base64. */
export function noteVerifier(name: string, publicKey: string): NoteVerifier {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') },
    format: 'jwk',
  });
  return { name, publicKey: rawPublicKey(key), verify: (message, signature) => verify(null, message, key, signature) };
}

async function documentKeys(folder: string): Promise<DocumentKeys> {
  const bundle = JSON.parse(await kept(folder, 'documents.json', makeDocumentKeys)) as {
    readonly key: string;
    readonly certificate: string;
    readonly authority: string;
  };
  const der = (text: string): Buffer => Buffer.from(text, 'base64');
  return {
    key: await webcrypto.subtle.importKey('pkcs8', der(bundle.key), CURVE, false, ['sign']),
    certificate: pki.Certificate.fromBER(der(bundle.certificate)),
    chain: [pki.Certificate.fromBER(der(bundle.authority))],
  };
}

/** One bundle, written at once: a key without its certificate is of no use. The authority's own key is not kept. */
async function makeDocumentKeys(): Promise<string> {
  const authority = await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const signer = await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const issuerKey = authority.privateKey;
  const root = await makeCertificate({
    subject: 'Dargah demo authority',
    years: YEARS.authority,
    publicKey: authority.publicKey,
    issuerKey,
  });
  const leaf = await makeCertificate({
    subject: 'Dargah demo city',
    years: YEARS.signer,
    publicKey: signer.publicKey,
    issuerKey,
    issuer: root,
  });
  return JSON.stringify({
    key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', signer.privateKey)).toString('base64'),
    certificate: Buffer.from(leaf.toSchema().toBER()).toString('base64'),
    authority: Buffer.from(root.toSchema().toBER()).toString('base64'),
  });
}
