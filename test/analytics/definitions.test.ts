import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { countName, ticketCountName, ticketTimeName, timeName } from '../../src/contracts/analytics.ts';
import { DEFINITIONS } from '../../src/contracts/analytics-definitions.ts';
import { ROOT } from '../support/corpus.ts';

it('says of every number what it means, on screen and in the manual in the same words', async () => {
  const manual = await readFile(path.join(ROOT, 'docs/analytics.md'), 'utf8');
  const names = [
    ...countName.options,
    ...timeName.options,
    ...ticketCountName.options,
    ...ticketTimeName.options,
    'satisfaction',
    'handled',
    'leftOpen',
    'ongoing',
  ];
  expect(Object.keys(DEFINITIONS).sort()).toEqual(names.sort());
  for (const [name, { label, meaning }] of Object.entries(DEFINITIONS))
    expect(manual).toContain(`| \`${name}\` | ${label} | ${meaning} |`);
});
