// Tells units and askers of an inquiry: time runs out, the deadline is over, an answer came late. Each word has an id of its own, so that it is said
// once however often the step is tried; it is said before the fact is written, so that no crash swallows it.
import { jalaliText } from '#calendar/jalali.ts';
import type { Text } from '#base/text.ts';
import { lateAnswers } from '#inquiries/decide.ts';
import type { InquiryState, InquiryType } from '#inquiries/types.ts';
import { insertMessage } from '#store/messages.ts';
import type { Road } from '#work/road.ts';

type About = { readonly state: InquiryState; readonly type: InquiryType };
type Word = { readonly id: string; readonly unit: string; readonly text: Text; readonly link: string };

export async function tellReminder(road: Road, { state, type }: About): Promise<void> {
  const { id, unit, due } = state;
  if (unit === undefined) return;
  const day = jalaliText(due);
  await tellUnit(road, state, {
    id: 'reminder',
    unit,
    text: {
      fa: `وقت کمی مانده است: «${type.title.fa}» تا ${day} پاسخ می‌خواهد.`,
      en: `Little time is left: the inquiry “${type.title.en}” must be answered by ${due.slice(0, 10)}.`,
    },
    link: `/desk/inquiries/${id}`,
  });
}

/** `again`: a week later, to the owner alone. */
export async function tellEscalation(road: Road, { state, type }: About, again = false): Promise<void> {
  const { id, unit } = state;
  const link = `/desk/inquiries/${id}`;
  const holder = unit === undefined ? undefined : road.catalogue.unitName(unit);
  if (!again && unit !== undefined)
    await tellUnit(road, state, {
      id: `escalated:${unit}`,
      unit,
      text: {
        fa: `به مدیر واحد: مهلت «${type.title.fa}» گذشت و واحد پاسخ نداده است.`,
        en: `To the unit’s manager: the deadline of the inquiry “${type.title.en}” has passed and the unit has not answered.`,
      },
      link,
    });
  if (!again && unit === type.owner) return;
  const with_ = { fa: holder ? ` که با ${holder.fa} است` : '', en: holder ? `, held by ${holder.en},` : '' };
  const since = again ? { fa: ' یک هفته پیش', en: ' a week ago' } : { fa: '', en: '' };
  await tellUnit(road, state, {
    id: again ? 'escalated-again' : 'escalated:owner',
    unit: type.owner,
    text: {
      fa: `به مالک استعلام: مهلت «${type.title.fa}»${with_.fa}${since.fa} گذشت و هنوز پاسخی نیامده است.`,
      en: `To the owner: the deadline of “${type.title.en}”${with_.en} passed${since.en} and there is still no answer.`,
    },
    link,
  });
}

/** A late answer is told to whoever asked: to the unit, or to the organisation's person; a program's system hears it by its own way. */
export async function tellLate(road: Road, { state, type }: About): Promise<void> {
  const { asker } = state;
  const id = `late:${lateAnswers(state).length}`;
  const text = {
    fa: `پاسخ «${type.title.fa}» پس از مهلت رسید.`,
    en: `The inquiry “${type.title.en}” was answered after its deadline.`,
  };
  if (asker.by === 'case') return tellUnit(road, state, { id, unit: asker.unit, text, link: `/desk/inquiries/${state.id}` });
  if (asker.person === undefined || asker.person.startsWith('client:')) return;
  const at = road.ports.world.now();
  const message = {
    caseId: state.id,
    id,
    person: asker.person,
    unit: null,
    key: 'inquiry',
    text,
    at,
    link: `/inquiries/${state.id}`,
  };
  await insertMessage(road.pool, message);
  await road.ports.messages.send({ id: `${state.id}:${id}`, to: asker.person, text });
}

async function tellUnit(road: Road, { id }: InquiryState, { id: word, unit, text, link }: Word): Promise<void> {
  const at = road.ports.world.now();
  await insertMessage(road.pool, { caseId: id, id: word, person: null, unit, key: 'inquiry', text, at, link });
  await road.ports.messages.send({ id: `${id}:${word}`, to: unit, text });
}
