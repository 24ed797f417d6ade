/** npm run doctor [-- --json]: looks at everything that a desk depends on, and says what to do. */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { AppError } from '../kernel/app-error.ts';
import { examineMachine } from './operator-doctor/examine-machine.ts';
import { examineDesk, examineNetwork } from './operator-doctor/examine-network.ts';
import { type ExaminedSettings, examineSettings } from './operator-doctor/examine-settings.ts';
import { examineStore } from './operator-doctor/examine-store.ts';
import { type Finding, formatFindings, problem } from './operator-doctor/finding.ts';

async function examine(): Promise<Finding[]> {
  let config: ReturnType<typeof readConfig>;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [
      problem(
        'settings',
        error.message.replace(/\n\s*/g, ' '),
        'correct them: nothing else can be looked at before',
      ),
    ];
  }
  const settings: ExaminedSettings = config;
  const [machine, desk, store, network] = await Promise.all([
    examineMachine(config.mongodbUri === undefined ? config.dataDir : undefined),
    examineDesk(config.port),
    examineStore(settings),
    examineNetwork(settings),
  ]);
  return [...examineSettings(settings, tmpdir()), ...machine, desk, ...store, ...network];
}

try {
  const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
  const findings = await examine();
  const isIll = findings.some(({ level }) => level === 'problem');
  process.stdout.write(`${json ? JSON.stringify({ ok: !isIll, findings }) : formatFindings(findings)}\n`);
  process.exit(isIll ? 1 : 0);
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS') ?? false;
  process.stderr.write(isUsage ? `${message}\nUsage: npm run doctor [-- --json]\n` : `${stack}\n`);
  process.exit(isUsage ? 2 : 1);
}
