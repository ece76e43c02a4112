// Who may do what in which state: one aligned table, command × relation × status.
// Read by perform, by the pages (what to show) and by the public duty register. A line missing here is forbidden.
import type { CommandType, Role, Status } from './types.ts';

/**
 * How the actor must stand to the case:
 * applicant — it is their own case; executor — they hold the open task's role in its unit, and the case is not theirs;
 * unit — they hold one of `roles` in a unit that worked the case, and it is not theirs; system — the road itself; anyone — any person;
 * owner — they hold the owner's role in the unit that owns the service's process, and the case is not theirs.
 */
export type Relation = 'anyone' | 'applicant' | 'executor' | 'unit' | 'owner' | 'system';

export type Permission = {
  readonly relation: Relation;
  readonly roles: readonly Role[];
  readonly statuses: readonly (Status | 'none')[];
};

const PEOPLE: readonly Role[] = ['citizen', 'business'];
const EXECUTORS: readonly Role[] = ['officer', 'manager', 'engineer'];
const ROAD: readonly Role[] = ['system'];
const ENDED: readonly Status[] = ['issued', 'refused', 'withdrawn', 'lapsed', 'completed'];

export const MAY: Readonly<Record<CommandType, readonly Permission[]>> = {
  OpenCase: [{ relation: 'anyone', roles: PEOPLE, statuses: ['none'] }],
  SaveDraft: [{ relation: 'applicant', roles: PEOPLE, statuses: ['draft'] }],
  AttachFile: [
    { relation: 'applicant', roles: PEOPLE, statuses: ['draft', 'open'] },
    { relation: 'executor', roles: EXECUTORS, statuses: ['open'] },
  ],
  SubmitApplication: [{ relation: 'applicant', roles: PEOPLE, statuses: ['draft'] }],
  ClaimTask: [{ relation: 'executor', roles: EXECUTORS, statuses: ['open'] }],
  ReleaseTask: [{ relation: 'executor', roles: EXECUTORS, statuses: ['open'] }],
  CompleteTask: [
    { relation: 'executor', roles: EXECUTORS, statuses: ['open'] },
    { relation: 'applicant', roles: PEOPLE, statuses: ['open'] },
  ],
  StartPayment: [{ relation: 'applicant', roles: PEOPLE, statuses: ['open'] }],
  // A bank's word may come late: money is recorded whatever became of the case.
  RecordPayment: [{ relation: 'system', roles: ROAD, statuses: ['open', ...ENDED] }],
  RecordService: [{ relation: 'system', roles: ROAD, statuses: ['open', ...ENDED] }],
  RecordDocument: [{ relation: 'system', roles: ROAD, statuses: ['open', ...ENDED] }],
  RecordFailure: [{ relation: 'system', roles: ROAD, statuses: ['open', ...ENDED] }],
  FireTimer: [{ relation: 'system', roles: ROAD, statuses: ['open', ...ENDED] }],
  WithdrawCase: [{ relation: 'applicant', roles: PEOPLE, statuses: ['draft', 'open'] }],
  RevokeDocument: [{ relation: 'unit', roles: ['manager'], statuses: ['issued'] }],
  // Owners oversee and do not execute: they mend the process where it stands still, each time with a reason that is logged.
  RetryIncident: [{ relation: 'owner', roles: ['owner'], statuses: ['open'] }],
  MendData: [{ relation: 'owner', roles: ['owner'], statuses: ['open'] }],
  MoveToken: [{ relation: 'owner', roles: ['owner'], statuses: ['open'] }],
  MigrateCase: [{ relation: 'owner', roles: ['owner'], statuses: ['open'] }],
};
