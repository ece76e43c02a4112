// Does a value fit a JSON Schema (2020-12). Each fault names its member (RFC 6901) and the keyword it breaks.
import type { FieldFault } from '#base/refusal.ts';
import type { Json, JsonObject } from '#base/json.ts';
import Schema from 'typebox/schema';

export type Validator = (value: Json) => readonly FieldFault[];

/** More faults than these are of no help to whoever mends them. */
const MOST = 20;

/** Compiled once for as long as its schema is in use: compiling costs a hundred checks. */
const made = new WeakMap<JsonObject, Validator>();

/** Throws what the schema itself has wrong: published types are compiled when they are checked. */
export function validator(schema: JsonObject): Validator {
  const known = made.get(schema);
  if (known) return known;
  const fresh = compiledFor(schema);
  made.set(schema, fresh);
  return fresh;
}

function compiledFor(schema: JsonObject): Validator {
  const compiled = Schema.Compile(schema as never);
  return (value) => {
    if (compiled.Check(value)) return [];
    const [, errors] = compiled.Errors(value);
    return errors.flatMap(faultsOf).slice(0, MOST);
  };
}

type SchemaError = {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: unknown;
  readonly message: string;
};

/** A member that is missing, or one too many, is named itself and not the object it should stand in. */
function faultsOf({ keyword, instancePath, params, message }: SchemaError): readonly FieldFault[] {
  const { requiredProperties, additionalProperties } = params as { readonly [name: string]: readonly string[] | undefined };
  const names =
    keyword === 'required' ? requiredProperties : keyword === 'additionalProperties' ? additionalProperties : undefined;
  if (keyword === 'boolean') return [];
  if (!names) return [{ pointer: instancePath, code: keyword, facts: { message } }];
  return names.map((name) => ({ pointer: `${instancePath}/${escaped(name)}`, code: keyword, facts: { message } }));
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
