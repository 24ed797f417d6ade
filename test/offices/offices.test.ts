import { beforeAll, describe, expect, it } from 'vitest';
import { readOffices } from '../../src/corpus/read-offices.ts';
import { createOffices, type Offices } from '../../src/offices/offices.ts';
import { ROOT } from '../support/corpus.ts';

let offices: Offices;
beforeAll(async () => {
  offices = createOffices(await readOffices(ROOT));
});

describe('an office', () => {
  it.each([
    ['quận 6', '07916'],
    ['q6', '07916'],
    ['Q.6', '07916'],
    ['quan 6 tphcm', '07916'],
    ['bhxh quận 6 ở đâu vậy ad', '07916'],
    ['củ chi', '07920'],
    ['cu chi', '07920'],
    ['huyện Củ Chi thành phố Hồ Chí Minh', '07920'],
    ['sài gòn', '079'],
    ['TP.HCM', '079'],
    ['hcm', '079'],
    ['07916', '07916'],
  ])('is found by “%s”', (query, code) => {
    expect(offices.find(query)[0]?.code).toBe(code);
  });

  it.each(['', 'bhxh', 'cơ quan bảo hiểm xã hội ở đâu', 'đà nẵng', 'quận 7', 'quận 6 đà nẵng hải châu'])(
    'is not found by “%s”',
    (query) => {
      expect(offices.find(query)).toEqual([]);
    },
  );
});
