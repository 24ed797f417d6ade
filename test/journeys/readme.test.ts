/** Every command in the README is run here, or is what runs this test. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { ROOT } from '../support/corpus.ts';

const run = promisify(execFile);

/** A copy of the project, so that commands which write change nothing here. */
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'desk-'));
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'deploy',
    'src',
    'intents',
    'faq',
    'web-widget',
    'web-console',
    'web-sync',
    'test/eval',
  ]) {
    await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true }));

async function npmWith(env: Record<string, string>, ...args: string[]): Promise<string> {
  const { stdout } = await run('npm', args, {
    cwd: copy,
    env: { ...process.env, NO_COLOR: '1', DATA_DIR: path.join(copy, 'data'), ...env },
    maxBuffer: 1e8,
  });
  return stdout;
}
const npm = (...args: string[]): Promise<string> => npmWith({}, ...args);
/** @returns the file that was written */
async function backUp(): Promise<string> {
  const said = await npm('run', 'backup', '--', `${copy}/`);
  const [, file = ''] = /Written and read back: (\S+)/.exec(said) ?? [];
  expect(file).toMatch(/vssid-desk-[\dT-]+Z\.jsonl\.gz$/);
  return file;
}
const exported = (): string => path.join(copy, 'desk.jsonl');

/** Starts a server by an npm script on a free port, looks at its page, and stops it as a terminal would. */
async function startAndLook(script: string): Promise<{ page: string; code: number | null }> {
  const child: ChildProcess = spawn('npm', [...(script === 'start' ? [] : ['run']), script], {
    cwd: copy,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: path.join(copy, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /"url":"([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found.replace('localhost', '127.0.0.1'));
    });
    exited.then(([code]) => reject(new Error(`npm ${script} ended with ${code}: ${said}`)), reject);
  });
  const page = await (await fetch(url)).text();
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [code] = await exited;
  return { page, code };
}

async function writeTinySet(): Promise<string> {
  const file = path.join(copy, 'tiny.jsonl');
  const lines = [
    { text: 'bật đèn phòng khách', intent: 'on' },
    { text: 'tắt đèn phòng ngủ', intent: 'off' },
  ];
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

/** What an npm script runs. */
async function expectScript(name: string, command: string): Promise<void> {
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts[name]).toBe(command);
}

const COMMANDS: Record<string, () => Promise<void>> = {
  'npm ci && npm start': async () => {
    const { page } = await startAndLook('start');
    expect(page).toContain('Hỗ trợ VssID');
  },
  // `npm ci` and `npm test` run this very test.
  'npm ci && npm test': () =>
    expectScript('test', 'npm run check && npm run test:storage && npm run test:journeys'),
  'npm test': () => COMMANDS['npm ci && npm test']?.() ?? Promise.reject(),
  'npm run check': async () => {
    const steps = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(steps.scripts['test']).toContain('npm run check');
  },
  'npm run start:cluster': async () => {
    const { page } = await startAndLook('start:cluster');
    expect(page).toContain('Hỗ trợ VssID');
  },
  'npm run dev': async () => {
    const { page } = await startAndLook('dev');
    expect(page).toContain('Hỗ trợ VssID');
  },
  'npm run content': async () => {
    expect(await npm('run', 'content')).toMatch(/corpus is right: 66 entries, \d+ phrases/);
  },
  'npm run corpus:import': async () => {
    await npm('run', 'corpus:import');
    expect(await npm('run', 'corpus:import')).toMatch(/nothing to do: .*live release \d+/);
    const file = path.join(copy, 'faq/card.view.md');
    await writeFile(file, `${await readFile(file, 'utf8')}\nThêm một dòng.\n`);
    expect(await npm('run', 'corpus:import')).toMatch(/1 changes on release \d+, 0 of them in conflict/);
  },
  'npm run corpus:import -- --publish': async () => {
    const file = path.join(copy, 'faq/card.view.md');
    await writeFile(file, `${await readFile(file, 'utf8')}\nThêm một dòng nữa.\n`);
    expect(await npm('run', 'corpus:import', '--', '--publish')).toMatch(/release \d+ is live/);
  },
  'npm run corpus:export': async () => {
    await npm('run', 'corpus:import', '--', '--publish');
    expect(await npm('run', 'corpus:export')).toContain('nothing to do: the files say what');
  },
  'npm run store:export -- FILE': async () => {
    await npm('run', 'corpus:import');
    expect(await npm('run', 'store:export', '--', exported())).toMatch(
      /Exported [\d.,]+ documents of \d+ collections/,
    );
  },
  'MONGODB_URI=mongodb://host:27017/desk npm run store:import -- FILE': async () => {
    const other = await startEmbeddedMongo({ folder: path.join(copy, 'other') });
    try {
      const env = { MONGODB_URI: `${other.uri}/desk` };
      expect(await npmWith(env, 'run', 'store:import', '--', exported())).toMatch(
        /Imported (\d+) of \1 documents/,
      );
      expect(await npmWith(env, 'run', 'store:check')).toContain('corpus_releases');
    } finally {
      await other.close();
    }
  },
  'npm run store:check': async () => {
    expect(await npm('run', 'store:check')).toContain('corpus_releases');
  },
  'npm run doctor': async () => {
    await npm('run', 'corpus:import');
    const said = await npm('run', 'doctor');
    expect(said).toMatch(/^ok +store +the embedded store in .* answers$/m);
    expect(said).toContain(' 0 problems');
  },
  'npm run backup -- FOLDER': async () => {
    await npm('run', 'corpus:import');
    await backUp();
  },
  'npm run backup:verify -- FILE': async () => {
    expect(await npm('run', 'backup:verify', '--', await backUp())).toContain('The backup is whole.');
  },
  'npm run restore -- FILE': async () => {
    const env = { DATA_DIR: path.join(copy, 'restored') };
    expect(await npmWith(env, 'run', 'restore', '--', await backUp())).toContain('Restored, and read back.');
  },
  'npm run licenses': async () => {
    expect(await npm('run', 'licenses')).toContain('0 with a licence that was not looked at');
  },
  'npm run sbom': async () => {
    await npm('run', 'sbom');
    const sbom = JSON.parse(await readFile(path.join(copy, 'dist/sbom.cdx.json'), 'utf8')) as object;
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX' });
  },
  'npm run audit:verify': async () => {
    await npm('run', 'corpus:import');
    expect(await npm('run', 'audit:verify')).toMatch(/\d+ entries are right/);
  },
  'npm run analytics:rebuild': async () => {
    await npm('run', 'corpus:import');
    expect(await npm('run', 'analytics:rebuild')).toMatch(/the numbers are made anew from \d+ conversations/);
  },
  'npm run archive': async () => {
    await npm('run', 'corpus:import');
    expect(await npm('run', 'archive')).toMatch(
      /0 conversations went into \S+archive, 0 were deleted from it/,
    );
  },
  // `npm test` runs it whole.
  'npm run test:storage': () => COMMANDS['npm ci && npm test']?.() ?? Promise.reject(),
  // Takes minutes; `--quick` is its short form.
  'npm run bench:storage': () => expectScript('bench:storage', 'tsx bench/storage.ts'),
  // test/chaos/chaos.test.ts runs the short form; the long one takes minutes.
  'npm run chaos -- --short': () => expectScript('chaos', 'tsx test/chaos/chaos.cli.ts'),
  // Takes many minutes; test/security/fuzz.test.ts is its short form.
  'npm run fuzz': () => expectScript('fuzz', 'node --expose-gc --import tsx test/security/fuzz/fuzz.cli.ts'),
  'npm run chaos': () => expectScript('chaos', 'tsx test/chaos/chaos.cli.ts'),
  // `npm test` runs a fourth of it.
  'npm run shift': () =>
    expectScript('shift', 'SHIFT_CONVERSATIONS=2000 vitest run --project unit test/agents/shift.test.ts'),
  'npm run bench:release': () => expectScript('bench:release', 'tsx bench/release.ts'),
  'npm run bench:tickets': () => expectScript('bench:tickets', 'tsx bench/tickets.ts'),
  'npm run bench:widget': () => expectScript('bench:widget', 'tsx bench/widget.ts'),
  // Takes twenty minutes; test/journeys/soak.test.ts runs its short form.
  'npm run soak': () => expectScript('soak', 'tsx bench/soak.ts'),
  'npm run bench:answering': () => expectScript('bench:answering', 'tsx bench/answering.ts'),
  'npm run bench:answers': () => expectScript('bench:answers', 'tsx bench/answers.ts'),
  'npm run bench:start': () => expectScript('bench:start', 'tsx bench/start.ts'),
  // Takes minutes; `--quick` is its short form.
  'npm run bench:chat': () => expectScript('bench:chat', 'tsx bench/chat.ts'),
  'npm run evaluate': async () => {
    expect(await npm('run', 'evaluate')).toMatch(/in scope +\d+ +\d/);
  },
  'npm run evaluate -- --failures': async () => {
    expect(await npm('run', 'evaluate', '--', '--failures')).toMatch(/^(?:wrong|missed|offered) \[/m);
  },
  'npm run evaluate -- --train FILE.jsonl --test FILE.jsonl --json': async () => {
    const file = await writeTinySet();
    const said = await npm(
      'run',
      '--silent',
      'evaluate',
      '--',
      '--train',
      file,
      '--test',
      file,
      '--json',
      `--scores=${file}.scores`,
    );
    expect(JSON.parse(said)).toEqual({
      accuracy: 1,
      macroF1: 1,
      n: 2,
      trainMs: expect.any(Number),
      usPerQuery: expect.any(Number),
      rssMb: expect.any(Number),
    });
    expect(JSON.parse((await readFile(`${file}.scores`, 'utf8')).split('\n')[0] ?? '')).toEqual({
      text: 'bật đèn phòng khách',
      expected: 'on',
      intent: 'on',
      confidence: expect.any(Number),
    });
  },
  'npm run calibrate': async () => {
    const read = async () =>
      parse(await readFile(path.join(copy, 'intents/calibration.yaml'), 'utf8')) as {
        gates: Record<string, number>;
      };
    const before = await read();
    await npm('run', 'calibrate');
    // The file in the repository is what the command makes of the phrases beside it.
    const after = await read();
    for (const [gate, value] of Object.entries(before.gates)) expect(after.gates[gate]).toBeCloseTo(value, 2);
  },
  // test/chaos/cluster.test.ts runs its short form.
  'npm run chaos:cluster': () => expectScript('chaos:cluster', 'node --import tsx test/chaos/cluster.cli.ts'),
  // Takes minutes and installs what it compares with; `npm run bench -- --quick` is its short form.
  'npm run bench': () => expectScript('bench', 'tsx bench/run.ts'),
};

const readme = await readFile(path.join(ROOT, 'README.md'), 'utf8');
const commands = new Set(
  [...readme.matchAll(/```sh\n([\s\S]*?)```|`(npm [^`]+)`/g)].flatMap(([, block, inline]) =>
    (block ?? inline ?? '').trim().split('\n'),
  ),
);

describe('the README’s command', () => {
  it.each([...commands])('%s works', { timeout: 300_000 }, async (command) => {
    const check = COMMANDS[command];
    if (check === undefined) throw new Error(`No test runs "${command}". Add one, or correct the README.`);
    await check();
  });
});

it('names every setting, as .env.example does', async () => {
  const example = await readFile(path.join(ROOT, '.env.example'), 'utf8');
  const settings = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const table = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(table).toEqual(settings);
});
