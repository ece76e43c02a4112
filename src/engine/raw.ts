// Reading moddle's elements without trusting their shape. Never interprets what it reads.

/** An element as moddle gives it. */
export type Raw = { readonly $type: string; readonly [property: string]: unknown };

function isRaw(value: unknown): value is Raw {
  return value !== null && typeof value === 'object' && '$type' in value;
}

/** The text of an attribute, or undefined where it is absent or empty. */
export function text(raw: Raw | undefined, name: string): string | undefined {
  const value = raw?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function flag(raw: Raw | undefined, name: string, otherwise: boolean): boolean {
  const value = raw?.[name];
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value === 'true' : otherwise;
}

export function one(raw: Raw | undefined, name: string): Raw | undefined {
  const value = raw?.[name];
  return isRaw(value) ? value : undefined;
}

export function list(raw: Raw | undefined, name: string): readonly Raw[] {
  const value = raw?.[name];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

export function idOf(raw: Raw | undefined): string {
  return text(raw, 'id') ?? '';
}

/** `bpmn:UserTask` → `userTask`. */
export function localType(raw: Raw): string {
  const name = raw.$type.slice(raw.$type.indexOf(':') + 1);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** The first extension element of a type (`zeebe:IoMapping`). */
export function extension(raw: Raw | undefined, type: string): Raw | undefined {
  return list(one(raw, 'extensionElements'), 'values').find((value) => value.$type === type);
}
