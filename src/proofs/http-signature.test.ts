// Signature bases component by component, after the examples of RFC 9421 §2; then what policies refuse, and the laws of covering.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { componentValue, field, readComponent } from './http-message.ts';
import type { HttpFields, HttpMessage, HttpRequest, HttpResponse } from './http-message.ts';
import { readSignature, signMessage, verifyMessage } from './http-signature.ts';
import type { MessageSigner, MessageVerifier, SignaturePolicy, SigningTerms } from './http-signature.ts';

const NOW = '2026-11-24T09:00:00.000Z' as Instant;
const REQUEST: HttpRequest = {
  method: 'POST',
  target: 'https://www.example.com/path?param=value&foo=bar&baz=batman&qux=',
  fields: [
    ['Host', 'www.example.com'],
    ['Date', 'Tue, 20 Apr 2021 02:07:56 GMT'],
    ['X-OWS-Header', '   Leading and trailing whitespace.   '],
    ['X-Obs-Fold-Header', 'Obsolete\r\n    line folding.'],
    ['Cache-Control', 'max-age=60'],
    ['cache-control', '   must-revalidate'],
    ['Example-Dict', '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
    ['Priority', 'u=1,   i'],
    ['X-Empty-Header', ''],
    ['Example-Header', 'value, with, lots'],
    ['Example-Header', 'of, commas'],
  ],
};
const RESPONSE: HttpResponse = { status: 503, fields: [['Content-Type', 'application/json']], request: REQUEST };

const valueOf = (message: HttpMessage, identifier: string): string | undefined => {
  const component = readComponent(identifier);
  return component && componentValue(message, component);
};
const at = (target: string, identifier: string): string | undefined => valueOf({ ...REQUEST, target }, identifier);

describe('the value of a component', () => {
  test('a field: trimmed, unfolded, its lines joined', () => {
    assert.equal(valueOf(REQUEST, '"host"'), 'www.example.com');
    assert.equal(valueOf(REQUEST, '"x-ows-header"'), 'Leading and trailing whitespace.');
    assert.equal(valueOf(REQUEST, '"x-obs-fold-header"'), 'Obsolete line folding.');
    assert.equal(valueOf(REQUEST, '"cache-control"'), 'max-age=60, must-revalidate');
    assert.equal(valueOf(REQUEST, '"x-empty-header"'), '');
    assert.equal(valueOf(REQUEST, '"absent"'), undefined);
  });

  test('a structured field: in its one form, by member, or byte for byte', () => {
    assert.equal(valueOf(REQUEST, '"example-dict"'), 'a=1,    b=2;x=1;y=2,   c=(a   b   c), d');
    assert.equal(valueOf(REQUEST, '"example-dict";key="a"'), '1');
    assert.equal(valueOf(REQUEST, '"example-dict";key="b"'), '2;x=1;y=2');
    assert.equal(valueOf(REQUEST, '"example-dict";key="c"'), '(a b c)');
    assert.equal(valueOf(REQUEST, '"example-dict";key="d"'), '?1');
    assert.equal(valueOf(REQUEST, '"example-dict";key="e"'), undefined);
    assert.equal(valueOf(REQUEST, '"host";key="a"'), undefined);
    assert.equal(valueOf(REQUEST, '"priority";sf'), 'u=1, i');
    assert.equal(valueOf(REQUEST, '"example-dict";sf'), undefined, 'a field whose type is not known');
    assert.equal(valueOf({ ...REQUEST, fields: [['Priority', 'u=']] }, '"priority";sf'), undefined);
    assert.equal(valueOf({ ...REQUEST, fields: [['Cache-Status', 'A;hit ,B']] }, '"cache-status";sf'), 'A;hit, B');
    assert.equal(valueOf({ ...REQUEST, fields: [['Idempotency-Key', ' "k"; a=1']] }, '"idempotency-key";sf'), '"k";a=1');
    assert.equal(valueOf(REQUEST, '"example-header";bs'), ':dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:');
    assert.equal(valueOf(REQUEST, '"example-dict";bs;sf'), undefined);
    assert.equal(valueOf(REQUEST, '"example-dict";bs;key="a"'), undefined);
  });

  test('parts of the request line and target', () => {
    assert.equal(valueOf(REQUEST, '"@method"'), 'POST');
    assert.equal(valueOf(REQUEST, '"@target-uri"'), REQUEST.target);
    assert.equal(valueOf(REQUEST, '"@authority"'), 'www.example.com');
    assert.equal(valueOf(REQUEST, '"@scheme"'), 'https');
    assert.equal(valueOf(REQUEST, '"@request-target"'), '/path?param=value&foo=bar&baz=batman&qux=');
    assert.equal(valueOf(REQUEST, '"@path"'), '/path');
    assert.equal(valueOf(REQUEST, '"@query"'), '?param=value&foo=bar&baz=batman&qux=');
    assert.equal(at('HTTPS://WWW.Example.com:443', '"@authority"'), 'www.example.com');
    assert.equal(at('https://www.example.com:8443/', '"@authority"'), 'www.example.com:8443');
    assert.equal(at('http://[::1]:80/x', '"@authority"'), '[::1]');
    assert.equal(at('https://www.example.com', '"@path"'), '/');
    assert.equal(at('https://www.example.com/path', '"@query"'), '?');
    assert.equal(at('https://www.example.com/path?', '"@query"'), '?');
    for (const target of [
      '/path',
      'ftp://example.com/',
      'https://user@example.com/',
      'https://example.com/#part',
      'https://example.com/a b',
      '',
    ])
      assert.equal(at(target, '"@path"'), undefined, target);
    assert.equal(valueOf({ ...REQUEST, method: 'POST\n' }, '"@method"'), undefined);
  });

  test('one parameter of the query, decoded and encoded again', () => {
    for (const [name, value] of [
      ['baz', 'batman'],
      ['qux', ''],
      ['param', 'value'],
      ['none', undefined],
    ] as const)
      assert.equal(valueOf(REQUEST, `"@query-param";name="${name}"`), value);
    const target =
      'https://www.example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something';
    assert.equal(at(target, '"@query-param";name="var"'), 'this%20is%20a%20big%0Amultiline%20value');
    assert.equal(at(target, '"@query-param";name="bar"'), 'with%20plus%20whitespace');
    assert.equal(at(target, '"@query-param";name="fa%C3%A7ade%22%3A%20"'), 'something');
    assert.equal(at('https://a.example/?x=1&x=2', '"@query-param";name="x"'), undefined, 'twice');
    assert.equal(at('https://a.example/?x=%', '"@query-param";name="x"'), undefined, 'no encoding');
    assert.equal(at("https://a.example/?x=a!'()~=b", '"@query-param";name="x"'), 'a%21%27%28%29%7E%3Db');
    assert.equal(valueOf(REQUEST, '"@query-param"'), undefined);
  });

  test('a response: its status, its fields, and those of the request it answers', () => {
    assert.equal(valueOf(RESPONSE, '"@status"'), '503');
    assert.equal(valueOf(RESPONSE, '"@method";req'), 'POST');
    assert.equal(valueOf(RESPONSE, '"host";req'), 'www.example.com');
    assert.equal(valueOf(RESPONSE, '"example-dict";req;key="a"'), '1');
    assert.equal(valueOf(RESPONSE, '"host"'), undefined);
    assert.equal(valueOf(RESPONSE, '"@method"'), undefined);
    assert.equal(valueOf(REQUEST, '"@status"'), undefined);
    assert.equal(valueOf(REQUEST, '"host";req'), undefined);
    assert.equal(valueOf({ status: 200, fields: [] }, '"host";req'), undefined);
    assert.equal(valueOf({ ...RESPONSE, trailers: [['Expires', 'never']] }, '"expires";tr'), 'never');
    assert.equal(valueOf(RESPONSE, '"expires";tr'), undefined);
  });

  test('identifiers that no signature may cover are refused', () => {
    for (const text of [
      'host',
      '"Host"',
      '"a b"',
      '""',
      '"@signature-params"',
      '"host";x',
      '"host";req=?0',
      '"host";key=a',
      '"@method";sf',
      '"@method";key="a"',
      '"host";name="a"',
      '"é"',
    ])
      assert.equal(readComponent(text), undefined, text);
    assert.equal(valueOf(REQUEST, '"@unknown"'), undefined);
  });

  test('a value that would break its line, or is not ASCII, has no place in a base; as bytes it has', () => {
    for (const value of ['a\nb', 'a\r\n"x": y', 'caf\u00e9', 'a\u0000']) {
      const message = { ...REQUEST, fields: [['X-Any', value]] as HttpFields };
      assert.equal(valueOf(message, '"x-any"'), undefined, JSON.stringify(value));
      assert.match(valueOf(message, '"x-any";bs') ?? '', /^:[\w+/=]+:$/);
    }
  });
});

const secret = (keyid: string): MessageSigner & MessageVerifier => {
  const mac = (base: Uint8Array): Uint8Array => Uint8Array.from(createHmac('sha256', keyid).update(base).digest());
  return {
    keyid,
    alg: 'hmac-sha256',
    sign: mac,
    verify: (base, signature) => Buffer.compare(mac(base), signature) === 0,
  };
};
const KEY = secret('k-1');
const find = (keyid: string): MessageVerifier | undefined => (keyid === KEY.keyid ? KEY : undefined);
const COVERED = ['"@method"', '"@target-uri"', '"date"', '"cache-control"'];
const TERMS: SigningTerms = { label: 'sig1', covered: COVERED, created: NOW, nonce: 'n', tag: 'app' };

async function signed(message: HttpRequest = REQUEST, terms: Partial<SigningTerms> = {}, key = KEY): Promise<HttpRequest> {
  return { ...message, fields: [...message.fields, ...(await signMessage(message, key, { ...TERMS, ...terms }))] };
}

async function faultOf(message: HttpMessage, policy: Partial<SignaturePolicy> = {}): Promise<string | undefined> {
  const checked = await verifyMessage(message, { tag: 'app', required: [], ...policy }, find);
  return checked.ok ? undefined : `${checked.fault} ${checked.component ?? ''}`.trim();
}

describe('a policy', () => {
  test('takes a signature with all that it asks for, and says what is covered', async () => {
    const message = await signed(REQUEST, { expires: plusMillis(NOW, 60_000), withAlg: true });
    const time = { now: plusMillis(NOW, 30_000), maxAgeSeconds: 60, skewSeconds: 5 };
    const checked = await verifyMessage(
      message,
      { tag: 'app', required: COVERED, requiredParameters: ['created', 'expires', 'nonce'], time },
      find,
    );
    assert.ok(checked.ok);
    assert.equal(checked.keyid, 'k-1');
    assert.deepEqual(checked.read.covered, COVERED);
    assert.equal(checked.read.created, Date.parse(NOW) / 1000);
    assert.match(
      field(message.fields, 'signature-input') ?? '',
      /^sig1=\("@method" "@target-uri" "date" "cache-control"\);created=\d+;expires=\d+;nonce="n";alg="hmac-sha256";keyid="k-1";tag="app"$/,
    );
  });

  test('refuses what is not covered, not said, too old, too early or expired', async () => {
    const message = await signed(REQUEST, { expires: plusMillis(NOW, 60_000) });
    const time = (seconds: number, maxAgeSeconds = 300) => ({
      time: { now: plusMillis(NOW, seconds * 1000), maxAgeSeconds, skewSeconds: 5 },
    });
    assert.equal(await faultOf(message, { required: ['"host"'] }), 'component-uncovered "host"');
    assert.equal(await faultOf(message, { required: ['"date";req'] }), 'component-uncovered "date";req');
    assert.equal(await faultOf(await signed(), { requiredParameters: ['expires'] }), 'parameter-missing expires');
    assert.equal(await faultOf(message, time(-6)), 'created-in-future');
    assert.equal(await faultOf(message, time(-5)), undefined);
    assert.equal(await faultOf(message, time(66)), 'signature-expired');
    assert.equal(await faultOf(message, time(65)), undefined);
    assert.equal(await faultOf(message, time(66, 60)), 'created-too-old');
    const { created: _created, ...timeless } = TERMS;
    const without = { ...REQUEST, fields: [...REQUEST.fields, ...(await signMessage(REQUEST, KEY, timeless))] };
    assert.equal(await faultOf(without, time(0)), 'parameter-missing created');
    assert.equal(await faultOf(without), undefined);
  });

  test('knows a signature by its tag, never by its label', async () => {
    const two = await signed(await signed(REQUEST, { label: 'proxy', tag: 'proxy' }, secret('other')), { label: 'anything' });
    assert.equal(await faultOf(two), undefined);
    assert.equal(await faultOf(two, { tag: 'proxy' }), 'key-unknown');
    assert.equal(await faultOf(two, { tag: 'third' }), 'signature-missing');
    const same = await signed(await signed(REQUEST, { label: 'a' }), { label: 'b' });
    assert.equal(await faultOf(same), 'signature-ambiguous');
  });

  test('takes the algorithm from the key, and refuses a message that says another', async () => {
    const message = await signed(REQUEST, { withAlg: true }, { ...KEY, alg: 'ed25519' });
    assert.equal(await faultOf(message), 'algorithm-differs');
    assert.equal(await faultOf(await signed(REQUEST, {}, secret('k-2'))), 'key-unknown');
  });

  test('refuses hostile fields', async () => {
    const [, signature] = await signMessage(REQUEST, KEY, TERMS);
    const input = '("date");created=1;keyid="k-1";tag="app"';
    const withInput = (value: string, other = signature?.[1] ?? ''): HttpRequest => ({
      ...REQUEST,
      fields: [...REQUEST.fields, ['Signature-Input', value], ['Signature', other]],
    });
    for (const [value, fault] of [
      [`sig1=${input}`, 'signature-wrong'],
      [`sig2=${input}`, 'signature-missing'],
      ['sig1=', 'signature-unreadable'],
      ['sig1="date";tag="app"', 'signature-unreadable'],
      [`sig1=("date" "date");created=1;keyid="k-1";tag="app"`, 'signature-unreadable "date"'],
      [
        `sig1=("example-dict";key="a";req "example-dict";req;key="a");keyid="k-1";tag="app"`,
        'component-unreadable "example-dict";key="a";req',
      ],
      [`sig1=("date";bs "date";bs);keyid="k-1";tag="app"`, 'signature-unreadable "date";bs'],
      [`sig1=("@signature-params");keyid="k-1";tag="app"`, 'signature-unreadable "@signature-params"'],
      [`sig1=("Date");keyid="k-1";tag="app"`, 'signature-unreadable "Date"'],
      [`sig1=(date);keyid="k-1";tag="app"`, 'signature-unreadable date'],
      [`sig1=("absent");keyid="k-1";tag="app"`, 'component-unreadable "absent"'],
      [`sig1=("date");created="1";keyid="k-1";tag="app"`, 'signature-unreadable'],
      [`sig1=("date");created=-1;keyid="k-1";tag="app"`, 'signature-unreadable'],
      [`sig1=("date");created=999999999999999;keyid="k-1";tag="app"`, 'signature-unreadable'],
      [`sig1=("date");keyid="k-1";more=1;tag="app"`, 'signature-unreadable'],
      [`sig1=("date");keyid=k-1;tag="app"`, 'signature-unreadable'],
      [`sig1=("date");nonce="${'n'.repeat(201)}";keyid="k-1";tag="app"`, 'signature-unreadable'],
      [`sig1=("date");tag="app"`, 'key-unknown'],
    ] as const)
      assert.equal(await faultOf(withInput(value)), fault, value);
    for (const other of ['sig1', 'sig1="text"', 'sig1=(:AA==:)', 'sig1=:AA=:', 'sig1=::, '])
      assert.equal(await faultOf(withInput(`sig1=${input}`, other)), 'signature-unreadable', other);
    assert.equal(await faultOf(withInput(`sig1=${input}`, 'sig1=::')), 'signature-wrong');
    assert.equal(await faultOf(REQUEST), 'signature-missing');
  });

  test('nothing is signed that the message does not have', async () => {
    await assert.rejects(signed(REQUEST, { covered: ['"absent"'] }), TypeError);
    await assert.rejects(signed(REQUEST, { covered: ['absent'] }), TypeError);
    await assert.rejects(signed(REQUEST, { covered: ['"date"', '"date"'] }), TypeError);
    await assert.rejects(signed(REQUEST, { nonce: 'سلام' }), TypeError);
  });
});

describe('laws of covering', () => {
  const name = fc.constantFrom('date', 'x-a', 'x-b', 'host', 'accept');
  const value = fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/);
  const message: fc.Arbitrary<HttpRequest> = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    target: fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }),
    fields: fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }),
  });
  const coverAll = ({ fields }: HttpRequest): readonly string[] => [
    '"@method"',
    '"@target-uri"',
    ...new Set(fields.map(([one]) => `"${one}"`)),
  ];
  const shuffled = <T>(list: readonly T[], by: readonly number[]): readonly T[] =>
    list
      .map((one, place) => ({ one, by: by[place % by.length] ?? 0 }))
      .sort((a, b) => a.by - b.by)
      .map(({ one }) => one);

  test('law: the order of fields and the case of their names change nothing; nor do fields that are not covered', async () => {
    await fc.assert(
      fc.asyncProperty(message, fc.array(fc.nat(), { minLength: 1 }), async (one, by) => {
        const whole = await signed(one, { covered: coverAll(one) });
        const names = shuffled([...new Set(whole.fields.map(([each]) => each))], by);
        const moved = names.flatMap((each) => whole.fields.filter((line) => line[0] === each));
        const louder = moved.map(([each, text]) => [each.toUpperCase(), ` ${text}\t`] as const);
        assert.equal(await faultOf({ ...whole, fields: [...louder, ['x-more', 'anything']] }), undefined);
      }),
    );
  });

  test('law: any change of a covered value, of the method, of the target or of the signature is told', async () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom('fields', 'method', 'target'),
      fc.nat(),
      fc.integer({ min: 0x21, max: 0x7e }),
    );
    await fc.assert(
      fc.asyncProperty(message, change, async (one, [which, what, place, code]) => {
        const whole = await signed(one, { covered: coverAll(one) });
        const put = (text: string): string => {
          const at = place % text.length;
          return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        };
        const line = which % whole.fields.length;
        const changed =
          what === 'fields'
            ? { ...whole, fields: whole.fields.map((each, at) => (at === line ? ([each[0], put(each[1])] as const) : each)) }
            : { ...whole, [what]: put(whole[what]) };
        if (JSON.stringify(changed) === JSON.stringify(whole)) return;
        assert.notEqual(await faultOf(changed), undefined, JSON.stringify(changed));
      }),
      { numRuns: 500 },
    );
  });

  test('law: a line more, a line less or two lines of one field in another order are told', async () => {
    await fc.assert(
      fc.asyncProperty(message, value, async (one, text) => {
        const whole = await signed(one, { covered: coverAll(one) });
        const [first] = one.fields;
        assert.ok(first);
        assert.equal(await faultOf({ ...whole, fields: [[first[0], text], ...whole.fields] }), 'signature-wrong');
        assert.notEqual(await faultOf({ ...whole, fields: whole.fields.slice(1) }), undefined);
        const two = {
          ...one,
          fields: [
            ['x-two', text],
            ['x-two', `${text}!`],
          ] as HttpFields,
        };
        const { fields } = await signed(two, { covered: coverAll(two) });
        const [a, b, ...rest] = fields;
        assert.ok(a && b);
        assert.equal(await faultOf({ ...two, fields: [b, a, ...rest] }), 'signature-wrong');
      }),
    );
  });

  test('law: any text as the fields of a signature is refused, and never breaks the door', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('sig1', '=', '(', ')', '"date"', ';', ':', 'tag', '"app"', ' ', ',') }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (input, signature) => {
        const fields: HttpFields = [...REQUEST.fields, ['signature-input', input], ['signature', signature]];
        assert.notEqual(await faultOf({ ...REQUEST, fields }), undefined);
        assert.ok(readSignature({ ...REQUEST, fields }, undefined));
      }),
      { numRuns: 1000 },
    );
  });
});
