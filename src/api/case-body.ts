// A case file as the API's JSON: what its pages show, without the models behind them.
import type { Static } from 'typebox';
import type { CaseFile } from '#work/views/case-file.ts';
import { knownFields } from '#work/views/known.ts';
import type { Road } from '#work/road.ts';
import type { CaseShape } from './shapes.ts';

type Fee = NonNullable<CaseFile['state']['fee']>;

export function caseBody(file: CaseFile): Static<typeof CaseShape> {
  const { state, tasks } = file;
  return {
    id: file.id,
    seq: file.seq,
    service: state.service,
    title: file.package.manifest.title,
    version: state.version,
    definition: state.definition,
    status: state.status,
    openedAt: state.openedAt,
    ...(state.submittedAt === undefined ? {} : { submittedAt: state.submittedAt }),
    ...(state.endedAt === undefined ? {} : { endedAt: state.endedAt }),
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    ...(state.clock === undefined ? {} : { clock: state.clock }),
    ...(state.fee === undefined ? {} : { fee: feeBody(file, state.fee) }),
    ...(file.own && state.status === 'draft' ? { draft: state.draft } : {}),
    ...(state.sources === undefined ? {} : { sources: state.sources }),
    files: [...state.files],
    tasks: tasks.map(({ formModel: _form, correctable: _correctable, ...task }) => task),
    payments: [...state.payments],
    documents: [...state.documents],
    visits: state.visits,
    // Names of officers are for the desk; the applicant sees roles and units.
    timeline: file.timeline.map(({ person: _person, personName, ...entry }) => (file.own ? entry : { ...entry, personName })),
    ...(file.own
      ? {}
      : { applicant: state.applicant, variables: file.variables, decisions: file.decisions, incidents: file.incidents }),
  };
}

/** What registers say for a draft: each value with its source, which is not asked of the applicant; of anything else nothing. */
export async function knownBody(road: Road, file: CaseFile): Promise<Pick<Static<typeof CaseShape>, 'known'>> {
  if (!file.own || file.state.status !== 'draft') return {};
  const { data } = await knownFields(road, file);
  return { known: Object.fromEntries([...data].map(([field, { typed: _typed, type: _type, ...one }]) => [field, one])) };
}

/** The fee with each line's rule, inputs, act and rounding: what the applicant's page explains. */
function feeBody({ state, explained }: CaseFile, { lines, total }: Fee): Static<typeof CaseShape>['fee'] {
  return {
    lines: [...lines],
    total,
    ...(state.tariffDate === undefined ? {} : { tariffDate: state.tariffDate }),
    ...(explained ? { explained } : {}),
  };
}
