import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../src/contracts/answers.ts';
import { ATTACHMENT_FIELD, LARGEST_ATTACHMENT } from '../../src/contracts/attachments.ts';
import {
  type MessageView,
  ratingReason,
  redactedType,
  satisfactionCommand,
  sendCommand,
} from '../../src/contracts/chat.ts';
import { backOffMs } from '../../web-sync/back-off.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import { startWith } from '../../web-sync/transcript.ts';
import { bundleChat } from '../../web-widget/bundle.ts';
import { EN } from '../../web-widget/copy.en.ts';
import { STATIC_COPY, VI } from '../../web-widget/copy.vi.ts';
import { ATTACHMENT_FIELD as SENT_FIELD } from '../../web-widget/desk-api.ts';
import { ANONYMOUS, ownerOf } from '../../web-widget/device/device-token.ts';
import { guessPlatform, readPreferences, writePreferences } from '../../web-widget/device/preferences.ts';
import { initialState } from '../../web-widget/sync/chat-state.ts';
import { calendarDay, dayNumber, timeOfDay } from '../../web-widget/sync/days.ts';
import { LARGEST_FILE, MOST_FILES } from '../../web-widget/sync/uploads.ts';
import { createUnread } from '../../web-widget/unread.ts';
import { MOST_CHARACTERS } from '../../web-widget/views/composer.ts';
import { sayHidden } from '../../web-widget/views/message-row.ts';
import { LONGEST_COMMENT } from '../../web-widget/views/satisfaction.ts';
import { conversation, fromContact, message } from './messages.ts';

const WIDGET = new URL('../../web-widget/', import.meta.url);
const BUDGET_BYTES = 45 * 1024;

test('all that a contact loads at first, in Vietnamese, weighs at most 45 KB gzip: script and styles', async () => {
  const { chat, english } = await bundleChat();
  const script = gzipSync(chat.contents, { level: 6 }).length;
  const styles = gzipSync(await readFile(new URL('public/chat.css', WIDGET)), { level: 6 }).length;
  expect(script + styles).toBeLessThanOrEqual(BUDGET_BYTES);
  // Nothing else comes along unasked: what is left to load is loaded when it is wanted.
  expect(chat.text).not.toMatch(/\b(?:import|from)\s*["'{*]/);
  expect(chat.text).toContain(`"chat-assets/${basename(english.path)}"`);
  expect([chat, english].map(({ text }) => text.includes(EN.welcome.notice))).toEqual([false, true]);
  expect((await stat(new URL('public/widget.html', WIDGET))).size).toBeLessThan(4 * 1024);
}, 30_000);

describe('the words', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([key, inner]) => [key, shape(inner)]),
        )
      : typeof value;

  test('are the same ones in both languages, and none is missing', () => {
    expect(shape(EN)).toEqual(shape(VI));
    const empty = (value: unknown): boolean =>
      typeof value === 'string'
        ? value.trim() === ''
        : typeof value === 'object' && value !== null && Object.values(value).some(empty);
    expect([empty(VI), empty(EN)]).toEqual([false, false]);
  });

  test('are those that widget.html shows before the script runs', async () => {
    const html = await readFile(new URL('public/widget.html', WIDGET), 'utf8');
    const said = [...html.matchAll(/>([^<]*\p{L}[^<]*)<|content="([^"]*[^\0-\x7f][^"]*)"/gu)];
    expect(said.map(([, between, attribute]) => between ?? attribute)).toEqual(Object.values(STATIC_COPY));
    expect(STATIC_COPY.title).toBe(VI.title);
  });

  test('name everything that the desk hides, and every reason for a bad answer', () => {
    expect(Object.keys(VI.hidden).sort()).toEqual([...redactedType.options].sort());
    expect(Object.keys(VI.rating.reasons).sort()).toEqual([...ratingReason.options].sort());
    expect(sayHidden(['otp', 'otp', 'phone', 'bhxhNumber'], VI)).toContain(
      'mã OTP, số điện thoại và mã số BHXH',
    );
    expect(sayHidden(['password'], VI)).toContain(VI.changePassword);
    expect(sayHidden(['otp'], VI)).not.toContain(VI.changePassword);
    expect(sayHidden(['number'], VI)).toBe('Em đã che dãy số dài để giữ an toàn cho Anh/Chị.');
  });

  test('write large numbers as each language does', () => {
    expect(VI.charactersUsed(1800, 2000)).toBe('1.800/2.000 ký tự');
    expect(EN.charactersUsed(1800, 2000)).toBe('1,800/2,000 characters');
    expect(VI.charactersUsed(2001, 2000)).toContain('Dài quá');
  });

  test('say how large a file is', () => {
    expect([1, 150_125, 1_572_864].map(VI.files.size)).toEqual(['1 KB', '147 KB', '1,5 MB']);
    expect(EN.files.size(1_572_864)).toBe('1.5 MB');
  });

  test('say which day it is', () => {
    const day = calendarDay(dayNumber(Date.parse('2025-05-12T17:30:00.000Z')));
    expect(VI.day(day, 0)).toBe('Hôm nay');
    expect(VI.day(day, 4)).toBe('Thứ ba, 13/5/2025');
    expect(EN.day(day, 4)).toBe('Tuesday, 13/5/2025');
    expect(timeOfDay(Date.parse('2025-05-12T17:05:00.000Z'))).toBe('00:05');
  });
});

test('the input allows what the contract allows', () => {
  expect(MOST_CHARACTERS).toBe(MAX_TEXT_LENGTH);
});

test('files and comments are what the contract allows', () => {
  expect([SENT_FIELD, LARGEST_FILE]).toEqual([ATTACHMENT_FIELD, LARGEST_ATTACHMENT]);
  const sends = (text: string, files: number): boolean =>
    sendCommand.safeParse({ clientId: 'client-1', text, attachments: Array(files).fill('id') }).success;
  for (const { files } of [VI, EN])
    expect([files.sentPicture, files.sentFile].map((text) => sends(text, MOST_FILES))).toEqual([true, true]);
  expect(sends(VI.files.sentFile, MOST_FILES + 1)).toBe(false);
  const rates = (length: number): boolean =>
    satisfactionCommand.safeParse({ score: 5, comment: 'a'.repeat(length) }).success;
  expect([rates(LONGEST_COMMENT), rates(LONGEST_COMMENT + 1)]).toEqual([true, false]);
});

test('tries again after 1 s at first, 8 s at most, and not all phones at once', () => {
  expect([0, 1, 2, 3, 4, 99].map((attempt) => backOffMs(attempt, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
  expect(backOffMs(99, 0)).toBe(4_000);
  expect(backOffMs(0, 0)).toBe(500);
});

describe('an owner', () => {
  const jwt = (payload: object, signature: string): string =>
    ['{"alg":"HS256"}', JSON.stringify(payload), signature]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');

  test('is the person, not the token', () => {
    const now = jwt({ sub: 'công-dân-1', exp: 1 }, 'a');
    expect(ownerOf(now)).toBe(ownerOf(jwt({ sub: 'công-dân-1', exp: 2, name: 'Lê' }, 'b')));
    expect(ownerOf(now)).not.toBe(ownerOf(jwt({ sub: 'công-dân-2', exp: 1 }, 'a')));
    expect(ownerOf(now)).not.toContain('1'.repeat(2));
    expect(ownerOf(null)).toBe(ANONYMOUS);
    expect(ownerOf('no token at all')).not.toBe(ANONYMOUS);
  });
});

test.each([
  ['Mozilla/5.0 (Linux; Android 14; SM-A042F) AppleWebKit/537.36 Mobile Safari/537.36', 'android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15', 'ios'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0', null],
])('the phone is guessed from %s', (userAgent, platform) => {
  expect(guessPlatform(userAgent)).toBe(platform);
});

describe('what the device remembers', () => {
  const storage = () => {
    const disk = new Map<string, string>();
    return createBrowserStorage(
      () =>
        ({
          length: 0,
          key: () => null,
          getItem: (key: string) => disk.get(key) ?? null,
          setItem: (key: string, value: string) => disk.set(key, value),
          removeItem: (key: string) => disk.delete(key),
        }) as unknown as Storage,
    );
  };
  const given = { locale: 'vi', largeText: false, sound: false, platform: 'android' } as const;

  test('is what was chosen by hand, over what the host says', () => {
    const kept = storage();
    expect(readPreferences(kept, given)).toEqual(given);
    writePreferences(kept, { largeText: true });
    writePreferences(kept, { platform: null });
    expect(readPreferences(kept, given)).toEqual({ ...given, largeText: true, platform: null });
    expect(readPreferences(kept, { ...given, locale: 'en' }).locale).toBe('en');
  });

  test('is nothing when it is damaged', () => {
    const kept = storage();
    for (const damage of ['{', 'null', '7', '{"locale":"fr","largeText":"yes","platform":"windows"}']) {
      kept.set('vssid-chat.preferences', damage);
      expect(readPreferences(kept, given)).toEqual(given);
    }
  });

  test('tells what is new from what was seen, also at the next visit', () => {
    const kept = storage();
    const at = (...messages: MessageView[]) => ({
      ...initialState('anonymous', []),
      conversation,
      transcript: startWith(messages, false),
    });
    const visit = createUnread(kept);
    // A device that sees the conversation for the first time: what was said before is no news.
    expect(visit.count(at(message(1), message(2)))).toBe(0);
    expect(visit.count(at(message(1), message(2), fromContact(3), message(4), message(5)))).toBe(2);
    const next = createUnread(kept);
    expect(next.count(at(message(4), message(5)))).toBe(2);
    expect(next.see(at(message(4), message(5)))).toBe(true);
    expect(next.see(at(message(4), message(5)))).toBe(false);
    expect(next.count(at(message(4), message(5)))).toBe(0);
  });
});
