// Services as cards under their kinds: what each is for, how it is given, and from when where it is only announced.
import type { JSX } from 'preact';
import { instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { ServiceView } from '#work/views/public.ts';
import { Cards, Section } from '#portal/ui/cards.tsx';
import { dateText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Tag } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

const KINDS = ['permit', 'certificate', 'inquiry', 'service'] as const;

type Props = { readonly language: Language; readonly services: readonly ServiceView[] };

/** A section for each kind that has a service. */
export function ServicesByKind({ language, services }: Props): JSX.Element {
  return (
    <>
      {KINDS.map((kind) => {
        const own = services.filter((one) => one.manifest.kind === kind);
        if (own.length === 0) return null;
        return (
          <Section key={kind} title={words(language, `kinds.${kind}`)} id={`kind-${kind}`}>
            <ServiceCards language={language} services={own} />
          </Section>
        );
      })}
    </>
  );
}

function ServiceCards({ language, services }: Props): JSX.Element {
  return (
    <Cards
      level="h3"
      items={services.map(({ manifest }) => ({
        href: href(language, `/services/${manifest.id}`),
        title: manifest.title[language],
        text: manifest.summary[language],
        tags: (
          <>
            <Tag>{say(language, `kind.${manifest.kind}`)}</Tag> <Tag>{say(language, `mode.${manifest.mode}`)}</Tag>{' '}
            {manifest.status !== 'offered' && <Tag tone="warning">{say(language, `offer.${manifest.status}`)}</Tag>}
          </>
        ),
        ...(manifest.expected === undefined
          ? {}
          : {
              meta: words(language, 'services.expected', {
                date: dateText(language, instant(`${manifest.expected}T00:00:00+03:30`)),
              }),
            }),
      }))}
    />
  );
}
