// A simulated X-Road security server with one service behind it. Its request hash is computed here a second time, from what came over the wire.
import { createHash, randomUUID } from 'node:crypto';
import { isObject } from '#base/json.ts';
import { json, parsed } from './simulator.ts';
import type { Envelope, Received, Reply, Said } from './simulator.ts';

const TAKEN_OUT = /^(host|connection|content-length|transfer-encoding|user-agent|keep-alive)$/i;

export const xRoadEnvelope: Envelope = {
  read(request) {
    const [, id] = request.fields.find(([name]) => name.toLowerCase() === 'idempotency-key') ?? [];
    const question = parsed(request.body);
    return id !== undefined && isObject(question) ? { id, question } : undefined;
  },
  write(said, request) {
    const requestId = randomUUID();
    const isOther = said.kind === 'answer' && said.fault === 'other';
    const isForged = said.kind === 'answer' && said.fault === 'forged';
    const sent = (name: string): string => request.fields.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
    const fields: Reply['fields'] = [
      ['x-road-client', sent('x-road-client')],
      ['x-road-service', new URL(request.target).pathname.split('/r1/')[1]?.split('/').slice(0, 5).join('/') ?? ''],
      ['x-road-id', isOther ? randomUUID() : sent('x-road-id')],
      ['x-road-request-id', requestId],
      ['x-road-request-hash', hashOf(isForged ? { ...request, body: Buffer.from('{}') } : request, requestId)],
    ];
    return replyOf(said, fields);
  },
};

function replyOf(said: Said, fields: Reply['fields']): Reply {
  switch (said.kind) {
    case 'answer':
      return json(200, said.value, fields);
    case 'later':
      return json(202, {}, [...fields, ['retry-after', '30']]);
    case 'busy':
      return json(500, { type: 'Server.ServerProxy.ServiceFailed' }, [['x-road-error', 'Server.ServerProxy.ServiceFailed']]);
    case 'refused':
      return json(404, { error: 'no such record' }, fields);
  }
}

function hashOf({ method, target, fields, body }: Received, requestId: string): string {
  const url = new URL(target);
  const head = [
    method,
    `${url.pathname}${url.search}`,
    ...fields.filter(([name]) => !TAKEN_OUT.test(name)).map(([name, value]) => `${name}:${value}`),
    `x-road-request-id:${requestId}`,
    '',
  ].join('\r\n');
  const digest = (data: string | Uint8Array): Buffer => createHash('sha512').update(data).digest();
  return digest(Buffer.concat([digest(head), digest(body)])).toString('base64');
}
