// The document around every page: language, direction, head, header, footer. Renders to a complete HTML text.
// Never an inline script or style: the content security policy allows none.
import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetUrl } from './assets.ts';
import { ErrorSummary } from './errors.tsx';
import { href } from './href.ts';
import type { PageProps } from './page-props.ts';
import { BackLink, Breadcrumbs, Steps } from './parts.tsx';
import { PageFooter, PageHeader } from './shell.tsx';
import { say } from './words.ts';

export function renderPage(page: PageProps): string {
  return `<!doctype html>${renderToString(<Document {...page} />)}`;
}

function Document(page: PageProps): JSX.Element {
  const { language } = page;
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <html lang={language} dir={language === 'fa' ? 'rtl' : 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <title>{documentTitle(page)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#00505a" />
        <meta name="description" content={say(language, 'site.tagline')} />
        {(page.personal ?? page.user !== undefined) && <meta name="robots" content="noindex" />}
        <link rel="preload" href={assetUrl('vazirmatn-regular.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
        <link rel="stylesheet" href={assetUrl('portal.css')} />
        <link rel="icon" href={assetUrl('mark.svg')} type="image/svg+xml" />
        <link rel="alternate" hreflang={other} href={href(other, page.path)} />
        <script type="module" src={assetUrl('enhance.js')} />
        {page.scripts?.map((url) => (
          <script key={url} type="module" src={url} />
        ))}
      </head>
      <Body {...page} />
    </html>
  );
}

function documentTitle({ language, title, errors = [] }: PageProps): string {
  const words = say(language, 'site.title', { title });
  return errors.length > 0 ? say(language, 'site.title-error', { title: words }) : words;
}

function Body(page: PageProps): JSX.Element {
  const { language, errors = [], step, breadcrumbs, back, wide, user } = page;
  return (
    <body class={wide ? 'wide' : undefined} data-user={user && [user.name, user.role, user.unit].join('|')}>
      <a class="skip" href="#main">
        {say(language, 'site.skip')}
      </a>
      <PageHeader {...page} />
      <div class="wrap page">
        {breadcrumbs && <Breadcrumbs language={language} links={breadcrumbs} />}
        {back !== undefined && <BackLink language={language} href={back} />}
        <main id="main" tabindex={-1}>
          <ErrorSummary language={language} errors={errors} />
          {step && <Steps language={language} {...step} />}
          {page.body}
        </main>
      </div>
      <PageFooter {...page} />
    </body>
  );
}
