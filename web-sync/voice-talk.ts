/** A call from this page's side, as the desk knows it: its voice, its end, and finding back after a break. */
import {
  createVoiceCall,
  type VoiceCall,
  type VoiceCallDeps,
  type VoiceSignal,
  type VoiceState,
} from './voice-call.ts';
import type { VoiceQuality } from './voice-quality.ts';

export type TalkStatus = 'ringing' | 'accepted' | 'ended' | 'missed' | 'cancelled' | 'failed';

/** What is asked of the desk about this one call. */
export interface TalkLine {
  /** To the other page. @returns whether it got there */
  readonly pass: (signal: VoiceSignal) => Promise<boolean>;
  /** null: no answer came. */
  readonly end: (reason: 'hung-up' | 'lost') => Promise<TalkStatus | null>;
  /** This page has a new connection. gone: the call is not this page's any more. */
  readonly resume: () => Promise<TalkStatus | 'gone' | null>;
  readonly report: (quality: VoiceQuality) => void;
}

export interface TalkDeps extends Pick<VoiceCallDeps, 'microphone' | 'iceServers' | 'offers'> {
  readonly line: TalkLine;
  readonly onVoice: (state: VoiceState) => void;
  /** Once. */
  readonly onOver: (status: TalkStatus) => void;
}

export interface Talk {
  /** As the desk says. */
  readonly takeStatus: (status: TalkStatus) => void;
  readonly takeSignal: (signal: VoiceSignal) => void;
  /** The connection with the desk is a new one. */
  readonly takeUp: () => void;
  readonly hangUp: () => void;
  readonly setMuted: (muted: boolean) => void;
  readonly setHeld: (held: boolean) => void;
}

const RESUME_AGAIN_MS = 1_500;

export function createTalk(deps: TalkDeps): Talk {
  const { microphone, iceServers, offers, line } = deps;
  let voice: VoiceCall | null = null;
  let isOver = false;

  const finish = (status: TalkStatus): void => {
    if (isOver) return;
    isOver = true;
    removeEventListener('pagehide', onLeave);
    const quality = voice?.quality() ?? null;
    voice?.close();
    for (const track of microphone.getTracks()) track.stop();
    if (quality !== null) line.report(quality);
    deps.onOver(status);
  };
  const end = async (reason: 'hung-up' | 'lost'): Promise<void> => {
    // Without a connection the desk misses this page soon, by itself.
    finish((await line.end(reason)) ?? (reason === 'lost' ? 'failed' : 'ended'));
  };
  const getVoice = (): VoiceCall => {
    if (voice === null) {
      voice = createVoiceCall({
        microphone,
        iceServers,
        offers,
        send: line.pass,
        onLost: () => void end('lost'),
      });
      voice.store.subscribe(deps.onVoice);
    }
    return voice;
  };
  const takeStatus = (status: TalkStatus): void => {
    if (isOver) return;
    if (status === 'accepted') getVoice();
    else if (status !== 'ringing') finish(status);
  };
  const takeUp = async (): Promise<void> => {
    const status = isOver ? null : await line.resume();
    if (isOver) return;
    if (status === 'gone') finish('ended');
    else if (status !== null) takeStatus(status);
    else setTimeout(() => void takeUp(), RESUME_AGAIN_MS);
  };
  const onLeave = (): void => void line.end('hung-up');
  addEventListener('pagehide', onLeave);

  return {
    takeStatus,
    takeSignal(signal) {
      if (!isOver) getVoice().takeSignal(signal);
    },
    takeUp: () => void takeUp(),
    hangUp: () => void end('hung-up'),
    setMuted: (muted) => voice?.setMuted(muted),
    setHeld: (held) => voice?.setHeld(held),
  };
}
