// What was done so that everybody can use the portal, what is known to be missing, and whom to tell.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { dutyRegister } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { words } from './words.ts';

const WORKS = ['access.scripts', 'access.keyboard', 'access.reader', 'access.zoom', 'access.errors', 'access.digits'] as const;
const LIMITS = ['access.pdf', 'access.people'] as const;

export function accessibilityRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/accessibility', (request) => {
    const { language } = request;
    const steward = dutyRegister(road)[0]?.steward[language];
    const body = <Accessibility language={language} steward={steward} />;
    return composePage(road, request, { title: words(language, 'access.title'), body });
  });
}

export function Accessibility({
  language,
  steward,
}: {
  readonly language: Language;
  readonly steward: string | undefined;
}): JSX.Element {
  return (
    <>
      <Heading title={words(language, 'access.title')} lead={words(language, 'access.lead')} />
      <Section title={words(language, 'access.works')} id="works">
        <ul>
          {WORKS.map((key) => (
            <li key={key}>{words(language, key)}</li>
          ))}
        </ul>
      </Section>
      <Section title={words(language, 'access.limits')} id="limits">
        <ul>
          {LIMITS.map((key) => (
            <li key={key}>{words(language, key)}</li>
          ))}
        </ul>
      </Section>
      <Section title={words(language, 'access.tell')} id="tell">
        <p>
          {steward === undefined ? words(language, 'access.tell-lead') : words(language, 'access.tell-whom', { steward })}{' '}
          <a href={href(language, '/duties')}>{words(language, 'duties.title')}</a>
        </p>
      </Section>
    </>
  );
}
