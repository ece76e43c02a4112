// A contract's life, told as given-when-then: who may draft, agree, sign, revoke; what a key changes; which documents follow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import { agreed, drafted, keyRegistered, keyWithdrawn, revoked, signed, twinOpened } from '#inquiries/agreement.ts';
import type { Party } from '#inquiries/agreement.ts';
import { documentsOf, evolveAgreement } from '#inquiries/agreement-evolve.ts';
import type { AgreementFact, AgreementState, Terms } from '#inquiries/agreement-types.ts';
import type { Side } from '#inquiries/types.ts';
import { termsFaults } from '#inquiries/terms.ts';

const AT = instant('2026-11-24T09:00:00Z');
const party = (person: string, owns: readonly string[] = [], isSteward = false): Party => ({
  person: person as PersonId,
  owns: owns as readonly UnitId[],
  isSteward,
});
const OWNER = party('owner', ['revenue']);
const OTHER = party('other', ['planning']);
const STEWARD = party('steward', [], true);
const CLERK = party('clerk');
const TERMS: Terms = {
  id: 'bank',
  organisation: { id: 'bank', name: { fa: 'بانک', en: 'Bank' }, kind: 'bank' },
  purpose: { fa: 'وثیقه', en: 'Security' },
  legal: { fa: 'قانون', en: 'Act' },
  types: { duty: { fields: ['clear'] } },
  ratePerMinute: 60,
  visibility: 'now',
  from: instant('2026-01-01T00:00:00Z'),
  until: instant('2028-01-01T00:00:00Z'),
  persons: ['clerk' as PersonId],
};

function after(state: AgreementState | undefined, ...facts: readonly AgreementFact[]): AgreementState {
  let folded = state;
  for (const fact of facts) folded = evolveAgreement(folded, { ...fact, at: AT });
  return folded ?? assert.fail('no facts');
}
const draft = (terms = TERMS, owners: readonly string[] = ['revenue'], state?: AgreementState): AgreementState =>
  after(state, ...drafted(state, OWNER, { terms, hash: `h${JSON.stringify(terms)}`, owners: owners as readonly UnitId[] }));
const sign = (state: AgreementState, by: Party, side: Side, hash = state.draft?.hash ?? ''): AgreementState =>
  after(state, ...signed(state, by, { hash, signature: { side, person: by.person, at: AT, how: 'login', jws: 'x' } }));
const inForce = (): AgreementState => sign(sign(draft(), CLERK, 'organisation'), STEWARD, 'city');
const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
  }
  return 'taken';
};

test('a contract is in force once both sides signed, in either order, and its document carries both signatures', () => {
  const one = draft();
  assert.deepEqual(documentsOf(one), []);
  for (const state of [inForce(), sign(sign(draft(), STEWARD, 'city'), CLERK, 'organisation')]) {
    const [document, ...rest] = documentsOf(state);
    assert.deepEqual(rest, []);
    assert.deepEqual([document?.version, document?.signatures?.length, document?.test], [1, 2, false]);
    assert.equal(state.draft, undefined);
  }
});

test('who drafted does not sign for the city, nor does anybody for both sides, and nobody signs another text', () => {
  const one = draft();
  const both = { ...OWNER, isSteward: true };
  assert.equal(
    code(() => sign(one, both, 'city')),
    'same-person',
  );
  assert.equal(
    code(() => sign(one, { ...CLERK, isSteward: true }, 'city')),
    'same-person',
  );
  assert.equal(
    code(() => sign(one, OWNER, 'city')),
    'not-permitted',
  );
  assert.equal(
    code(() => sign(one, STEWARD, 'organisation')),
    'not-permitted',
  );
  assert.equal(
    code(() => sign(one, CLERK, 'organisation', 'another')),
    'contract-changed',
  );
  assert.equal(
    code(() => drafted(undefined, STEWARD, { terms: TERMS, hash: 'h', owners: ['revenue' as UnitId] })),
    'not-permitted',
  );
});

test('the owners of all its questions agree before the city signs', () => {
  const one = draft(TERMS, ['revenue', 'planning']);
  assert.equal(
    code(() => sign(one, STEWARD, 'city')),
    'contract-owners-missing',
  );
  const two = after(one, ...agreed(one, OTHER));
  assert.deepEqual(agreed(two, OTHER), []);
  assert.ok(sign(two, STEWARD, 'city').draft?.signatures.length === 1);
  assert.equal(
    code(() => agreed(one, CLERK)),
    'not-permitted',
  );
});

test('the next version is drafted by an owner of its questions, not by whoever adds one of theirs', () => {
  const given = { terms: TERMS, hash: 'h2', owners: ['revenue', 'planning'] as readonly string[] as readonly UnitId[] };
  assert.equal(
    code(() => drafted(inForce(), OTHER, given)),
    'not-permitted',
  );
  assert.equal(drafted(inForce(), OWNER, given).length, 1);
});

test('a new draft leaves the running version until it is signed; signatures of the draft before are gone', () => {
  const running = inForce();
  const next = draft({ ...TERMS, ratePerMinute: 10 }, ['revenue'], running);
  assert.deepEqual([documentsOf(next)[0]?.ratePerMinute, documentsOf(next)[0]?.version], [60, 1]);
  const again = draft({ ...TERMS, ratePerMinute: 20 }, ['revenue'], sign(next, CLERK, 'organisation'));
  assert.deepEqual(again.draft?.signatures, []);
  const signedBoth = sign(sign(again, CLERK, 'organisation'), STEWARD, 'city');
  assert.deepEqual([documentsOf(signedBoth)[0]?.ratePerMinute, documentsOf(signedBoth)[0]?.version], [20, 2]);
});

test('either side revokes at once with a reason; a repeat changes nothing; others may not', () => {
  for (const by of [CLERK, OWNER, STEWARD]) {
    const state = after(inForce(), ...revoked(inForce(), by, 'over'));
    assert.equal(state.revoked?.side, by === CLERK ? 'organisation' : 'city');
    assert.deepEqual([documentsOf(state)[0]?.until, documentsOf(state)[0]?.version], [AT, 2]);
    assert.deepEqual(revoked(state, by, 'again'), []);
  }
  assert.equal(
    code(() => revoked(inForce(), OTHER, 'x')),
    'not-permitted',
  );
  assert.equal(
    code(() => revoked(draft(), CLERK, 'x')),
    'wrong-state',
  );
});

test('a key changes the document and not its signatures; the twin has keys of its own and no people', () => {
  const running = inForce();
  const key = { use: 'real' as const, jwk: { kid: 'k1', kty: 'EC' } };
  const one = after(running, ...keyRegistered(running, CLERK, key));
  assert.deepEqual([documentsOf(one)[0]?.version, documentsOf(one)[0]?.signatures?.length], [2, 2]);
  assert.deepEqual(keyRegistered(one, CLERK, key), []);
  assert.equal(
    code(() => keyRegistered(one, CLERK, { ...key, use: 'test' })),
    'invalid-answers',
  );
  assert.equal(
    code(() => keyRegistered(one, OWNER, key)),
    'not-permitted',
  );
  const two = after(one, ...keyWithdrawn(one, CLERK, { use: 'real', kid: 'k1' }));
  assert.deepEqual([documentsOf(two)[0]?.keys, documentsOf(two)[0]?.version], [[], 3]);
  const unsigned = draft();
  const twin = after(unsigned, ...twinOpened(unsigned, CLERK));
  assert.deepEqual(
    documentsOf(twin).map((each) => [each.id, each.test, each.persons.length, each.version]),
    [['bank-test', true, 0, 1]],
  );
});

test('any order of what people try leaves at most one version in force, signed by two people, neither of them its drafter', () => {
  const acts = fc.constantFrom('draft', 'clerk', 'steward', 'owner', 'revoke', 'key', 'twin');
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 30 }), (all) => {
      let state: AgreementState | undefined;
      let before = 0;
      for (const [at, act] of all.entries()) {
        try {
          if (act === 'draft') state = draft({ ...TERMS, ratePerMinute: at + 1 }, ['revenue'], state);
          else if (!state) continue;
          else if (act === 'clerk') state = sign(state, CLERK, 'organisation');
          else if (act === 'steward') state = sign(state, STEWARD, 'city');
          else if (act === 'owner') state = sign(state, { ...OWNER, isSteward: true }, 'city');
          else if (act === 'revoke') state = after(state, ...revoked(state, CLERK, 'x'));
          else if (act === 'key') state = after(state, ...keyRegistered(state, CLERK, { use: 'real', jwk: { kid: `k${at}` } }));
          else state = after(state, ...twinOpened(state, CLERK));
        } catch (error) {
          if (error instanceof Refusal) continue;
          if (!(error instanceof assert.AssertionError)) throw error;
        }
        const signatures = state?.current?.signatures ?? [];
        assert.ok(signatures.length === 0 || (signatures.length === 2 && new Set(signatures.map((one) => one.side)).size === 2));
        assert.ok(signatures.every((one) => one.person !== OWNER.person));
        assert.ok((state?.versions.real ?? 0) >= before);
        before = state?.versions.real ?? 0;
      }
    }),
  );
});

const KNOWN = {
  types: [{ id: 'duty', answer: { type: 'object', properties: { clear: { type: 'boolean' } } } }],
  now: AT,
};
const faultsOf = (change: object): readonly string[] =>
  termsFaults({ ...TERMS, ...change } as never, KNOWN).map(({ pointer, code: which }) => `${pointer} ${which}`);

test('each fault of a draft stands beside its member', () => {
  assert.deepEqual(faultsOf({}), []);
  assert.deepEqual(faultsOf({ types: { duty: { fields: ['clear', 'owner'] } } }), ['/types/duty/fields/1 terms-field-unknown']);
  assert.deepEqual(faultsOf({ types: { nothing: { fields: ['x'] } } }), ['/types/nothing terms-type-unknown']);
  assert.deepEqual(faultsOf({ types: { duty: { fields: [] } } }), ['/types/duty/fields terms-fields-missing']);
  assert.deepEqual(faultsOf({ types: {} }), ['/types terms-types-missing']);
  assert.deepEqual(faultsOf({ id: 'bank-test' }), ['/id terms-id']);
  assert.deepEqual(faultsOf({ legal: { fa: ' ', en: 'Act' } }), ['/legal/fa terms-missing']);
  assert.deepEqual(faultsOf({ ratePerMinute: 0 }), ['/ratePerMinute terms-rate']);
  assert.deepEqual(faultsOf({ visibility: { after: 'soon' } }), ['/visibility terms-visibility']);
  assert.deepEqual(faultsOf({ until: TERMS.from }), ['/until terms-until']);
  assert.deepEqual(faultsOf({ until: '2040-01-01T00:00:00.000Z' }), ['/until terms-until-far']);
  assert.deepEqual(faultsOf({ from: 'today' }), ['/from terms-date']);
  assert.deepEqual(faultsOf({ persons: [] }), ['/persons terms-persons-missing']);
  assert.deepEqual(termsFaults({}, KNOWN).length > 6, true);
});
