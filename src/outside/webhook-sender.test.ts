// Addresses that others give: which are taken, that what was judged is what is connected to, and that nothing that comes back leads anywhere.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import { webhookFault, webhookKey } from '#outside/webhook.ts';
import { isPrivateAddress, openWebhooks } from '#outside/webhook-sender.ts';
import type { Resolve } from '#outside/webhook-sender.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const AT = instant(new Date().toISOString());
const HOSTS: { readonly [host: string]: readonly string[] } = {
  'bank.example': ['93.184.215.14'],
  'inside.example': ['10.1.2.3'],
  'half.example': ['93.184.215.14', '192.168.0.1'],
  'loop.example': ['127.0.0.1'],
  'six.example': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'six-inside.example': ['fd00::1'],
};
const resolve: Resolve = async (host) => {
  const found = HOSTS[host];
  if (!found) throw new Error('ENOTFOUND');
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};
async function fault(production: boolean, url: string): Promise<string> {
  try {
    await openWebhooks({ production, resolve }).check(url);
    return 'taken';
  } catch (error) {
    return error instanceof Refusal ? (error.facts.fields?.[0]?.code ?? '') : String(error);
  }
}

test('private, local and special addresses are known, in every dress', () => {
  const closed = [
    '127.0.0.1',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fec0::1',
    'fd12::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    'ff02::1',
    'no address',
  ];
  assert.deepEqual(
    closed.filter((one) => !isPrivateAddress(one)),
    [],
  );
  const open = ['93.184.215.14', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'];
  assert.deepEqual(open.filter(isPrivateAddress), []);
});

test('in production only https to the public Internet; the demo takes this machine too, and no other private address', async () => {
  const cases: readonly (readonly [url: string, production: string, demo: string])[] = [
    ['https://bank.example/hook', 'taken', 'taken'],
    ['https://six.example/hook', 'taken', 'taken'],
    ['http://bank.example/hook', 'url-not-https', 'url-not-https'],
    ['https://inside.example/', 'url-private', 'url-private'],
    ['https://half.example/', 'url-private', 'url-private'],
    ['https://six-inside.example/', 'url-private', 'url-private'],
    ['https://loop.example/', 'url-private', 'taken'],
    ['http://127.0.0.1:9/', 'url-not-https', 'taken'],
    ['http://[::1]:9/', 'url-not-https', 'taken'],
    ['https://0x7f.1/', 'url-private', 'taken'],
    ['https://2130706433/', 'url-private', 'taken'],
    ['https://169.254.169.254/latest', 'url-private', 'url-private'],
    ['https://[::ffff:10.0.0.1]/', 'url-private', 'url-private'],
    ['https://user:word@bank.example/', 'url-credentials', 'url-credentials'],
    ['https://nowhere.example/', 'url-unknown', 'url-unknown'],
    ['ftp://bank.example/', 'url-unreadable', 'url-unreadable'],
    ['bank.example', 'url-unreadable', 'url-unreadable'],
    [`https://bank.example/${'x'.repeat(600)}`, 'url-unreadable', 'url-unreadable'],
  ];
  for (const [url, production, demo] of cases) {
    assert.equal(await fault(true, url), production, `production ${url}`);
    assert.equal(await fault(false, url), demo, `demo ${url}`);
  }
});

test('a name that was public when it was given and leads inside by now is not sent to', async () => {
  let address = '93.184.215.14';
  const port = openWebhooks({ production: true, resolve: async () => [{ address, family: 4 }] });
  await port.check('https://bank.example/hook');
  address = '10.0.0.1';
  const sent = await port.send({ url: 'https://bank.example/hook', id: 'msg_1', at: AT, body: '{}', secrets: [SECRET] });
  assert.deepEqual(sent, { fault: 'url-private' });
});

test('what is sent can be checked; the host is the name’s, the connection the judged address’s; a redirect is only a status', async (t) => {
  const seen: { readonly headers: Record<string, string>; readonly body: string; readonly url: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
        url: request.url ?? '',
      });
      response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end('x'.repeat(100_000));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const webhooks = openWebhooks({ production: false, resolve });
  const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
  const url = `http://loop.example:${port}/hook?a=1`;
  const sent = await webhooks.send({ url, id: 'msg_1', at: AT, body: '{"a":1}', secrets: [SECRET, other] });
  assert.deepEqual(sent, { status: 302 });
  const [one, ...more] = seen;
  assert.ok(one && more.length === 0);
  assert.deepEqual([one.url, one.headers['host'], one.body], ['/hook?a=1', `loop.example:${port}`, '{"a":1}']);
  for (const secret of [SECRET, other])
    assert.equal(webhookFault(one.headers, Buffer.from(one.body), { keys: [webhookKey(secret)], now: AT }), undefined);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  const failed = await webhooks.send({ url, id: 'msg_1', at: AT, body: '{}', secrets: [SECRET] });
  assert.deepEqual(failed, { fault: 'ECONNREFUSED' });
});
