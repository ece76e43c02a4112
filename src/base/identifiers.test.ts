// Identifiers against persian-tools on random digits, and as careless hands type them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getNumberPlateInfo, isShebaValid, verifyIranianLegalId, verifyIranianNationalId } from '@persian-tools/persian-tools';
import * as fc from 'fast-check';
import {
  readIban,
  readLegalId,
  readMobile,
  readNationalId,
  readPlate,
  readPostalCode,
  readRenovationCode,
} from './identifiers.ts';
import { persianDigits } from './persian.ts';

const READERS = [readNationalId, readLegalId, readPostalCode, readIban, readMobile, readPlate, readRenovationCode];
const RUNS = { numRuns: 3000 };

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

/** As a careless hand types it: Persian digits, marks and spaces between. */
const noisy = (text: string): string => [...persianDigits(text)].join('\u200C\u200F ');

function ibanFor(account: string): string {
  const check = 98n - (BigInt(`${account}182700`) % 97n);
  return `IR${String(check).padStart(2, '0')}${account}`;
}

describe('national id', () => {
  test('agrees with persian-tools on any ten digits', () => {
    fc.assert(
      fc.property(digits(10), (text) => {
        assert.equal(readNationalId(text) !== undefined, verifyIranianNationalId(text, { checkPrefix: false }));
      }),
      RUNS,
    );
  });

  test('accepts exactly one check digit for nine digits', () => {
    fc.assert(
      fc.property(
        digits(9).filter((nine) => !/^(\d)\1{8}$/.test(nine) && nine.slice(3) !== '000000'),
        (nine) => {
          const accepted = [...'0123456789'].filter((check) => readNationalId(nine + check));
          assert.equal(accepted.length, 1);
        },
      ),
    );
  });

  test('refuses ten equal digits, though their check digit is right', () => {
    for (const digit of '0123456789') assert.equal(readNationalId(digit.repeat(10)), undefined);
  });

  test('reads Persian digits, hyphens, spaces and invisible marks', () => {
    assert.equal(readNationalId('۰۰۷-۶۲۲۹۶۴-۵'), '0076229645');
    assert.equal(readNationalId(noisy('0076229645')), '0076229645');
    assert.equal(readNationalId('٠٠٧٦٢٢٩٦٤٥'), '0076229645');
  });
});

describe('legal id', () => {
  test('agrees with persian-tools on any eleven digits but eleven equal ones', () => {
    fc.assert(
      fc.property(
        digits(11).filter((text) => !/^(\d)\1{10}$/.test(text)),
        (text) => {
          assert.equal(readLegalId(text) !== undefined, verifyIranianLegalId(text) === true);
        },
      ),
      RUNS,
    );
  });

  test('reads a known firm however typed, and refuses a slip', () => {
    assert.equal(readLegalId('10380284790'), '10380284790');
    assert.equal(readLegalId(noisy('10380284790')), '10380284790');
    assert.equal(readLegalId('10380284791'), undefined);
  });
});

describe('postal code', () => {
  test('reads ten digits in either grouping', () => {
    assert.equal(readPostalCode('19698-33114'), '1969833114');
    assert.equal(readPostalCode('۱۹۶۹۸ ۳۳۱۱۴'), '1969833114');
  });

  test('refuses what the Post does not give out', () => {
    for (const text of ['1209833114', '1969033114', '1111833114', '1969800000', '196983311', '19698331145', ''])
      assert.equal(readPostalCode(text), undefined, text);
  });
});

describe('IBAN', () => {
  test('agrees with persian-tools on right and wrong check digits', () => {
    fc.assert(
      fc.property(digits(22), digits(2), (account, wrong) => {
        const right = ibanFor(account);
        assert.equal(readIban(right), right);
        assert.equal(readIban(noisy(right.toLowerCase())), right);
        assert.equal(readIban(right.slice(2)), right);
        const guess = `IR${wrong}${account}`;
        // ISO 7064 writes check digits 02 to 98: others are congruent, and both judge them by the remainder alone.
        assert.equal(readIban(guess) !== undefined, isShebaValid(guess));
      }),
      RUNS,
    );
  });

  test('refuses another country', () => {
    assert.equal(readIban('DE89370400440532013000'), undefined);
  });
});

describe('mobile', () => {
  test('reads every way people write one', () => {
    for (const text of [
      '09123456789',
      '+989123456789',
      '00989123456789',
      '۰۹۱۲ ۳۴۵ ۶۷۸۹',
      '0912-345-6789',
      '(+98) 912 345 6789',
      '9123456789',
      '‪+98 912 345 6789‬',
    ]) {
      assert.equal(readMobile(text), '09123456789', text);
    }
  });

  test('refuses land lines and other countries', () => {
    for (const text of ['02188888888', '+4915112345678', '0912345678', '091234567890', 'nine'])
      assert.equal(readMobile(text), undefined, text);
  });
});

describe('plate', () => {
  test('reads from the left and from the right, into one form', () => {
    for (const text of ['12 ب 345 ایران 67', '۱۲ب۳۴۵-۶۷', '12ب34567', 'ایران ۶۷ | ۳۴۵ ب ۱۲', '١٢ ب ٣٤٥ ايران ٦٧'])
      assert.equal(readPlate(text), '12ب345-67', text);
    assert.equal(readPlate('11 ا 111 ایران 22'), '11الف111-22');
    assert.equal(readPlate('11 d 111 - 22'), '11D111-22');
    assert.equal(readPlate('26 ك 345 ایران 10'), '26ک345-10');
  });

  test('reads a motorcycle’s, which has no letter', () => {
    for (const text of ['571-40226', '۵۷۱ ۴۰۲۲۶', 'ایران 571 40226', '57140226'])
      assert.equal(readPlate(text), '571-40226', text);
  });

  test('reads into the same parts what persian-tools calls a plate', () => {
    const digit = fc.integer({ min: 1, max: 9 });
    const digits = (length: number) => fc.array(digit, { minLength: length, maxLength: length }).map((all) => all.join(''));
    const letter = fc.constantFrom(...'ب پ ت ث ج د ز ژ س ش ص ط ع ف ق ک گ ل م ن و ه ی الف D S'.split(' '));
    const car = fc.tuple(digits(2), letter, digits(3), digits(2)).map((parts) => parts.join(''));
    let seen = 0;
    fc.assert(
      fc.property(fc.oneof(car, digits(8)), (text) => {
        const { info, isValid } = getNumberPlateInfo(text);
        if (!isValid) return;
        seen += 1;
        const { details } = info;
        const theirs =
          'digits' in details
            ? `${details.provinceCode}-${details.digits}`
            : `${details.firstTwoDigits}${details.plateCharacter}${details.nextThreeDigits}-${details.provinceCode}`;
        assert.equal(readPlate(noisy(text)), theirs);
      }),
      { numRuns: 2000 },
    );
    assert.ok(seen > 500);
  });

  test('refuses other shapes', () => {
    for (const text of ['12 345 67', '1 ب 345 67', '12 آ 345 67', '02 ب 345 67', 'AB-123-CD'])
      assert.equal(readPlate(text), undefined, text);
  });
});

describe('renovation code', () => {
  test('reads any dash, slash or space as the separator', () => {
    for (const text of [
      '1-22-333-4444',
      '۱ – ۲۲ – ۳۳۳ – ۴۴۴۴',
      '1/22/333/4444',
      ' 1 22  333\u00A04444 ',
      '1—22‐333−4444',
      '\u200F1-22-\u200C333-4444\u200E',
    ]) {
      assert.equal(readRenovationCode(text), '1-22-333-4444', text);
    }
    assert.equal(readRenovationCode('1-2-3-4-5-6-7'), '1-2-3-4-5-6-7');
  });

  test('refuses too few and too many groups, letters, and empty groups', () => {
    for (const text of ['1-2', '1-2-3-4-5-6-7-8', '1-a-3', '-1-2-3', '1-2-3-', '12345678901-2-3'])
      assert.equal(readRenovationCode(text), undefined, text);
  });
});

test('what any reader gives, it gives again for its own answer', () => {
  const anything = fc.oneof(
    digits(10),
    digits(11),
    digits(24),
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'0123456789۱۲۳-/ بIRایران+') }),
  );
  fc.assert(
    fc.property(anything, (text) => {
      for (const read of READERS) {
        const canonical = read(text);
        if (canonical !== undefined) assert.equal(read(canonical), canonical);
      }
    }),
    RUNS,
  );
});

test('hostile lengths are refused without being looked at', () => {
  for (const read of READERS) assert.equal(read('1-'.repeat(1_000_000)), undefined);
});
