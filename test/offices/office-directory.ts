/** Offices for tests: the three that ship, and more of several provinces. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readOffices } from '../../src/corpus/read-offices.ts';
import type { Office } from '../../src/offices/office.ts';
import { ROOT } from '../support/corpus.ts';

export async function readTestDirectory(): Promise<Office[]> {
  const more = parse(
    readFileSync(path.join(import.meta.dirname, 'directory.yaml'), 'utf8'),
  ) as Partial<Office>[];
  return [...(await readOffices(ROOT)), ...more.map((office) => makeOffice(office))];
}

/** Whatever is left out is empty. */
export function makeOffice(office: Partial<Office>): Office {
  return {
    code: 'T1',
    name: 'BHXH huyện Thử Nghiệm',
    level: 'district',
    province: 'TP. Hồ Chí Minh',
    address: null,
    phones: [],
    hours: null,
    location: null,
    parent: null,
    aliases: [],
    active: true,
    ...office,
  };
}
