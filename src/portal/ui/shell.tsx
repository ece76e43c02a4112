// Header and footer of every page: whose house this is, where one can go, who is signed in.
import type { JSX } from 'preact';
import { ButtonForm } from './actions.tsx';
import { who } from './case-parts.tsx';
import { href } from './href.ts';
import type { PageProps, PageUser } from './page-props.ts';
import type { Link } from './parts.tsx';
import { say } from './words.ts';

/** A gateway's arch with an eight-pointed star in it: the sign of درگاه. */
function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path d="M4 38V18.500C4 9 13 6.500 20 1c7 5.500 16 8 16 17.500V38h-5V19c0-6-6-8.300-11-12.300C15 10.700 9 13 9 19v19z" />
      <path
        class="star"
        d="m20 15.500 2.900 3 4.100-.1-.1 4.100 3 2.900-3 2.900.1 4.100-4.100-.1-2.900 3-2.900-3-4.100.1.1-4.100-3-2.900 3-2.900-.1-4.100 4.100.1z"
      />
    </svg>
  );
}

export function PageHeader(page: PageProps): JSX.Element {
  const { language, path, user, navigation = [], city } = page;
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <header class="top">
      <div class="wrap top-row">
        <a class="brand" href={href(language, '/')}>
          <Mark />
          <span>
            <span class="brand-name">{say(language, 'site.name')}</span>
            <span class="brand-city">{city ?? say(language, 'site.city')}</span>
          </span>
        </a>
        <div class="top-end">
          <a class="top-link" href={href(other, path)} lang={other} dir={other === 'fa' ? 'rtl' : 'ltr'} hreflang={other}>
            {other === 'fa' ? 'فارسی' : 'English'}
          </a>
          {user ? (
            <UserMenu page={page} user={user} />
          ) : (
            <a class="top-link" href={href(language, '/sign-in')}>
              {say(language, 'user.sign-in')}
            </a>
          )}
        </div>
      </div>
      {navigation.length > 0 && <Navigation page={page} links={navigation} />}
    </header>
  );
}

function UserMenu({ page, user }: { readonly page: PageProps; readonly user: PageUser }): JSX.Element {
  const { language, userLinks = [] } = page;
  return (
    <details class="user">
      <summary>
        <span class="away">{say(language, 'user.menu')}: </span>
        <bdi>{user.name}</bdi>
      </summary>
      <div class="user-box">
        <p class="soft">{who(language, user.role, user.unit)}</p>
        {userLinks.length > 0 && (
          <ul>
            {userLinks.map((link) => (
              <li key={link.href}>
                <a href={link.href}>{link.label}</a>
              </li>
            ))}
          </ul>
        )}
        <ButtonForm action={href(language, '/sign-out')} weight="quiet" leave>
          {say(language, 'user.sign-out')}
        </ButtonForm>
      </div>
    </details>
  );
}

function Navigation({ page, links }: { readonly page: PageProps; readonly links: readonly Link[] }): JSX.Element {
  return (
    <nav class="wrap navigation" aria-label={say(page.language, 'nav.main')}>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} aria-current={link.current ? 'page' : undefined}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What anyone may look up without signing in. */
const FOOTER = [
  ['/services', 'nav.services'],
  ['/duties', 'nav.duties'],
  ['/inquiries', 'nav.inquiries'],
  ['/verify', 'nav.verify'],
  ['/ledger', 'nav.ledger'],
  ['/accessibility', 'nav.accessibility'],
] as const;

export function PageFooter({ language, path }: PageProps): JSX.Element {
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <footer class="bottom">
      <div class="wrap">
        <nav aria-label={say(language, 'nav.footer')}>
          <ul>
            {FOOTER.map(([to, key]) => (
              <li key={to}>
                <a href={href(language, to)}>{say(language, key)}</a>
              </li>
            ))}
            <li>
              <a href={href(other, path)} lang={other} hreflang={other}>
                {other === 'fa' ? 'فارسی' : 'English'}
              </a>
            </li>
          </ul>
        </nav>
        <p>{say(language, 'footer.answerable')}</p>
      </div>
    </footer>
  );
}
