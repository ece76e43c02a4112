// The fold of a contract's log, and the documents that follow from its state: the contract that questions name, and its test twin.
// Never refuses: a fact in the log has happened.
import type { AgreementEvent, AgreementState, KeyUse } from './agreement-types.ts';
import type { Contract } from './types.ts';

/** A twin's questions are answered from samples alone. */
export const TWIN_SUFFIX = '-test';

/** `state` is undefined only for `AgreementDrafted`. */
export function evolveAgreement(state: AgreementState | undefined, event: AgreementEvent): AgreementState {
  const before: AgreementState = state ?? { id: '', keys: { real: [], test: [] }, versions: { real: 0, test: 0 } };
  const after = { ...before, ...changeOf(before, event) };
  return { ...after, versions: { real: nextVersion('real', before, after), test: nextVersion('test', before, after) } };
}

function changeOf(state: AgreementState, event: AgreementEvent): Partial<AgreementState> {
  const { at } = event;
  switch (event.type) {
    case 'AgreementDrafted': {
      const { id, ...draft } = event.data;
      return { id, draft: { ...draft, at, signatures: [] } };
    }
    case 'DraftAgreed':
      return state.draft ? { draft: { ...state.draft, agreed: [...state.draft.agreed, ...event.data.units] } } : {};
    case 'AgreementSigned':
      return state.draft ? { draft: { ...state.draft, signatures: [...state.draft.signatures, event.data.signature] } } : {};
    case 'AgreementEntered': {
      if (!state.draft) return {};
      const { terms, hash, owners, signatures } = state.draft;
      return { draft: undefined, revoked: undefined, current: { terms, hash, owners, signatures, since: at } };
    }
    case 'KeyRegistered': {
      const { use, jwk, by } = event.data;
      return { keys: { ...state.keys, [use]: [...state.keys[use], { jwk, by, at }] } };
    }
    case 'KeyWithdrawn': {
      const { use, kid } = event.data;
      return { keys: { ...state.keys, [use]: state.keys[use].filter((one) => one.jwk['kid'] !== kid) } };
    }
    case 'TwinOpened':
      return { twinSince: at };
    case 'WebhookSet':
      return {};
    case 'AgreementRevoked':
      return { revoked: { ...event.data, at } };
  }
}

/** A document that says something else is another version: what was signed under the one before stays checkable. */
function nextVersion(use: KeyUse, before: AgreementState, after: AgreementState): number {
  const text = (state: AgreementState): string => JSON.stringify(documentOf(state, use) ?? null);
  return before.versions[use] + (text(before) === text(after) ? 0 : 1);
}

function documentOf(state: AgreementState, use: KeyUse): Omit<Contract, 'version'> | undefined {
  const { id, current, draft, keys, twinSince, revoked } = state;
  const signed = current ?? (use === 'test' ? draft : undefined);
  if (!signed || (use === 'test' && twinSince === undefined)) return undefined;
  const { terms } = signed;
  const until = revoked && revoked.at < terms.until ? revoked.at : terms.until;
  const shared = { ...terms, until, keys: keys[use].map((one) => one.jwk) };
  return use === 'real'
    ? { ...shared, test: false, ...(current && { signatures: current.signatures }) }
    : // Nobody asks by hand in the test environment, and it does not wait for the contract to begin.
      { ...shared, id: `${id}${TWIN_SUFFIX}`, from: twinSince ?? terms.from, persons: [], test: true };
}

/** The documents as they stand: what is given out where its version is new. */
export function documentsOf(state: AgreementState): readonly Contract[] {
  return (['real', 'test'] as const).flatMap((use) => {
    const document = documentOf(state, use);
    return document ? [{ ...document, version: state.versions[use] }] : [];
  });
}
