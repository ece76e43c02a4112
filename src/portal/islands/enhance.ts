// Small comforts for a page that works without them: no double sending, nothing typed is lost at a login, errors get the focus.
// Never keeps a password, a file or anything after signing out; never decides: the server does.
{
  const page = document;
  const user = page.body.dataset['user'];
  const kept = sessionStorage; // one entry a form, and `away` while signed out: nothing else in the portal uses it
  type Typed = [name: string, value: string];
  type Kept = { user?: string | undefined; sent?: boolean; typed: Typed[] };

  page.documentElement.classList.add('js');
  page.querySelector<HTMLElement>('.errors')?.focus();

  // A field with data-when is shown or put away as the field it names changes.
  const toggle = (): void => {
    for (const box of page.querySelectorAll<HTMLElement>('[data-when]')) {
      const { when, is, not } = box.dataset;
      const fields = [...page.querySelectorAll<HTMLInputElement>(`[name="${when}"]`)];
      const on = fields.filter((field) => !/radio|checkbox/.test(field.type) || field.checked).map((field) => field.value);
      box.hidden = on.includes(is ?? not ?? '') === (is !== undefined);
    }
  };

  const forms = [...page.querySelectorAll<HTMLFormElement>('form[data-keep]')];
  const nameOf = (form: HTMLFormElement): string => form.dataset['keep'] ?? '';
  const save = (form: HTMLFormElement, sent: boolean): void => {
    const secret = new Set(
      [...form.querySelectorAll<HTMLInputElement>('[type=password],[type=file],[type=hidden]')].map((field) => field.name),
    );
    const typed = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !secret.has(name)) as Typed[];
    kept.setItem(nameOf(form), JSON.stringify({ user, sent, typed } satisfies Kept));
  };

  const away = kept.getItem('away');
  if (user) {
    kept.removeItem('away');
    for (const name of Object.keys(kept)) {
      // Sent, and not turned away to sign in: it arrived. Someone else's: gone.
      const was = JSON.parse(kept.getItem(name) ?? '') as Kept;
      if (was.user !== user || (was.sent && !away)) kept.removeItem(name);
    }
    for (const form of page.querySelector('.errors') ? [] : forms) {
      const { typed } = JSON.parse(kept.getItem(nameOf(form)) ?? '{"typed":[]}') as Kept;
      for (const field of form.querySelectorAll<HTMLInputElement>('input,textarea,select')) {
        const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
        if (/radio|checkbox/.test(field.type)) field.checked ||= values.includes(field.value);
        else if (values[0]) field.value = values[0];
      }
    }
  } else kept.setItem('away', '{}');

  addEventListener('change', toggle);
  addEventListener('input', (event) => {
    const form = (event.target as HTMLInputElement).form;
    if (form?.dataset['keep']) save(form, false);
  });
  addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post') return;
    if (form.dataset['sent']) return event.preventDefault();
    form.dataset['sent'] = '1';
    if (form.dataset['keep']) save(form, true);
    if (form.hasAttribute('data-leave')) kept.clear();
  });
  addEventListener('pageshow', () => {
    for (const form of page.forms) delete form.dataset['sent'];
  });
  toggle();
}
