import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../src/contracts/answers.ts';
import { MOST_CHARACTERS } from '../../web-widget/composer.ts';
import { COPY, STATIC_COPY } from '../../web-widget/copy.vi.ts';
import { guessPlatform } from '../../web-widget/platform.ts';

test('the input allows what the contract allows', () => {
  expect(MOST_CHARACTERS).toBe(MAX_TEXT_LENGTH);
});

test('index.html says what copy.vi.ts says, and nothing else', async () => {
  const html = await readFile(new URL('../../web-widget/public/index.html', import.meta.url), 'utf8');
  const said = [...html.matchAll(/>([^<]*\p{L}[^<]*)<|content="([^"]*[^\0-\x7f][^"]*)"/gu)];
  expect(said.map(([, between, attribute]) => between ?? attribute)).toEqual(Object.values(STATIC_COPY));
  expect(STATIC_COPY.title).toBe(COPY.title);
});

test('large numbers are written the Vietnamese way', () => {
  expect(COPY.charactersUsed(1800, 2000)).toBe('1.800/2.000 ký tự');
  expect(COPY.charactersUsed(2000, 2000)).toContain('đã hết chỗ');
});

test.each([
  ['Mozilla/5.0 (Linux; Android 14; SM-A042F) AppleWebKit/537.36 Mobile Safari/537.36', 'android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15', 'ios'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0', 'none'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', 'none'],
])('the phone is guessed from %s', (userAgent, platform) => {
  expect(guessPlatform(userAgent)).toBe(platform);
});
