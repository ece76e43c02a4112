// A simulator on a real connection: replies, cuts it, or says nothing at all.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Received, Reply, Simulator } from './simulator.ts';

/** `origin`: the address it is known by; the path comes from the request. */
export async function serveSimulator(
  simulator: Simulator,
  { origin, body }: { readonly origin: string; readonly body: Uint8Array },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const raw = request.rawHeaders;
  const received: Received = {
    method: request.method ?? '',
    target: `${origin}${request.url ?? ''}`,
    fields: Array.from({ length: raw.length / 2 }, (_none, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? ''] as const),
    body,
  };
  const reply = await simulator.receive(received);
  if (reply === 'silence') return;
  if (reply === 'cut') return void request.socket.destroy();
  if (reply === 'cut-halfway') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"half": ', () => void request.socket.destroy());
    return;
  }
  send(response, reply);
}

function send(response: ServerResponse, { status, fields, body }: Reply): void {
  response.writeHead(status, fields.flat());
  response.end(body);
}
