// The shapes of the API, as TypeBox schemas: one source for validation, types and OpenAPI.
import { Type } from 'typebox';
import type { TSchema } from 'typebox';

export const Words = Type.Object({ fa: Type.String(), en: Type.String() }, { additionalProperties: false });
export const CaseParams = Type.Object({
  id: Type.String({ maxLength: 40, description: 'Case number; hyphens and Persian digits are accepted.' }),
});
export const TaskParams = Type.Object({ id: Type.String({ maxLength: 40 }), task: Type.String({ maxLength: 80 }) });
export const PaymentParams = Type.Object({ id: Type.String({ maxLength: 40 }), payment: Type.String({ maxLength: 80 }) });
export const AttemptParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  payment: Type.String({ maxLength: 80 }),
  attempt: Type.String({ pattern: '^[0-9a-f]{32}$' }),
});
export const DocumentParams = Type.Object({ id: Type.String({ maxLength: 40 }), code: Type.String({ maxLength: 60 }) });
export const FileParams = Type.Object({ id: Type.String({ maxLength: 40 }), file: Type.String({ maxLength: 100 }) });

/** Answers by field key: text, numbers, booleans, lists, or a file's id. The form of the moment judges them. */
export const AnswersBody = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 200 });

export const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 200,
      description: 'One per intent. A repeat with the same key gives the first answer and changes nothing.',
    }),
  ),
});

export const ProblemShape = Type.Object(
  {
    type: Type.String({ format: 'uri-reference' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          { pointer: Type.String(), code: Type.String(), detail: Type.Optional(Type.String()) },
          { additionalProperties: true },
        ),
      ),
    ),
  },
  { additionalProperties: true, description: 'RFC 9457 problem details; errors carry RFC 6901 pointers.' },
);

export const CaseShape = Type.Object(
  {
    id: Type.String(),
    seq: Type.Integer({ description: 'Events so far; also the ETag.' }),
    service: Type.String(),
    title: Words,
    version: Type.String(),
    definition: Type.String(),
    status: Type.String(),
    openedAt: Type.String(),
    submittedAt: Type.Optional(Type.String()),
    endedAt: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    clock: Type.Optional(Type.Unknown()),
    fee: Type.Optional(
      Type.Object(
        {
          lines: Type.Array(Type.Unknown()),
          total: Type.String({ description: 'Rials, whole.' }),
          tariffDate: Type.Optional(Type.String({ description: 'The day whose tariff rules the case, yyyy-mm-dd.' })),
          explained: Type.Optional(
            Type.Unknown({
              description: 'Each line with the rules that hit, their inputs, act, days in force, rounding; adds up to the total.',
            }),
          ),
        },
        { additionalProperties: true },
      ),
    ),
    draft: Type.Optional(Type.Unknown()),
    known: Type.Optional(
      Type.Unknown({
        description:
          'Of a draft: by field, the value that a register gives, its source and date. Submit with `seen` to have it compared.',
      }),
    ),
    sources: Type.Optional(
      Type.Unknown({ description: 'Of a submitted application: by field, the register its value came from, or the applicant.' }),
    ),
    files: Type.Array(Type.Unknown()),
    tasks: Type.Array(Type.Unknown()),
    payments: Type.Array(Type.Unknown()),
    documents: Type.Array(Type.Unknown()),
    visits: Type.Unknown(),
    timeline: Type.Array(Type.Unknown()),
  },
  { additionalProperties: true },
);

export const DoneShape = Type.Object({ id: Type.String(), seq: Type.Integer(), status: Type.String() });

/** What every route may answer beside its success. */
export function answers<T extends Record<number, TSchema>>(
  success: T,
): T & { '4xx': typeof ProblemShape; '5xx': typeof ProblemShape } {
  return { ...success, '4xx': ProblemShape, '5xx': ProblemShape };
}
