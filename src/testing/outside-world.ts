// Other organisations for tests: a simulator of each adapter on a port of this machine, and the connector that asks it.
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import { fromEpochMillis } from '#base/instant.ts';
import type { Connector, Gsb, SignedRest, XRoad } from '#inquiries/connector.ts';
import { outsideSigning } from '#main/outside-signing.ts';
import { openConnectors } from '#outside/connectors/open.ts';
import type { ConnectorOptions } from '#outside/connectors/open.ts';
import { jwkVerifier, messageSigner, publicJwk } from '#outside/http-keys.ts';
import { gsbEnvelope } from '#outside/simulators/gsb.ts';
import { serveSimulator } from '#outside/simulators/serve.ts';
import { json, openSimulator, parsed } from '#outside/simulators/simulator.ts';
import type { Envelope, Reply, Simulator } from '#outside/simulators/simulator.ts';
import { xRoadEnvelope } from '#outside/simulators/x-road.ts';
import { contractName, readQuestion, signAnswer } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { PublicJwk } from '#proofs/http-key.ts';
import type { MessageSigner } from '#proofs/http-signature.ts';
import type { ConnectorPort } from '#work/ports.ts';

export const ADAPTERS = ['signed-rest', 'x-road', 'gsb'] as const;
export type Adapter = (typeof ADAPTERS)[number];

export type OutsideWorld = {
  readonly simulator: Simulator;
  readonly connector: Connector;
  readonly port: ConnectorPort;
  close(): Promise<void>;
};

/** `figures` overrides what the connector is configured with. */
export async function outsideWorld(adapter: Adapter, figures: Partial<Connector> = {}, options: Partial<ConnectorOptions> = {}) {
  const city = keyPair();
  const theirs = keyPair();
  const connector = { ...connectorOf(adapter, theirs.jwk), ...figures } as Connector;
  const envelope =
    connector.adapter === 'gsb'
      ? gsbEnvelope(connector)
      : connector.adapter === 'x-road'
        ? xRoadEnvelope
        : signedEnvelope(theirs.signer, keyPair().signer);
  const simulator = openSimulator(connector.id, envelope, ({ number }) => ({ standing: `of ${String(number)}` }));
  const server = await listening(simulator);
  const verifier = (jwk: PublicJwk) => jwkVerifier({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, jwk);
  const port = openConnectors({
    origin: 'http://localhost',
    production: false,
    secret: () => 'ticket-of-the-city',
    signing: outsideSigning({ signer: city.signer, verifier }),
    report: (error) => {
      throw error;
    },
    ...options,
  });
  const world: OutsideWorld = { simulator, connector: { ...connector, url: server.url }, port, close: server.close };
  return world;
}

function keyPair(): { readonly signer: MessageSigner; readonly jwk: JsonObject; readonly key: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = readPublicJwk(publicJwk(publicKey));
  if (!jwk) throw new TypeError('no key');
  return {
    key: privateKey,
    jwk: { ...jwk },
    signer: messageSigner({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, privateKey),
  };
}

function connectorOf(adapter: Adapter, jwk: JsonObject): Connector {
  const text = { fa: 'نمونه', en: 'sample' };
  const shared = {
    id: `sample-${adapter}`,
    title: text,
    organisation: text,
    url: 'http://localhost:1/',
    legal: text,
    timeoutMs: 400,
    mostBytes: 65_536,
    types: { standing: { service: '/v1/standing?full=yes' } },
    retry: { tries: 4, firstMs: 1000, capMs: 60_000, patienceMs: 7_200_000 },
    circuit: { failures: 3, openMs: 30_000, capMs: 300_000 },
    sample: true,
  };
  switch (adapter) {
    case 'signed-rest':
      return { ...shared, adapter, agreement: { id: 'agreement-1' }, keys: [jwk] } satisfies SignedRest;
    case 'x-road':
      return { ...shared, adapter, client: 'TEST/GOV/CITY/DARGAH', serviceId: 'TEST/ORG/11 1/REG/members' } satisfies XRoad;
    case 'gsb':
      return {
        ...shared,
        adapter,
        secrets: { 'X-Ticket': 'TICKET' },
        envelope: {
          id: 'requestId',
          service: 'serviceCode',
          request: 'payload',
          code: 'resultCode',
          response: 'result',
          good: [0],
          later: [10],
          busy: [90],
        },
      } satisfies Gsb;
  }
}

/** The partner of a signed connector: signs its answers, or has them signed by a stranger, or signs the answer to another question. */
function signedEnvelope(signer: MessageSigner, stranger: MessageSigner): Envelope {
  return {
    read({ body }) {
      const sent = parsed(body);
      const { id, question } = isObject(sent) ? sent : {};
      return typeof id === 'string' && isObject(question) ? { id, question } : undefined;
    },
    async write(said, request, { id }): Promise<Reply> {
      if (said.kind === 'busy') return json(503, {}, [['retry-after', '120']]);
      if (said.kind === 'refused') return json(404, { error: 'no such record' });
      const question = readQuestion({ method: request.method, target: request.target, fields: request.fields });
      if (!question || question.contract.hash !== contractName({ id: 'agreement-1' }).hash) return json(403, {});
      const isAnswer = said.kind === 'answer';
      const body = Buffer.from(JSON.stringify(isAnswer ? { id, answer: said.value } : { id, status: 'waiting' }));
      const unsigned = {
        status: isAnswer ? 200 : 202,
        fields: [
          ['content-type', 'application/json'],
          ['retry-after', '30'],
        ] as const,
        body,
      };
      const asked = isAnswer && said.fault === 'other' ? { ...question, hash: contractName({ id: 'x' }).hash } : question;
      const by = isAnswer && said.fault === 'forged' ? stranger : signer;
      const fields = await signAnswer(unsigned, asked, by, { at: fromEpochMillis(Date.now()), isDirect: true });
      return { status: unsigned.status, fields, body };
    },
  };
}

async function listening(simulator: Simulator): Promise<{ readonly url: string; close(): Promise<void> }> {
  let origin = '';
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => void serveSimulator(simulator, { origin, body: Buffer.concat(parts) }, request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
