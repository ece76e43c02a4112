// The test identity provider's one page: choose who you are. Looks like what it is: a sandbox, not the city.

export type PersonaCard = {
  readonly id: string;
  readonly name: { readonly fa: string; readonly en: string };
  readonly about: { readonly fa: string; readonly en: string };
};

const WORDS = {
  fa: {
    title: 'ورود آزمایشی',
    lead: 'این صفحه جای سامانه ورود یکپارچه را در نسخه نمایشی گرفته است. یکی از اشخاص نمونه را برگزینید؛ رمز لازم نیست.',
    enter: 'ورود به نام',
  },
  en: {
    title: 'Test sign-in',
    lead: 'This page stands in for the national single sign-on in the demo. Choose a sample person; there is no password.',
    enter: 'Sign in as',
  },
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function personaPage(uid: string, personas: readonly PersonaCard[], language: 'fa' | 'en'): string {
  const words = WORDS[language];
  const cards = personas.map(
    (one) => `<li><form method="post" action="/idp/interaction/${escape(uid)}">
<input type="hidden" name="persona" value="${escape(one.id)}">
<button class="persona" type="submit"><span class="hidden-text">${words.enter} </span><strong>${escape(one.name[language])}</strong>
<span>${escape(one.about[language])}</span></button></form></li>`,
  );
  return `<!doctype html>
<html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title}</title>
<link rel="stylesheet" href="/assets/sandbox.css"></head>
<body><main><h1>${words.title}</h1><p>${words.lead}</p><ul class="personas">${cards.join('\n')}</ul></main></body></html>`;
}
