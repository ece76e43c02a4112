// The day whose tariff rules a case, as its manifest says: of submission, of completeness, or of the first assessment.
// Once a fee was assessed by it, it stays: a later tariff, a return or a correction changes nothing.
import { isoDateOf } from '#calendar/jalali.ts';
import type { EngineEnv, StepResult } from '#engine/types.ts';
import { variables } from '#engine/waits.ts';
import { TARIFF_DATE } from '#rules/dmn/check-tariffs.ts';
import type { CaseEnv, CaseState } from './types.ts';

/** A step of the case is completed, or it goes on. */
export type Moment = { readonly step?: string };

export function tariffDated(state: CaseState, { step }: Moment, env: CaseEnv): CaseState {
  const date = env.package.manifest.fees.date;
  if (!date || (state.fee !== undefined && state.tariffDate !== undefined)) return state;
  // A case that came here from a version without this rule gets its day now.
  const at =
    date.rule === 'submission' ? state.submittedAt : date.rule === 'assessment' || step === date.step ? env.now : undefined;
  const day = at === undefined ? undefined : isoDateOf(at, env.calendar.utcOffset);
  return day === undefined || state.tariffDate === day ? state : { ...state, tariffDate: day };
}

type Told = { readonly state: CaseState } & Pick<StepResult, 'trail' | 'wants' | 'decisions'>;

/** Tells the process the day, where it does not know it yet. */
export function tellTariffDate(before: CaseState, env: CaseEnv, engine: EngineEnv): Told {
  const state = tariffDated(before, {}, env);
  const { tariffDate } = state;
  if (!state.engine || tariffDate === undefined || variables(state.engine)[TARIFF_DATE] === tariffDate)
    return { state, trail: [], wants: [], decisions: [] };
  const told = env.package.process.step(state.engine, { kind: 'set', vars: { [TARIFF_DATE]: tariffDate } }, engine);
  return { state: { ...state, engine: told.state }, trail: told.trail, wants: told.wants, decisions: told.decisions };
}
