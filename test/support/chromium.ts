/** The browser of the journeys: one that is installed, or, on a bare Debian machine, one that gets installed. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installPackage } from './debian.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const { CHROMIUM_PATH, PATH = '' } = process.env;
const FOLDERS = ['/usr/bin', ...PATH.split(path.delimiter).filter((folder) => folder !== '')];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A microphone that beeps once a second, and peers on one machine that find each other without a name service. */
export const FAKE_MICROPHONE = [
  '--use-fake-device-for-media-stream',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Starts the browser that CHROMIUM_PATH names, else the first one found.
 * @param flags besides those of every journey
 * @throws Error that says what to do when there is none and none can be installed
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? installChromium(),
    args: [...FLAGS, ...flags],
  });
}

function findChromium(): string | undefined {
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return FOLDERS.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installChromium(): string {
  installPackage('chromium', {
    name: 'Chromium',
    otherwise: 'No Chromium found, and none can be installed here: set CHROMIUM_PATH.',
  });
  const installed = findChromium();
  if (installed === undefined)
    throw new Error('apt-get installed chromium, but no browser is to be found. Set CHROMIUM_PATH.');
  return installed;
}
