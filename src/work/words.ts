// A field's fault in words, for both doors.
import type { FieldFault } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { faultWords } from '#forms/words.ts';
import { contractFaultWords } from '#inquiries/terms-words.ts';

/** Reason and mend together; `label` is what the field is called on the page. */
export function fieldWords(fault: FieldFault, label?: Text): Text {
  const own = contractFaultWords(fault);
  if (own) return own;
  const words = label === undefined ? faultWords(fault) : faultWords(fault, label);
  if (!words) return { fa: fault.code, en: fault.code };
  return { fa: `${words.reason.fa} ${words.mend.fa}`, en: `${words.reason.en} ${words.mend.en}` };
}
