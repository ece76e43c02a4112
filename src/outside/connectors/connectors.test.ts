// Each adapter against its simulator: what it asks, what it takes for an answer, and every way in which a partner can fail.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { fromEpochMillis } from '#base/instant.ts';
import { MODES } from '#outside/simulators/simulator.ts';
import type { Mode } from '#outside/simulators/simulator.ts';
import { ADAPTERS, outsideWorld } from '#testing/outside-world.ts';
import type { Adapter, OutsideWorld } from '#testing/outside-world.ts';
import type { OutsideAnswer, XRoad } from '#work/ports.ts';
import { requestHash } from './x-road.ts';

const AT = fromEpochMillis(Date.now());
const FAULTS: Readonly<Partial<Record<Mode, readonly [fault: string, isFinal: boolean]>>> = {
  busy: ['unavailable', false],
  error: ['unavailable', false],
  down: ['unreachable', false],
  slow: ['timeout', false],
  halfway: ['unreachable', false],
  malformed: ['malformed', false],
  huge: ['too-large', false],
  redirect: ['redirected', false],
  denied: ['not-admitted', false],
  refused: ['refused', true],
  forged: ['unsigned', false],
  other: ['unbound', false],
};
/** Where the adapter tells it by another name: an answer of X-Road that is not bound is not read further; a bus has no signature. */
const OTHERWISE: Readonly<Record<Adapter, Readonly<Partial<Record<Mode, string>>>>> = {
  'signed-rest': { malformed: 'unsigned' },
  'x-road': { forged: 'unbound', malformed: 'unbound', error: 'unbound', denied: 'unbound' },
  gsb: { forged: 'unbound' },
};

for (const adapter of ADAPTERS)
  describe(adapter, () => {
    let world: OutsideWorld;
    before(async () => void (world = await outsideWorld(adapter)));
    after(() => world.close());
    const ask = (id: string, over: Partial<OutsideWorld['connector']> = {}): Promise<OutsideAnswer> =>
      world.port.ask({
        connector: { ...world.connector, ...over } as OutsideWorld['connector'],
        id,
        type: 'standing',
        question: { number: '12' },
        at: AT,
      });

    test('an answer comes with what passed over the wire, and without secrets', async () => {
      world.simulator.behave('well');
      const said = await ask('q1');
      assert.equal(said.result, 'answered');
      assert.deepEqual(said.answer, { standing: 'of 12' });
      const { question, answer } = said.exchange;
      assert.ok(Buffer.from(question.body, 'base64').toString().includes('"number":"12"'));
      assert.ok(Buffer.from(answer.body, 'base64').toString().includes('of 12'));
      assert.ok(!JSON.stringify(said).includes('ticket-of-the-city'), 'the ticket stays here');
    });

    test('asked twice under one id, it is one question there', async () => {
      world.simulator.behave('well');
      const { calls, questions } = world.simulator.counts();
      await ask('q-twice');
      await ask('q-twice');
      assert.deepEqual(world.simulator.counts(), { calls: calls + 2, questions: questions + 1 });
    });

    test('a partner that answers later is asked again, and answers', async () => {
      world.simulator.behave('later');
      const said = [await ask('q-later'), await ask('q-later'), await ask('q-later')];
      assert.deepEqual(
        said.map((one) => one.result),
        ['pending', 'pending', 'answered'],
      );
      if (adapter !== 'gsb') assert.deepEqual(said[0], { result: 'pending', againMs: 30_000 });
    });

    test('a partner that takes its time within the limit is waited for', async () => {
      world.simulator.behave('sluggish');
      assert.equal((await ask('q-sluggish')).result, 'answered');
    });

    for (const mode of MODES.filter((one) => FAULTS[one]))
      test(`a partner that is ${mode} is a fault, told without a word of what was asked`, async () => {
        world.simulator.behave(mode);
        const said = await ask(`q-${mode}`);
        assert.equal(said.result, 'failed');
        const [fault, isFinal] = FAULTS[mode] ?? [];
        assert.deepEqual([said.fault, said.isFinal], [OTHERWISE[adapter][mode] ?? fault, isFinal]);
        assert.ok(!JSON.stringify(said).includes('12"'));
      });

    test('nothing is asked where nobody listens, of another scheme, or in production without encryption', async () => {
      const gone = await ask('q', { url: 'http://127.0.0.1:1/' });
      assert.equal(gone.result === 'failed' && gone.fault, 'unreachable');
      for (const url of ['file:///etc/passwd', 'http://someone:secret@127.0.0.1/', 'nonsense']) {
        const said = await ask('q', { url });
        assert.equal(said.result === 'failed' && said.fault, 'not-configured', url);
      }
      const { calls } = world.simulator.counts();
      const production = await outsideWorld(adapter, {}, { production: true });
      const asked = { id: 'q', type: 'standing', question: {}, at: AT };
      for (const sample of [true, false]) {
        const said = await production.port.ask({ ...asked, connector: { ...world.connector, sample } });
        assert.equal(said.result === 'failed' && said.fault, 'not-configured');
      }
      await production.close();
      assert.equal(world.simulator.counts().calls, calls, 'nobody was called');
    });
  });

test('a partner that dribbles its answer is not waited for longer than one that says nothing', async () => {
  const dribble = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((done) => dribble.listen(0, '127.0.0.1', done));
  const world = await outsideWorld('gsb');
  const url = `http://127.0.0.1:${(dribble.address() as AddressInfo).port}/`;
  const said = await world.port.ask({ connector: { ...world.connector, url }, id: 'q', type: 'standing', question: {}, at: AT });
  assert.deepEqual(said, { result: 'failed', fault: 'timeout', isFinal: false });
  await world.close();
  dribble.closeAllConnections();
  dribble.close();
});

test('a bus whose ticket is not in the environment is not asked', async () => {
  const world = await outsideWorld('gsb', {}, { secret: () => undefined });
  const said = await world.port.ask({ connector: world.connector, id: 'q', type: 'standing', question: {}, at: AT });
  assert.deepEqual(said, { result: 'failed', fault: 'not-configured', isFinal: false });
  assert.equal(world.simulator.counts().calls, 0);
  await world.close();
});

test('the request hash of X-Road is over the method, the path, every field and the body', () => {
  const target = 'https://security.example/r1/INSTANCE/CLASS2/MEMBER2/SUBSYSTEM2/BARSERVICE/v1/bar?quu=1';
  const fields = [
    ['X-Road-Client', 'INSTANCE/CLASS1/MEMBER1/SUBSYSTEM1'],
    ['Host', 'left.out'],
  ] as const;
  const sha = (data: string | Buffer): Buffer => createHash('sha512').update(data).digest();
  const head =
    'POST\r\n/r1/INSTANCE/CLASS2/MEMBER2/SUBSYSTEM2/BARSERVICE/v1/bar?quu=1\r\nX-Road-Client:INSTANCE/CLASS1/MEMBER1/SUBSYSTEM1\r\nx-road-request-id:r-1\r\n';
  const body = Buffer.from('{}');
  assert.equal(requestHash({ target, fields, body }, 'r-1'), sha(Buffer.concat([sha(head), sha(body)])).toString('base64'));
  assert.equal(requestHash({ target, fields, body: Buffer.alloc(0) }, 'r-1'), sha(head).toString('base64'));
});

test('X-Road’s own errors are told from those of the service behind it', async () => {
  const world = await outsideWorld('x-road');
  const connector = world.connector as XRoad;
  world.simulator.behave('busy');
  const said = await world.port.ask({ connector, id: 'q', type: 'standing', question: {}, at: AT });
  assert.deepEqual(said, {
    result: 'failed',
    fault: 'unavailable',
    isFinal: false,
    detail: 'Server.ServerProxy.ServiceFailed',
  });
  await world.close();
});
