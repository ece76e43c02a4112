// The schemes a city begins with. Their odds are first guesses of how registers err, to be estimated anew from a city's own records
// (estimate.ts). Data alone.
import type { Kind } from './types.ts';
import type { Odds, Scheme } from './scheme.ts';

/** A key with a check digit, as registers hold it of one, and as two share it by mistake. */
const CHECKED_KEY: Odds<'identifier'> = { exact: [0.95, 1e-6], slip: [0.045, 1e-5], differ: [0.005, 0.99] };
/** A number that tells, but that offices copy, reuse or renew. */
const OFFICE_NUMBER: Odds<'identifier'> = { exact: [0.9, 0.002], slip: [0.05, 0.005], differ: [0.05, 0.993] };

/** Two in one household agree on much, two namesakes by chance. */
const PEOPLE: Scheme['rivals'] = [
  { name: 'relative', prior: -1, byChance: false },
  { name: 'stranger', prior: -1, byChance: true },
];
const OTHERS: Scheme['rivals'] = [{ name: 'other', prior: 0, byChance: false }];

const PERSON: Scheme = {
  kind: 'person',
  columns: [
    { field: 'nationalId', type: 'national-id' },
    { field: 'mobile', type: 'mobile' },
    { field: 'birthDate', type: 'day' },
    { field: 'givenName', type: 'given-name' },
    { field: 'familyName', type: 'family-name' },
    { field: 'fatherName', type: 'given-name' },
    { field: 'postalCode', type: 'postal-code' },
    { field: 'address', type: 'address' },
  ],
  rivals: PEOPLE,
  // Chances in order: of one person, of two relatives under one roof, of two strangers that a key brought together.
  comparisons: [
    {
      name: 'nationalId',
      method: 'identifier',
      fields: ['nationalId'],
      odds: { exact: [0.95, 1e-6, 1e-6], slip: [0.045, 1e-5, 1e-5], differ: [0.005, 0.99, 0.99] },
    },
    {
      name: 'birthDate',
      method: 'day',
      fields: ['birthDate'],
      odds: { exact: [0.93, 0.01, 0.001], slip: [0.05, 0.005, 0.01], year: [0.005, 0.04, 0.2], differ: [0.015, 0.945, 0.789] },
    },
    {
      name: 'mobile',
      method: 'identifier',
      fields: ['mobile'],
      odds: { exact: [0.8, 0.3, 0.001], slip: [0.04, 0.001, 0.001], differ: [0.16, 0.699, 0.998] },
    },
    {
      name: 'name',
      method: 'person',
      fields: ['givenName', 'familyName'],
      odds: {
        exact: [0.8, 0.001, 0.03],
        near: [0.1, 0.006, 0.01],
        swapped: [0.04, 0.0001, 0.002],
        part: [0.04, 0.2, 0.02],
        family: [0.007, 0.44, 0.06],
        given: [0.003, 0.005, 0.1],
        differ: [0.01, 0.3479, 0.778],
      },
    },
    {
      name: 'fatherName',
      method: 'name',
      fields: ['fatherName'],
      odds: { exact: [0.93, 0.3, 0.05], near: [0.05, 0.02, 0.02], differ: [0.02, 0.68, 0.93] },
    },
    {
      name: 'home',
      method: 'place',
      fields: ['postalCode', 'address'],
      odds: { exact: [0.7, 0.9, 0.001], near: [0.1, 0.02, 0.01], differ: [0.2, 0.08, 0.989] },
    },
  ],
  passes: [
    { name: 'national id', parts: [{ field: 'nationalId', by: 'whole' }] },
    { name: 'mobile', parts: [{ field: 'mobile', by: 'whole' }] },
    {
      name: 'birth day and names',
      parts: [
        { field: 'birthDate', by: 'whole' },
        { fields: ['givenName', 'familyName'], by: 'either-order' },
      ],
    },
    {
      name: 'names and father',
      parts: [
        { fields: ['givenName', 'familyName'], by: 'either-order' },
        { field: 'fatherName', by: 'sound' },
      ],
    },
    { name: 'postal code and family', parts: [{ field: 'postalCode', by: 'whole' }] },
    {
      name: 'first half of the id and birth year',
      parts: [
        { field: 'nationalId', by: 'head', letters: 5 },
        { field: 'birthDate', by: 'head', letters: 4 },
      ],
    },
    {
      name: 'second half of the id and birth year',
      parts: [
        { field: 'nationalId', by: 'tail', letters: 5 },
        { field: 'birthDate', by: 'head', letters: 4 },
      ],
    },
  ],
  guards: ['nationalId'],
  upper: 8,
  lower: 0,
};

const ENGINEER: Scheme = {
  ...PERSON,
  kind: 'engineer',
  columns: [...PERSON.columns, { field: 'licence', type: 'number' }],
  comparisons: [
    {
      name: 'licence',
      method: 'identifier',
      fields: ['licence'],
      odds: { exact: [0.9, 0.001, 0.001], slip: [0.05, 0.001, 0.005], differ: [0.05, 0.998, 0.994] },
    },
    ...PERSON.comparisons,
  ],
  passes: [{ name: 'licence', parts: [{ field: 'licence', by: 'whole' }] }, ...PERSON.passes],
};

const BUSINESS: Scheme = {
  kind: 'business',
  columns: [
    { field: 'legalId', type: 'legal-id' },
    { field: 'registrationNumber', type: 'number' },
    { field: 'phone', type: 'number' },
    { field: 'managerNationalId', type: 'national-id' },
    { field: 'name', type: 'firm-name' },
    { field: 'postalCode', type: 'postal-code' },
    { field: 'address', type: 'address' },
  ],
  // Firms bear one name by chance, as people do.
  rivals: [{ name: 'other', prior: 0, byChance: true }],
  comparisons: [
    { name: 'legalId', method: 'identifier', fields: ['legalId'], odds: CHECKED_KEY },
    { name: 'registrationNumber', method: 'identifier', fields: ['registrationNumber'], odds: OFFICE_NUMBER },
    {
      name: 'manager',
      method: 'identifier',
      fields: ['managerNationalId'],
      odds: { exact: [0.75, 0.02], slip: [0.03, 0.001], differ: [0.22, 0.979] },
    },
    {
      name: 'phone',
      method: 'identifier',
      fields: ['phone'],
      odds: { exact: [0.7, 0.02], slip: [0.05, 0.01], differ: [0.25, 0.97] },
    },
    { name: 'firm', method: 'name', fields: ['name'], odds: { exact: [0.8, 0.004], near: [0.14, 0.01], differ: [0.06, 0.986] } },
    {
      name: 'home',
      method: 'place',
      fields: ['postalCode', 'address'],
      odds: { exact: [0.7, 0.05], near: [0.12, 0.03], differ: [0.18, 0.92] },
    },
  ],
  passes: [
    { name: 'legal id', parts: [{ field: 'legalId', by: 'whole' }] },
    { name: 'registration number', parts: [{ field: 'registrationNumber', by: 'whole' }] },
    { name: 'telephone', parts: [{ field: 'phone', by: 'whole' }] },
    { name: 'manager', parts: [{ field: 'managerNationalId', by: 'whole' }] },
    { name: 'name', parts: [{ field: 'name', by: 'sound' }] },
    { name: 'postal code', parts: [{ field: 'postalCode', by: 'whole' }] },
  ],
  guards: ['legalId'],
  upper: 14,
  lower: 8,
};

const PROPERTY: Scheme = {
  kind: 'property',
  columns: [
    { field: 'part', type: 'word' },
    { field: 'renovationCode', type: 'renovation-code' },
    { field: 'registrationPlate', type: 'registration-plate' },
    { field: 'fileNumber', type: 'file-number' },
    { field: 'postalCode', type: 'postal-code' },
    { field: 'ownerNationalId', type: 'owner-id' },
    { field: 'address', type: 'address' },
  ],
  rivals: OTHERS,
  comparisons: [
    {
      name: 'renovationCode',
      method: 'identifier',
      fields: ['renovationCode'],
      odds: { exact: [0.93, 0.001], slip: [0.05, 0.2], differ: [0.02, 0.799] },
    },
    {
      name: 'registrationPlate',
      method: 'identifier',
      fields: ['registrationPlate'],
      odds: { exact: [0.9, 0.02], slip: [0.05, 0.1], differ: [0.05, 0.88] },
    },
    {
      name: 'fileNumber',
      method: 'identifier',
      fields: ['fileNumber'],
      odds: { exact: [0.9, 0.005], slip: [0.05, 0.02], differ: [0.05, 0.975] },
    },
    {
      name: 'postalCode',
      method: 'identifier',
      fields: ['postalCode'],
      odds: { exact: [0.88, 0.005], slip: [0.05, 0.1], differ: [0.07, 0.895] },
    },
    {
      name: 'owner',
      method: 'identifier',
      fields: ['ownerNationalId'],
      odds: { exact: [0.7, 0.1], slip: [0.03, 0.001], differ: [0.27, 0.899] },
    },
    {
      name: 'address',
      method: 'words',
      fields: ['address'],
      odds: { exact: [0.5, 0.01], near: [0.3, 0.2], differ: [0.2, 0.79] },
    },
  ],
  passes: [
    { name: 'renovation code', parts: [{ field: 'renovationCode', by: 'whole' }] },
    { name: 'registration plate', parts: [{ field: 'registrationPlate', by: 'whole' }] },
    { name: 'file number', parts: [{ field: 'fileNumber', by: 'whole' }] },
    { name: 'postal code', parts: [{ field: 'postalCode', by: 'whole' }] },
    { name: 'owner', parts: [{ field: 'ownerNationalId', by: 'whole' }] },
    { name: 'address', parts: [{ field: 'address', by: 'whole' }] },
  ],
  // A parcel, a building on it and a flat in that are three, though they share every number.
  guards: ['part'],
  upper: 12,
  lower: 7,
};

const VEHICLE: Scheme = {
  kind: 'vehicle',
  columns: [
    { field: 'chassis', type: 'chassis' },
    { field: 'plate', type: 'plate' },
    { field: 'ownerNationalId', type: 'owner-id' },
    { field: 'model', type: 'word' },
  ],
  rivals: OTHERS,
  comparisons: [
    {
      name: 'chassis',
      method: 'identifier',
      fields: ['chassis'],
      odds: { exact: [0.93, 1e-5], slip: [0.06, 0.001], differ: [0.01, 0.998989] },
    },
    // A plate stays with its owner and comes onto their next car.
    {
      name: 'plate',
      method: 'identifier',
      fields: ['plate'],
      odds: { exact: [0.85, 0.05], slip: [0.05, 0.01], differ: [0.1, 0.94] },
    },
    {
      name: 'owner',
      method: 'identifier',
      fields: ['ownerNationalId'],
      odds: { exact: [0.75, 0.3], slip: [0.05, 0.01], differ: [0.2, 0.69] },
    },
    { name: 'model', method: 'name', fields: ['model'], odds: { exact: [0.85, 0.08], near: [0.08, 0.05], differ: [0.07, 0.87] } },
  ],
  passes: [
    { name: 'chassis', parts: [{ field: 'chassis', by: 'whole' }] },
    { name: 'plate', parts: [{ field: 'plate', by: 'whole' }] },
    {
      name: 'end of the chassis',
      parts: [
        { field: 'chassis', by: 'tail', letters: 6 },
        { field: 'model', by: 'whole' },
      ],
    },
  ],
  guards: [],
  upper: 12,
  lower: 5,
};

/** The schemes a city begins with. */
export const SCHEMES: Readonly<Record<Kind, Scheme>> = {
  person: PERSON,
  business: BUSINESS,
  property: PROPERTY,
  engineer: ENGINEER,
  vehicle: VEHICLE,
};
