/** A short, soft tone, made by the browser itself; and whether this person wants to hear it. */
import { useSyncExternalStore } from 'react';
import { createBrowserStorage } from '../../../web-sync/browser-storage.ts';
import { PREFIX } from '../../sync/storage-prefix.ts';

const TONES_HZ = [587, 784];
const TONE_S = 0.13;
const LOUDNESS = 0.12;
const MUTED_KEY = `${PREFIX}muted`;

const storage = createBrowserStorage(() => localStorage);
const watchers = new Set<() => void>();
let audio: AudioContext | null = null;

function isMuted(): boolean {
  return storage.get(MUTED_KEY) !== null;
}

/** Browsers let a page sound only after a click on it: this prepares the sound at the first one. */
export function prepareChime(): void {
  if (isMuted() || typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  void audio.resume();
}

export function playChime(): void {
  if (isMuted() || audio?.state !== 'running') return;
  const gain = audio.createGain();
  gain.connect(audio.destination);
  const start = audio.currentTime;
  for (const [index, frequency] of TONES_HZ.entries()) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(start + index * TONE_S);
    tone.stop(start + (index + 1) * TONE_S);
  }
  gain.gain.setValueAtTime(LOUDNESS, start);
  gain.gain.linearRampToValueAtTime(0, start + TONES_HZ.length * TONE_S);
}

/** Whether sounds are off, and the switch. */
export function useMuted(): readonly [muted: boolean, setMuted: (muted: boolean) => void] {
  const muted = useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, isMuted);
  return [
    muted,
    (next) => {
      if (next) storage.set(MUTED_KEY, '1');
      else storage.remove(MUTED_KEY);
      prepareChime();
      for (const watcher of watchers) watcher();
    },
  ];
}
