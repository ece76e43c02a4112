// The front page: find a service, see how it goes, check a document, learn who answers.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { serviceList } from '#work/views/public.ts';
import type { ServiceView } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Cards, Hero, Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { SearchBox } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { ServicesByKind } from './service-cards.tsx';
import { CodeForm } from './verify.tsx';
import { words } from './words.ts';

export function homeRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/', async (request) => {
    const body = <Home language={request.language} services={await serviceList(road, '')} />;
    return composePage(road, request, { title: say(request.language, 'nav.home'), body });
  });
}

const STEPS = ['find', 'apply', 'follow', 'receive'] as const;
const AUDIENCES = ['citizen', 'business', 'engineer'] as const;

export function Home({
  language,
  services,
}: {
  readonly language: Language;
  readonly services: readonly ServiceView[];
}): JSX.Element {
  const served = AUDIENCES.filter((one) => services.some(({ manifest }) => manifest.audience.includes(one)));
  return (
    <>
      <Hero title={words(language, 'home.title')} lead={words(language, 'home.lead')}>
        <SearchBox language={language} action={href(language, '/services')} label={words(language, 'home.search')} />
      </Hero>
      <ServicesByKind language={language} services={services} />
      <Section title={words(language, 'home.how')} id="how">
        <ol>
          {STEPS.map((step) => (
            <li key={step}>
              <strong>{words(language, `how.${step}`)}</strong> {words(language, `how.${step}-lead`)}
            </li>
          ))}
        </ol>
      </Section>
      <Section title={words(language, 'home.whom')} id="whom">
        <Cards
          level="h3"
          items={served.map((one) => ({
            href: href(language, `/services?for=${one}`),
            title: words(language, `audience.${one}`),
            text: words(language, `whom.${one}`),
          }))}
        />
      </Section>
      <Section title={words(language, 'home.verify')} id="verify">
        <p>{words(language, 'home.verify-lead')}</p>
        <CodeForm language={language} />
      </Section>
      <Section title={words(language, 'home.duties')} id="duties">
        <p>{words(language, 'home.duties-lead')}</p>
        <ButtonLink href={href(language, '/duties')} weight="secondary">
          {words(language, 'duties.title')}
        </ButtonLink>
      </Section>
    </>
  );
}
