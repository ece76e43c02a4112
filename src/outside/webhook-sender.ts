// Sends signed webhooks to addresses that organisations gave. Never follows a redirect, never reads more than a line of what comes back,
// and never connects into a private network: the name is resolved once, every address of it judged, and the connection made to the judged one.
import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Refusal } from '#base/refusal.ts';
import type { WebhookPort } from '#work/ports.ts';
import { signWebhook, webhookKey } from './webhook.ts';

const PATIENCE_MS = 10_000;

/**
 * Not the public Internet: RFC 6890 and the registries of special-purpose addresses (private, shared, link-local with the clouds' metadata,
 * documentation, benchmarking, multicast, reserved), and what wraps an IPv4 address in an IPv6 one (mapped, NAT64, 6to4, Teredo).
 */
const PRIVATE: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
/** One for each family: in a shared one, `::ffff:0:0/96` would hold all of IPv4. */
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix, family] of PRIVATE) blocked[family].addSubnet(net, prefix, family);

/** True for an address that the public Internet does not route. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) === 0 || blocked[family].check(address, family);
}

type Address = { readonly address: string; readonly family: number };
export type Resolve = (host: string) => Promise<readonly Address[]>;
type Place = { readonly url: URL; readonly address: Address };

/** `production`: https alone, and no private network. The demo takes this machine's own addresses too, over http, and no other private one. */
export function openWebhooks({
  production,
  resolve = (host) => lookup(host, { all: true, verbatim: true }),
}: {
  readonly production: boolean;
  readonly resolve?: Resolve;
}): WebhookPort {
  return {
    async check(text) {
      const judged = await judge(text, production, resolve);
      if (typeof judged === 'string') throw new Refusal('invalid-answers', { fields: [{ pointer: '/url', code: judged }] });
    },
    async send({ url, id, at, body, secrets }) {
      // Judged again at each try: a name may lead elsewhere by now.
      const place = await judge(url, production, resolve);
      if (typeof place === 'string') return { fault: place };
      const bytes = Buffer.from(body);
      const fields = signWebhook({ id, at, body: bytes }, secrets.map(webhookKey));
      return post(place, bytes, { ...fields });
    },
  };
}

async function judge(text: string, production: boolean, resolve: Resolve): Promise<Place | string> {
  const url = URL.parse(text);
  if (!url || text.length > 500 || !['http:', 'https:'].includes(url.protocol)) return 'url-unreadable';
  if (url.username !== '' || url.password !== '') return 'url-credentials';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let addresses: readonly Address[];
  try {
    addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  } catch {
    return 'url-unknown';
  }
  const [address] = addresses;
  if (!address) return 'url-unknown';
  const isOwn = !production && addresses.every((one) => /^(127\.|::1$)/.test(one.address));
  if (url.protocol !== 'https:' && !isOwn) return 'url-not-https';
  // One private address among public ones is enough: which is taken would be chance.
  return !isOwn && addresses.some((one) => isPrivateAddress(one.address)) ? 'url-private' : { url, address };
}

function post(
  { url, address }: Place,
  body: Buffer,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly status: number } | { readonly fault: string }> {
  return new Promise((done) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      {
        host: address.address,
        port: url.port || undefined,
        path: url.pathname + url.search,
        method: 'POST',
        // The certificate is for the name, and so is the Host field; the connection goes to the address that was judged.
        servername: isIP(url.hostname) ? undefined : url.hostname,
        headers: { ...fields, host: url.host, 'content-type': 'application/json', 'content-length': body.length },
        signal: AbortSignal.timeout(PATIENCE_MS),
        agent: false,
      },
      (answer) => {
        done({ status: answer.statusCode ?? 0 });
        answer.destroy();
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      done({ fault: error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : (error.code ?? error.name) });
    });
    sent.end(body);
  });
}
