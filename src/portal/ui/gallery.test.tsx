// The kit as a browser gets it, checked on the living style page in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { LANGUAGES } from '#base/text.ts';
import { findAsset } from '#portal/ui/assets.ts';
import { galleryPage } from '#portal/ui/gallery.tsx';
import { href, languageOf } from '#portal/ui/href.ts';
import { TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { renderPage } from '#portal/ui/page.tsx';
import { UserText } from '#portal/ui/show.tsx';

const SCRIPT = '<script>alert("x")</script>';

function attributes(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');
}

for (const language of LANGUAGES) {
  const html = galleryPage(language);

  test(`the document says its language and direction (${language})`, () => {
    const dir = language === 'fa' ? 'rtl' : 'ltr';
    assert.ok(html.startsWith(`<!doctype html><html lang="${language}" dir="${dir}">`));
  });

  test(`nothing is inline that the content security policy forbids (${language})`, () => {
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:/);
    assert.doesNotMatch(html, /<script(?![^>]* src=)/);
  });

  test(`ids are unique, and every reference finds its id (${language})`, () => {
    const ids = attributes(html, 'id');
    assert.equal(new Set(ids).size, ids.length);
    const references = ['aria-describedby', 'aria-labelledby', 'for']
      .flatMap((name) => attributes(html, name))
      .flatMap((value) => value.split(' '));
    assert.deepEqual(
      references.filter((id) => !ids.includes(id)),
      [],
    );
  });

  test(`every control has a label (${language})`, () => {
    const labelled = new Set(attributes(html, 'for'));
    const controls = [...html.matchAll(/<(?:input|select|textarea)([^>]*)>/g)]
      .map(([, text]) => ` ${text}`)
      .filter((text) => !text.includes('type="hidden"'));
    assert.ok(controls.length >= 18);
    for (const control of controls) assert.ok(labelled.has(attributes(control, 'id')[0] ?? ''), control);
  });

  test(`the summary leads to controls that carry the same words (${language})`, () => {
    const links = [...html.matchAll(/<a href="#(f-[^"]+)">([^<]+)<\/a>/g)].slice(0, 3);
    assert.equal(links.length, 3);
    for (const [, id, message] of links) {
      assert.match(html, new RegExp(`<input[^>]* id="${id}"`));
      assert.ok(html.includes(`</span>${message}</p>`), message);
    }
    assert.match(html, language === 'fa' ? /<title>خطا: / : /<title>Error: /);
  });

  test(`numbers are typed left to right and never with type=number (${language})`, () => {
    assert.doesNotMatch(html, /type="number"/);
    for (const [input] of html.matchAll(/<input[^>]*inputmode="(?:numeric|decimal)"[^>]*>/g)) assert.match(input, / dir="ltr"/);
  });

  test(`every asset the page names is served under the hash of its content (${language})`, () => {
    const urls = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, url]) => url ?? '');
    assert.ok(urls.length >= 4);
    for (const url of urls) assert.ok(findAsset(url), url);
  });
}

test('the two languages lead to one another', () => {
  assert.ok(galleryPage('fa').includes('href="/en/gallery"'));
  assert.ok(galleryPage('en').includes('href="/gallery"'));
  assert.deepEqual(languageOf('/en/cases?page=2'), { language: 'en', path: '/cases?page=2' });
  assert.deepEqual(languageOf('/en'), { language: 'en', path: '/' });
  assert.deepEqual(languageOf('/entry'), { language: 'fa', path: '/entry' });
  assert.equal(href('en', '/'), '/en');
});

test('what a person typed is text and never markup', () => {
  const page = renderPage({
    language: 'fa',
    title: SCRIPT,
    path: `/services?q=${encodeURIComponent(SCRIPT)}`,
    user: { name: SCRIPT, role: 'citizen' },
    errors: [{ message: SCRIPT }],
    body: <UserText>{SCRIPT}</UserText>,
  });
  assert.doesNotMatch(page, /<script>/);
  const fields = renderToString(
    <>
      <TextInput language="fa" name={'a"b'} label={SCRIPT} hint={SCRIPT} error={SCRIPT} value={`"${SCRIPT}`} />
      <TextArea language="fa" name="c" label="c" value={`</textarea>${SCRIPT}`} />
    </>,
  );
  assert.doesNotMatch(fields, /<script>|"a"b"/);
  assert.match(fields, /id="f-a-b"/);
  assert.match(fields, />&lt;\/textarea>&lt;script>/);
});

test('the style sheet, script and fonts stay within their budgets', async () => {
  const { listAssets } = await import('#portal/ui/assets.ts');
  const size = (pattern: RegExp): number =>
    listAssets()
      .filter(({ name }) => pattern.test(name))
      .reduce((total, { body }) => total + body.length, 0);
  assert.ok(size(/portal\.css$/) <= 20 * 1024, `css ${size(/portal\.css$/)}`);
  assert.ok(size(/diagram\.css$/) <= 5 * 1024, `css of pages with a diagram ${size(/diagram\.css$/)}`);
  assert.ok(size(/\.woff2$/) <= 45_000, `fonts ${size(/\.woff2$/)}`);
  assert.ok(size(/\.js$/) <= 6_000, `script ${size(/\.js$/)}`);
});
