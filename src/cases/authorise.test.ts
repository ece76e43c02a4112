// The aligned table, enumerated: every command × every role × every state, and nothing beyond what its lines allow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { WaitId } from '#engine/types.ts';
import { authorise, may } from './authorise.ts';
import { MAY } from './may.ts';
import { ROLES, STATUSES } from './types.ts';
import type { Actor, CaseState, Command, CommandType, Role, Status, Task } from './types.ts';

const AT = instant('2026-11-24T09:00:00Z');
const UNIT = 'office' as UnitId;
const APPLICANT = 'ali' as PersonId;

function task(role: string, more: Partial<Task> = {}): Task {
  const unit = role === 'applicant' ? {} : { unit: UNIT };
  return { id: 't1' as WaitId, element: 'Task', role, separate: [], openedAt: AT, ...unit, ...more };
}

function state(status: Status, tasks: readonly Task[] = []): CaseState {
  return {
    id: '14050000000000' as CaseId,
    service: 'mini',
    version: '1.0.0',
    definition: 'd',
    applicant: { id: APPLICANT, kind: 'citizen', nationalId: 'n', name: 'Ali' },
    status,
    openedAt: AT,
    draft: {},
    files: [],
    tasks,
    units: [UNIT],
    done: [],
    payments: [],
    documents: [],
    held: {},
    visits: { applicant: 0, city: 0 },
  };
}

const COMMANDS = {
  OpenCase: { type: 'OpenCase', applicant: state('draft').applicant },
  SaveDraft: { type: 'SaveDraft', answers: {} },
  AttachFile: { type: 'AttachFile', field: 'f', file: { file: 'f', name: 'f', type: 't', size: 1, sha256: '' } },
  SubmitApplication: { type: 'SubmitApplication', known: {} },
  ClaimTask: { type: 'ClaimTask', task: 't1' as WaitId },
  ReleaseTask: { type: 'ReleaseTask', task: 't1' as WaitId },
  CompleteTask: { type: 'CompleteTask', task: 't1' as WaitId, answers: {} },
  StartPayment: { type: 'StartPayment', payment: 'p' as WaitId, attempt: 'a' },
  RecordPayment: { type: 'RecordPayment', payment: 'p' as WaitId, attempt: 'a', result: 'paid' },
  RecordService: { type: 'RecordService', wait: 'w' as WaitId, result: {} },
  RecordDocument: { type: 'RecordDocument', wait: 'w' as WaitId, document: { code: 'c', number: 'n', file: 'f', issuedAt: AT } },
  RecordFailure: { type: 'RecordFailure', wait: 'w' as WaitId, reason: 'r' },
  FireTimer: { type: 'FireTimer', wait: 'w' as WaitId },
  WithdrawCase: { type: 'WithdrawCase' },
  RevokeDocument: { type: 'RevokeDocument', code: 'c', reason: 'r' },
  RetryIncident: { type: 'RetryIncident', incident: 'i', reason: 'r' },
  MendData: { type: 'MendData', incident: 'i', vars: {}, reason: 'r' },
  MoveToken: { type: 'MoveToken', incident: 'i', to: 'e', reason: 'r' },
  MigrateCase: { type: 'MigrateCase', definition: 'd', mapping: {}, reason: 'r' },
} as const satisfies Record<CommandType, Command>;

/** Somebody of each role: in the case's unit, in another, and the applicant themselves wearing that hat. */
function actors(role: Role): readonly (readonly [string, Actor])[] {
  if (role === 'system') return [['system', { person: 'system', kind: 'system', assignments: [] }]];
  const kind = role === 'business' ? 'business' : 'citizen';
  const hat = (unit: UnitId) => (role === 'citizen' || role === 'business' ? [] : [{ role, unit }]);
  return [
    ['theirs', { person: 'other' as PersonId, kind, assignments: hat(UNIT) }],
    ['elsewhere', { person: 'far' as PersonId, kind, assignments: hat('elsewhere' as UnitId) }],
    ['applicant', { person: APPLICANT, kind, assignments: hat(UNIT) }],
  ];
}

/** What the table's lines say, worked out apart from `authorise`. */
function expected(
  type: CommandType,
  status: Status | 'none',
  given: { readonly role: Role; readonly who: string; readonly taskRole: string },
): boolean {
  const { role, who, taskRole } = given;
  return MAY[type].some((line) => {
    if (!line.statuses.includes(status)) return false;
    if (line.relation === 'system') return who === 'system';
    if (who === 'system') return false;
    if (line.relation === 'anyone') return true;
    const aboutTask = type === 'ClaimTask' || type === 'ReleaseTask' || type === 'CompleteTask';
    if (line.relation === 'applicant') return who === 'applicant' && (!aboutTask || taskRole === 'applicant');
    if (who !== 'theirs' || !line.roles.includes(role)) return false;
    return !aboutTask || (line.relation === 'executor' && taskRole === role);
  });
}

test('every command × role × state is as the aligned table says, and no more', () => {
  let judged = 0;
  for (const type of Object.keys(COMMANDS) as CommandType[]) {
    for (const status of ['none', ...STATUSES] as const) {
      for (const role of ROLES) {
        for (const [who, actor] of actors(role)) {
          for (const taskRole of ['officer', 'manager', 'engineer', 'applicant']) {
            const given = status === 'none' ? undefined : state(status, status === 'open' ? [task(taskRole)] : []);
            const command: Command = COMMANDS[type];
            const allowed = allows(given, command, actor);
            const closed = 'task' in command && status !== 'open';
            assert.equal(
              allowed,
              !closed && expected(type, status, { role, who, taskRole }),
              `${type} by ${role} (${who}) in ${status}, task for ${taskRole}`,
            );
            judged += 1;
          }
        }
      }
    }
  }
  assert.ok(judged > 10_000, `${judged} judged`);
});

function allows(given: CaseState | undefined, command: Command, actor: Actor): boolean {
  try {
    authorise(given, command, actor, { owner: UNIT });
    return true;
  } catch (error) {
    assert.ok(error instanceof Refusal, 'only refusals');
    return false;
  }
}

test('four eyes: who did the earlier step may not do this one, and a page does not offer it', () => {
  const officer: Actor = { person: 'other' as PersonId, kind: 'citizen', assignments: [{ role: 'officer', unit: UNIT }] };
  const apart = {
    ...state('open', [task('officer', { separate: ['Task_check'] })]),
    done: [{ element: 'Task_check', person: 'other' as PersonId }],
  };
  assert.throws(
    () => authorise(apart, COMMANDS.CompleteTask, officer),
    (error) => error instanceof Refusal && error.code === 'same-person',
  );
  assert.equal(may(apart, COMMANDS.CompleteTask, officer), false);
});
