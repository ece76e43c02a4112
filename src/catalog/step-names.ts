// Every element that has a name has it in both languages, under `step.<element id>`: timelines, worklists and the duty register show these.
import type { Finding } from '#base/finding.ts';
import { LANGUAGES } from '#base/text.ts';
import { warning } from './findings.ts';
import type { Parts } from './parts.ts';

const PREFIX = 'step.';

export function checkStepNames({ model, texts }: Pick<Parts, 'model' | 'texts'>): readonly Finding[] {
  const ids = new Set(model.nodes.map((node) => node.id));
  return LANGUAGES.flatMap((language) => {
    const file = `${language}.json`;
    const bare = model.nodes.filter(({ id, info }) => info.name !== '' && !texts[language][PREFIX + id]);
    const stray = Object.keys(texts[language]).filter((key) => key.startsWith(PREFIX) && !ids.has(key.slice(PREFIX.length)));
    return [
      ...bare.map(({ id, info }) =>
        warning(
          { code: 'missing-step-name', file, place: PREFIX + id },
          [`نام گام «${info.name}» در ${file} نیست.`, `The name of the step “${info.name}” is not in ${file}.`],
          ['آن را با این کلید بیفزایید.', 'Add it under this key.'],
        ),
      ),
      ...stray.map((key) =>
        warning(
          { code: 'unknown-step', file, place: key },
          [
            `فرایند عنصری با شناسهٔ «${key.slice(PREFIX.length)}» ندارد.`,
            `The process has no element “${key.slice(PREFIX.length)}”.`,
          ],
          ['شناسه را درست کنید یا کلید را بردارید.', 'Correct the id, or remove the key.'],
        ),
      ),
    ];
  });
}
