// A made-up person as a register has her, for tests of matching; each test changes what it is about.
import type { Fields } from '#registry/types.ts';

export const SARA: Fields = {
  nationalId: '0076229645',
  givenName: 'سارا',
  familyName: 'احمدی‌زاده',
  fatherName: 'حسین',
  birthDate: '1362-05-07',
  mobile: '09123456789',
  postalCode: '1969833114',
  address: 'تهران، خیابان ولیعصر، کوچه یاس، پلاک ۱۲، واحد ۳',
};
