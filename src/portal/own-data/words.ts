// Words of a person's data: where a value comes from, what is wrong with it, and what became of a dispute.
import { speaker } from '#portal/ui/words.ts';

export const words = speaker(
  {
    'known.from': 'از {source}، تا {date}',
    'known.corrected': 'اصلاح‌شده به درخواست شما در {source}، {date}',
    'known.wrong': 'این نادرست است',
    'known.wrong-of': '{label}: این نادرست است',
    'known.disputed': 'به آن اعتراض شده است',
    'known.stated': 'گفتهٔ خود درخواست‌کننده',
    'known.differs': 'گفتهٔ خود درخواست‌کننده؛ در {source}: {value}',
    'known.not-held': 'سامانه‌های شهر این را ندارند؛ آنچه می‌نویسید گفتهٔ خود شما ثبت می‌شود.',
  },
  {
    'known.from': 'From {source}, as of {date}',
    'known.corrected': 'Corrected at your request in {source}, {date}',
    'known.wrong': 'This is wrong',
    'known.wrong-of': '{label}: this is wrong',
    'known.disputed': 'disputed',
    'known.stated': 'as stated by the applicant',
    'known.differs': 'as stated by the applicant; in {source}: {value}',
    'known.not-held': 'The city’s registers do not have this; what you write is recorded as your own statement.',
  },
);
