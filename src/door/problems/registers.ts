// The city’s registers: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const REGISTERS = {
  'merge-refused': {
    status: 409,
    title: { fa: 'این دو یکی نمی‌شوند ({why}).', en: 'These two cannot be made one ({why}).' },
    mend: {
      fa: 'دو سو را کنار هم ببینید: کلیدهای درستشان ناهمسان است، یکی هستند، یا کسی گفته است که دو تا هستند.',
      en: 'See both side by side: their valid keys differ, they are one already, or a person said that they are two.',
    },
  },
} satisfies Readonly<Record<string, Problem>>;
