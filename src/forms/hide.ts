// The hide expression of a form-js component, as FEEL.
import { isObject, type JsonObject } from '#base/json.ts';
import type { Report } from './findings.ts';

/** FEEL without its `=`. */
export function hideOf(component: JsonObject, report: Report): string | undefined {
  const hide = isObject(component.conditional) ? component.conditional.hide : undefined;
  if (hide === undefined || hide === '' || hide === false) return undefined;
  if (typeof hide === 'string' && /^\s*=/.test(hide)) return hide.replace(/^\s*=\s*/, '');
  report('hide-not-feel', String(component.id ?? ''), {
    reason: ['شرط پنهان شدن عبارت FEEL نیست.', 'The condition to hide is not a FEEL expression.'],
    mend: ['شرط را با = آغاز کنید، مانند =use != "commercial".', 'Start the condition with =, like =use != "commercial".'],
  });
  return undefined;
}
