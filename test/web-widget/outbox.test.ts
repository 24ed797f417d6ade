import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BrowserStorage, createBrowserStorage } from '../../web-sync/browser-storage.ts';
import {
  commandOf,
  createOutbox,
  failsAsItIs,
  OUTBOX_PREFIX,
  type Outbox,
} from '../../web-widget/sync/outbox.ts';

/** As localStorage is: names and texts, shared by all pages. */
function openDisk(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

let serial = 0;
function openOutbox(storage: BrowserStorage, now: () => number = () => 1_000): Outbox {
  return createOutbox({ storage, now, newClientId: () => `client-${++serial}` });
}

function openPages(): { storage: BrowserStorage; first: Outbox; second: Outbox } {
  const disk = openDisk();
  const storage = createBrowserStorage(() => disk);
  return { storage, first: openOutbox(storage), second: openOutbox(createBrowserStorage(() => disk)) };
}

const texts = (outbox: Outbox, owner = 'a'): string[] => outbox.list(owner).map(({ text }) => text);

describe('order', () => {
  test('is that of typing, whatever the clock of the device does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer({ min: -5, max: 5 }))), (typed) => {
        let clock = 1_700_000_000_000;
        const disk = openDisk();
        const outbox = openOutbox(
          createBrowserStorage(() => disk),
          () => clock,
        );
        for (const [text, step] of typed) {
          clock += step * 86_400_000;
          outbox.add('a', { text });
        }
        expect(texts(outbox)).toEqual(typed.map(([text]) => text));
      }),
    );
  });

  test('holds over two pages that add in turn', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), (typed) => {
        const { first, second } = openPages();
        for (const [text, onFirst] of typed) (onFirst ? first : second).add('a', { text });
        expect(texts(first)).toEqual(typed.map(([text]) => text));
        expect(texts(second)).toEqual(texts(first));
      }),
    );
  });
});

test('what was added is there until it is removed, on every page, and nothing comes twice', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), owner: fc.constantFrom('a', 'b'), text: fc.string() }),
    fc.record({ kind: fc.constant('acknowledge' as const), owner: fc.constantFrom('a', 'b') }),
    fc.record({ kind: fc.constant('refuse' as const), owner: fc.constantFrom('a', 'b') }),
    fc.record({ kind: fc.constant('retry' as const), owner: fc.constantFrom('a', 'b') }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.boolean())), (steps) => {
      const { first, second } = openPages();
      const expected = { a: [] as string[], b: [] as string[] };
      for (const [{ kind, owner, ...rest }, onFirst] of steps) {
        const outbox = onFirst ? first : second;
        const name = owner as 'a' | 'b';
        if (kind === 'add')
          expected[name].push(outbox.add(owner, { text: 'text' in rest ? rest.text : '' }).clientId);
        const next = outbox.nextToSend(owner);
        if (kind === 'acknowledge' && next) {
          outbox.remove(owner, [next.clientId]);
          expected[name] = expected[name].filter((id) => id !== next.clientId);
        }
        if (kind === 'refuse' && next) outbox.refuse(next, { code: 'text_too_long', message: 'Dài quá' });
        const refused = outbox.list(owner).find((entry) => entry.refused);
        if (kind === 'retry' && refused) outbox.retry(refused);
      }
      for (const page of [first, second]) {
        for (const owner of ['a', 'b'] as const)
          expect(page.list(owner).map(({ clientId }) => clientId)).toEqual(expected[owner]);
      }
    }),
  );
});

test('one identity never sees what another has typed', () => {
  const { first } = openPages();
  first.add('id-1', { text: 'của A' });
  expect(texts(first, 'id-2')).toEqual([]);
  expect(texts(first, 'id-1')).toEqual(['của A']);
  expect(first.nextToSend('anonymous')).toBeNull();
});

test('a refused entry holds up nobody, and can be sent after all', () => {
  const { first } = openPages();
  const bad = first.add('a', { text: '???' });
  first.add('a', { text: 'quên mật khẩu' });
  first.refuse(bad, { code: 'text_without_words', message: 'Chưa có chữ' });
  expect(first.nextToSend('a')?.text).toBe('quên mật khẩu');
  expect(texts(first)).toEqual(['???', 'quên mật khẩu']);
  const [kept] = first.list('a');
  first.retry(kept!);
  expect(first.nextToSend('a')?.text).toBe('???');
  expect(first.list('a')[0]).not.toHaveProperty('refused');
});

test('removing knows only its own, also among names that are none', () => {
  const { first } = openPages();
  const entry = first.add('a', { text: 'một' });
  first.remove('a', [null, 'another']);
  expect(texts(first)).toEqual(['một']);
  first.remove('a', [null, entry.clientId]);
  expect(texts(first)).toEqual([]);
});

test('damaged entries are passed over', () => {
  const { storage, first } = openPages();
  first.add('a', { text: 'còn đây' });
  storage.set(`${OUTBOX_PREFIX}a.0.x`, '{"text":');
  storage.set(`${OUTBOX_PREFIX}a.1.y`, '{"text":7}');
  storage.set(`${OUTBOX_PREFIX}a.2.z`, '{"clientId":"z","text":"","attachments":7}');
  expect(texts(first)).toEqual(['còn đây']);
});

test('without storage, or with a full one, the memory of the page holds', () => {
  const forbidden = createBrowserStorage(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  const full = createBrowserStorage(() => ({
    ...openDisk(),
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  }));
  for (const storage of [forbidden, full]) {
    const outbox = openOutbox(storage);
    outbox.add('a', { text: 'một' });
    const two = outbox.add('a', { text: 'hai' });
    outbox.remove('a', [two.clientId]);
    expect(texts(outbox)).toEqual(['một']);
  }
});

test('the command says only what is known', () => {
  const { first } = openPages();
  const plain = first.add('a', { text: 'chào' });
  expect(commandOf(plain)).toEqual({ clientId: plain.clientId, text: 'chào' });
  const tapped = first.add('a', { text: 'Gặp nhân viên', choice: 'agent', platform: 'ios' });
  expect(commandOf(tapped)).toEqual({
    clientId: tapped.clientId,
    text: 'Gặp nhân viên',
    choice: 'agent',
    platform: 'ios',
  });
});

test('files stay with their message until it is sent, also on the next page, and go by their names alone', () => {
  const { first, second } = openPages();
  const file = { id: 'x.y', url: 'attachments/x.y', name: 'the.jpg', type: 'image/jpeg', size: 7 } as const;
  const added = first.add('a', { text: 'Tôi gửi ảnh.', attachments: [file] });
  const [kept] = second.list('a');
  expect(kept?.attachments).toEqual([file]);
  expect(commandOf(kept!)).toEqual({
    clientId: added.clientId,
    text: 'Tôi gửi ảnh.',
    attachments: ['x.y'],
  });
  expect(['attachment_not_found', 'text_too_long', 'internal'].map(failsAsItIs)).toEqual([true, true, false]);
});
