/** The examples of docs/embedding.md, as somebody copies them; and the demo page at `/`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COPY } from '../../web-widget/loader-copy.ts';
import { ROOT } from '../support/corpus.ts';
import { readExamples } from '../support/doc-examples.ts';
import { DESKTOP, type Embedding, openEmbedding, PHONE, pageWith, type Visit } from '../support/embedding.ts';

const START_WITHIN_MS = 240_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** As many hooks of React as the example needs, for one component. */
const USE_EFFECT = `
  const slots = [];
  let at = 0;
  export function useEffect(effect, deps) {
    const slot = (slots[at++] ??= {});
    if (slot.deps?.every((value, index) => Object.is(value, deps[index]))) return;
    slot.deps = deps;
    slot.cleanUp?.();
    slot.cleanUp = effect();
  }
  export const renderWith = (component) => { at = 0; component(); };
`;

const examples = await readExamples();
let embedding: Embedding;
beforeAll(async () => {
  embedding = await openEmbedding();
}, START_WITHIN_MS);
afterAll(() => embedding?.close());

const example = (name: string): string => examples.get(name) ?? `no example "${name}"`;

const toldOf = async (visit: Visit, type: string): Promise<Record<string, unknown>[]> =>
  (await visit.told()).filter((message) => message['type'] === type);

test('the script for a page', async () => {
  const visit = await embedding.visit(pageWith(example('page')));
  await visit.launcher.click();
  await visit.chat();
  expect(visit.complaints).toEqual([]);
  await visit.close();
});

test('the queue, before the script has come and after', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const visit = await embedding.visit(pageWith('', example('queue')), {
    prepare: (context) =>
      context.route('**/widget.js', async (route) => {
        await held;
        await route.continue();
      }),
    until: 'commit',
  });
  const { page, close } = visit;
  await page.locator('#help').click();
  letGo();
  await visit.chat();
  expect(await toldOf(visit, 'vssid:set-platform')).toEqual([
    { type: 'vssid:set-platform', platform: 'android' },
  ]);
  await visit.sayAsChat({ type: 'vssid:unread', count: 2 });
  await expect.poll(() => page.title()).toBe('(2) Cổng thông tin');
  await visit.sayAsChat({ type: 'vssid:close' });
  await page.locator('#help').click();
  await page.getByRole('dialog', { name: COPY.vi.launcher }).waitFor();
  expect(visit.complaints).toEqual([]);
  await close();
});

test('the hook for React, with a stand-in for useEffect', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `${example('react')}
        import { renderWith } from 'react';
        window.render = (identity) => renderWith(() => useVssidHelp(identity));`,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    plugins: [
      {
        name: 'stand-in',
        setup(hooks) {
          hooks.onResolve({ filter: /^react$/ }, () => ({ path: 'react', namespace: 'stand-in' }));
          hooks.onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({ contents: USE_EFFECT }));
        },
      },
    ],
  });
  const visit = await embedding.visit(pageWith(`<script>${outputFiles[0]?.text}</script>`));
  const { page, launcher, close } = visit;
  await page.evaluate(() => {
    const render = Reflect.get(window, 'render') as (identity: string | null) => void;
    for (const identity of [null, 'one', 'one', 'two']) render(identity);
  });
  await launcher.click();
  expect(await page.locator('vssid-help').count()).toBe(1);
  await visit.chat();
  expect(await toldOf(visit, 'vssid:identify')).toEqual([{ type: 'vssid:identify', identity: 'two' }]);
  await close();
});

test('the content security policy', async () => {
  const policy = example('policy').replace('Content-Security-Policy:', '').trim();
  const visit = await embedding.visit(pageWith(example('page')), { policy: `${policy}; default-src 'none'` });
  await visit.launcher.click();
  await visit.chat();
  expect(visit.complaints).toEqual([]);
  await visit.close();
});

test('the bridges of the apps have the names that the native examples use', async () => {
  const [kotlin, swift] = await Promise.all(
    ['ChatActivity.kt', 'ChatViewController.swift'].map((file) =>
      readFile(path.join(ROOT, 'docs/examples', file), 'utf8'),
    ),
  );
  const androidName = /addJavascriptInterface\(Host\(\), "(\w+)"\)/.exec(kotlin ?? '')?.[1] ?? '';
  const iosName = /name: "(\w+)"\)/.exec(swift ?? '')?.[1] ?? '';
  const addresses = [kotlin, swift].map((code) => /\/widget\?locale=vi/.test(code ?? ''));
  expect(addresses).toEqual([true, true]);
  const visit = await embedding.visit('', {
    browser: PHONE,
    at: `${embedding.deskUrl}/widget?locale=vi#identity=a.b.c`,
    prepare: (context) =>
      context.addInitScript(
        ([android = '', ios = '']) => {
          const heard: unknown[] = [];
          const postMessage = (event: unknown): unknown => heard.push(event);
          Object.assign(window, {
            heard,
            [android]: { postMessage },
            webkit: { messageHandlers: { [ios]: { postMessage } } },
          });
        },
        [androidName, iosName],
      ),
  });
  const heard = () => visit.page.evaluate(() => Reflect.get(window, 'heard') as unknown[]);
  await expect.poll(heard).toEqual(expect.arrayContaining(['{"name":"ready"}', { name: 'ready' }]));
  expect(visit.page.url(), 'the identity is out of the address').toBe(
    `${embedding.deskUrl}/widget?locale=vi`,
  );
  await visit.page.evaluate(() => window.VssidHelp?.identify(null));
  await visit.page.evaluate(() => window.VssidHelp?.close());
  await expect.poll(heard).toEqual(expect.arrayContaining(['{"name":"close"}', { name: 'close' }]));
  await visit.close();
});

const LOOKS = [PHONE, DESKTOP].flatMap((device) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ ...device, colorScheme })),
);

test.each(LOOKS)('the demo page at $viewport.width px, $colorScheme', async (browser) => {
  const visit = await embedding.visit('', { browser, at: `${embedding.deskUrl}/` });
  const { page, launcher, complaints, close } = visit;
  expect(await page.title()).toBe('Hỗ trợ VssID');
  await launcher.waitFor();
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  for (const link of await page.locator('main a').all()) {
    const { status } = await fetch(new URL((await link.getAttribute('href')) ?? '', embedding.deskUrl));
    expect(status).toBe(200);
  }

  expect(await page.locator('.examples li').count()).toBe(6);
  await page.locator('main').getByRole('button', { name: 'Mở khung chat', exact: true }).click();
  await page.getByRole('dialog', { name: COPY.vi.launcher }).waitFor();
  await visit.chat();
  expect(complaints).toEqual([]);
  await close();
});
