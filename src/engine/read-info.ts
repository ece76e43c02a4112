// The extension vocabulary of one element, read into an ElementInfo: form, executor, inquiry, visit, deadline, service, outcome.
import type { ElementInfo, Executor } from './types.ts';
import { extension, idOf, list, localType, one, text, type Raw } from './raw.ts';

export function readInfo(raw: Raw): ElementInfo {
  return { id: idOf(raw), name: text(raw, 'name') ?? '', type: localType(raw), ...zeebe(raw), ...work(raw), ...end(raw) };
}

function zeebe(raw: Raw): Partial<ElementInfo> {
  const form = text(extension(raw, 'zeebe:FormDefinition'), 'formId');
  const service = text(extension(raw, 'zeebe:TaskDefinition') ?? extension(definitionOf(raw), 'zeebe:TaskDefinition'), 'type');
  const headers = pairs(list(extension(raw, 'zeebe:TaskHeaders'), 'values'), 'key');
  const properties = pairs(list(extension(raw, 'zeebe:Properties'), 'properties'), 'name');
  return { ...(form && { form }), ...(service && { service }), ...(headers && { headers }), ...(properties && { properties }) };
}

function definitionOf(raw: Raw): Raw | undefined {
  return list(raw, 'eventDefinitions')[0] ?? one(raw, 'loopCharacteristics');
}

function pairs(rows: readonly Raw[], name: string): { readonly [key: string]: string } | undefined {
  const entries = rows.flatMap((row) => {
    const key = text(row, name);
    return key === undefined ? [] : [[key, text(row, 'value') ?? ''] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function work(raw: Raw): Partial<ElementInfo> {
  const executor = executorOf(raw);
  const inquiry = text(extension(raw, 'dargah:Inquiry'), 'type');
  const visit = text(extension(raw, 'dargah:Visit'), 'kind');
  const pauses = text(extension(raw, 'dargah:Clock'), 'pauses');
  const separate = text(extension(raw, 'dargah:Separate'), 'from')?.trim().split(/\s+/);
  const deadline = extension(raw, 'dargah:Deadline');
  const duration = text(deadline, 'duration');
  const legal = text(deadline, 'legal');
  return {
    ...(executor && { executor }),
    ...(inquiry && { inquiry }),
    ...(visit && { visit }),
    ...(pauses && { pauses }),
    ...(separate && { separate }),
    ...(duration && { deadline: { duration, ...(legal && { legal }) } }),
  };
}

/** `<dargah:executor>` of a task or of a lane. */
export function executorOf(raw: Raw): Executor | undefined {
  const executor = extension(raw, 'dargah:Executor');
  return executor && { unit: text(executor, 'unit') ?? '', role: text(executor, 'role') ?? 'officer' };
}

function end(raw: Raw): Partial<ElementInfo> {
  const outcome = extension(raw, 'dargah:Outcome');
  const status = text(outcome, 'status');
  const reason = text(outcome, 'reason');
  return status ? { outcome: { status, ...(reason && { reason }) } } : {};
}
