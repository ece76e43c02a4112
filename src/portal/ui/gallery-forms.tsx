// The style page's questions: every control, some with a fault, and a page of a form drawn from its model.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Page, Texts } from '#forms/types.ts';
import { Checkbox, Checkboxes, Radios, Select } from './choices.tsx';
import { JalaliDate } from './date-input.tsx';
import { FileInput } from './file-input.tsx';
import { FormPage } from './form.tsx';
import { sample } from './gallery-words.ts';
import { href } from './href.ts';
import { NumberInput, TextArea, TextInput } from './inputs.tsx';

type Props = { readonly language: Language };

export const GALLERY_FORM: Page = {
  id: 'use',
  title: '$use',
  fields: [
    {
      key: 'purpose',
      id: 'Field_purpose',
      kind: 'choice',
      label: '$use',
      required: true,
      options: [
        { value: 'residential', label: '$residential' },
        { value: 'commercial', label: '$commercial' },
      ],
    },
    { key: 'guild', id: 'Field_guild', kind: 'text', label: '$guild', required: false, hide: '=purpose != "commercial"' },
    { key: 'plan', id: 'Field_plan', kind: 'file', label: '$deed', required: true, accept: ['pdf', 'png'], maxBytes: 5_000_000 },
  ],
};

export const GALLERY_TEXTS: Texts = {
  fa: texts('fa'),
  en: texts('en'),
};

function texts(language: Language): { readonly [key: string]: string } {
  const keys = ['use', 'residential', 'commercial', 'guild', 'deed'] as const;
  return Object.fromEntries(keys.map((key) => [key, sample(language, key)]));
}

export function GalleryForms({ language }: Props): JSX.Element {
  return (
    <>
      <Typed language={language} />
      <Chosen language={language} />
      <FormPage
        language={language}
        page={GALLERY_FORM}
        texts={GALLERY_TEXTS}
        values={{ purpose: 'residential' }}
        message={({ code }) => ({ fa: code, en: code })}
        uploaded={{ plan: [{ name: 'sanad-1405.pdf', size: 1_420_000, href: '/files/1' }] }}
        action={href(language, '/cases/new/use')}
        keep="gallery"
        saveLater={{ name: 'then', value: 'leave' }}
        headless
      />
    </>
  );
}

function Typed({ language }: Props): JSX.Element {
  const words = (key: Parameters<typeof sample>[1]): string => sample(language, key);
  return (
    <>
      <TextInput
        language={language}
        name="fullName"
        label={words('name')}
        hint={words('nameHint')}
        value={words('person')}
        autocomplete="name"
      />
      <TextInput
        language={language}
        name="nationalId"
        label={words('nationalId')}
        error={words('nationalIdFault')}
        value="00123456"
        content="digits"
        width="w12"
      />
      <NumberInput
        language={language}
        name="area"
        label={words('area')}
        unit={words('squareMetre')}
        value="120"
        width="w8"
        decimals={2}
      />
      <TextArea language={language} name="about" label={words('about')} maxLength={500} required={false} rows={3} />
      <JalaliDate language={language} name="birth" label={words('birth')} value="1370--3" error={words('birthFault')} birth />
      <FileInput language={language} name="scan" label={words('file')} accept={['pdf', 'jpeg']} maxBytes={5_000_000} />
    </>
  );
}

function Chosen({ language }: Props): JSX.Element {
  const words = (key: Parameters<typeof sample>[1]): string => sample(language, key);
  return (
    <>
      <Radios
        language={language}
        name="use"
        label={words('use')}
        error={words('useFault')}
        options={[
          { value: 'residential', label: words('residential') },
          { value: 'commercial', label: words('commercial'), hint: words('commercialHint') },
        ]}
      />
      <Checkboxes
        language={language}
        name="papers"
        label={words('papers')}
        values={['deed']}
        options={[
          { value: 'deed', label: words('deed') },
          { value: 'permit', label: words('permit') },
        ]}
      />
      <Select
        language={language}
        name="district"
        label={words('district')}
        value="2"
        options={[
          { value: '1', label: words('districtOne') },
          { value: '2', label: words('districtTwo') },
        ]}
      />
      <Checkbox language={language} name="declare" label={words('declare')} />
    </>
  );
}
