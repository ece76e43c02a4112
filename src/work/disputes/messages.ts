// What people and units are told of a dispute at each change: in words, once.
import type { Text } from '#base/text.ts';
import { jalaliText } from '#calendar/jalali.ts';
import { REGISTERS } from '#catalog/registers.ts';
import type { DisputeFact, DisputeState } from '#registry/dispute.ts';
import type { DisputeMessage } from '#store/disputes.ts';

/** `seq` is the event's: a message is told once for each. */
export function messagesOf(state: DisputeState, fact: DisputeFact, seq: number): readonly DisputeMessage[] {
  const what = REGISTERS[state.register]?.fields[state.field]?.title ?? { fa: state.field, en: state.field };
  const day = { fa: jalaliText(state.due), en: state.due.slice(0, 10) };
  const told = (to: 'person' | 'unit', { fa, en }: Text): DisputeMessage => ({
    message_id: `${fact.type}-${seq}-${to}`,
    person: to === 'person' ? state.person : null,
    unit: to === 'unit' ? state.unit : null,
    key: fact.type,
    text_fa: fa,
    text_en: en,
    link: to === 'person' ? `/mine/disputes/${state.id}` : `/desk/disputes/${state.id}`,
  });
  switch (fact.type) {
    case 'DisputeOpened':
      return [
        told('person', {
          fa: `اعتراض شما به «${what.fa}» ثبت شد. مهلت پاسخ: ${day.fa}.`,
          en: `Your dispute of “${what.en}” is recorded. To be answered by ${day.en}.`,
        }),
        told('unit', {
          fa: `اعتراضی به «${what.fa}» رسید. مهلت پاسخ: ${day.fa}.`,
          en: `“${what.en}” is disputed. To be answered by ${day.en}.`,
        }),
      ];
    case 'DisputeAccepted':
      return [
        told('person', {
          fa: `اعتراض شما به «${what.fa}» پذیرفته شد؛ از این پس مقدار درست به کار می‌رود.`,
          en: `Your dispute of “${what.en}” was accepted; the right value is used from now on.`,
        }),
      ];
    case 'DisputeRefused':
      return [
        told('person', {
          fa: `اعتراض شما به «${what.fa}» پذیرفته نشد: ${fact.data.reason}`,
          en: `Your dispute of “${what.en}” was refused: ${fact.data.reason}`,
        }),
      ];
    case 'DisputeWithdrawn':
      return [
        told('person', { fa: `اعتراض خود به «${what.fa}» را پس گرفتید.`, en: `You withdrew your dispute of “${what.en}”.` }),
        told('unit', { fa: `اعتراض به «${what.fa}» پس گرفته شد.`, en: `The dispute of “${what.en}” was withdrawn.` }),
      ];
    case 'DisputeOverdue':
      return [
        told('person', {
          fa: `مهلت پاسخ به اعتراض شما به «${what.fa}» گذشت؛ به واحد پاسخگو یادآوری شد.`,
          en: `The time to answer your dispute of “${what.en}” is over; the unit that answers was reminded.`,
        }),
        told('unit', {
          fa: `مهلت پاسخ به اعتراض به «${what.fa}» گذشته است.`,
          en: `The time to answer the dispute of “${what.en}” is over.`,
        }),
      ];
  }
}
