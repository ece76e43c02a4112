// Do the parts of a package name each other rightly? Manifest to forms, decisions, template and steps; process to messages.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import type { Model } from '#engine/model.ts';
import type { Form, Texts } from '#forms/types.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import type { Manifest, PackageFiles } from './types.ts';

type Parts = {
  readonly manifest: Manifest;
  readonly model: Model;
  readonly forms: { readonly [id: string]: Form };
  readonly decisions: DecisionLibrary;
  readonly texts: Texts;
  readonly files: PackageFiles;
};

export function checkReferences(parts: Parts): readonly Finding[] {
  const { manifest, forms, decisions, model, files } = parts;
  const findings: Finding[] = [];
  const missing = (place: string, what: string, mend: Text): void => {
    findings.push({
      code: 'missing-reference',
      severity: 'error',
      file: 'service.yaml',
      place,
      reason: { fa: `«${what}» که در ${place} آمده در بسته نیست.`, en: `“${what}”, named at ${place}, is not in the package.` },
      mend,
    });
  };
  const ADD: Text = { fa: 'نام را درست کنید یا آن را بیفزایید.', en: 'Correct the name, or add it.' };
  if (!forms[manifest.application]) missing('application', manifest.application, ADD);
  const { decision } = manifest.fees;
  if (decision !== undefined && !decisions.decisions.some((one) => one.id === decision)) missing('fees.decision', decision, ADD);
  if (manifest.output && files[manifest.output.document] === undefined) missing('output.document', manifest.output.document, ADD);
  const elements = new Set(model.nodes.map((node) => node.id));
  for (const [at, one] of manifest.duties.executors.entries())
    if (!elements.has(one.step)) missing(`duties.executors[${at}].step`, one.step, ADD);
  const served = new Set(manifest.duties.executors.map((one) => one.step));
  for (const { info } of model.nodes) {
    if (info.type !== 'userTask' || info.executor === undefined || info.executor.role === 'applicant' || served.has(info.id))
      continue;
    missing('duties.executors', info.id, {
      fa: 'مجری این گام را در service.yaml بنویسید.',
      en: 'Name who executes this step in service.yaml.',
    });
  }
  return [...findings, ...checkMessages(parts)];
}

/** The words of a notification must be there, in both languages, where the model names them plainly. */
function checkMessages({ model, texts }: Parts): readonly Finding[] {
  return model.nodes.flatMap((node): readonly Finding[] => {
    if (node.info.service !== 'dargah:notify') return [];
    const source = node.inputs.find((one) => one.target === 'message')?.source ?? '';
    const key = /^=\s*"([^"]+)"$/.exec(source)?.[1] ?? (source.startsWith('=') ? undefined : source);
    if (key === undefined || (texts.fa[key] !== undefined && texts.en[key] !== undefined)) return [];
    return [
      {
        code: 'missing-text',
        severity: 'error',
        file: 'process.bpmn',
        place: node.id,
        reason: { fa: `متن پیام «${key}» در fa.json یا en.json نیست.`, en: `The message “${key}” is not in fa.json or en.json.` },
        mend: { fa: 'آن را به هر دو بیفزایید.', en: 'Add it to both.' },
      },
    ];
  });
}
