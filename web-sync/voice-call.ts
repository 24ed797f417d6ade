/**
 * One voice call of this page with another one, from the first offer to the end. The sound goes from page to page; how
 * they find each other is passed on by whoever calls this.
 */
import { createStore, type Store } from './store.ts';
import {
  levelBetween,
  readCounts,
  summarize,
  type VoiceCounts,
  type VoiceLevel,
  type VoiceQuality,
} from './voice-quality.ts';

export type VoiceSignal =
  | { readonly kind: 'offer' | 'answer'; readonly sdp: string }
  | {
      readonly kind: 'candidate';
      readonly candidate: string;
      readonly sdpMid: string | null;
      readonly sdpMLineIndex: number | null;
    }
  | { readonly kind: 'held'; readonly held: boolean };

export interface VoiceState {
  /** unsteady: it was connected, and looks for another way. */
  readonly link: 'connecting' | 'connected' | 'unsteady';
  readonly muted: boolean;
  /** This side has the other one on hold. */
  readonly held: boolean;
  /** The other side has this one on hold. */
  readonly otherHeld: boolean;
  /** Of the last moments; null: nothing was heard yet. */
  readonly level: VoiceLevel | null;
}

export interface VoiceCallDeps {
  readonly microphone: MediaStream;
  readonly iceServers: readonly {
    readonly urls: string;
    readonly username?: string;
    readonly credential?: string;
  }[];
  /** One side offers, the other one answers. */
  readonly offers: boolean;
  /** @returns false: it did not get there; it is sent again */
  readonly send: (signal: VoiceSignal) => Promise<boolean>;
  /** The pages do not reach each other, and have tried for long. */
  readonly onLost: () => void;
}

export interface VoiceCall {
  readonly store: Store<VoiceState>;
  readonly takeSignal: (signal: VoiceSignal) => void;
  readonly setMuted: (muted: boolean) => void;
  readonly setHeld: (held: boolean) => void;
  /** Of the whole call; null: nothing was ever heard. */
  readonly quality: () => VoiceQuality | null;
  /** Lets go of the microphone, too. May be repeated. */
  readonly close: () => void;
}

const MEASURE_EVERY_MS = 2_000;
const SEND_AGAIN_MS = 1_000;
/** Longer than a phone takes to change from Wi-Fi to mobile. */
const LOST_AFTER_MS = 25_000;

export function createVoiceCall(deps: VoiceCallDeps): VoiceCall {
  const { microphone, offers, send } = deps;
  const store = createStore<VoiceState>({
    link: 'connecting',
    muted: false,
    held: false,
    otherHeld: false,
    level: null,
  });
  const peer = new RTCPeerConnection({ iceServers: [...deps.iceServers] });
  const speaker = document.createElement('audio');
  speaker.autoplay = true;
  const voice = microphone.getAudioTracks()[0] ?? null;
  const sender = voice === null ? null : peer.addTrack(voice, microphone);
  const outgoing: VoiceSignal[] = [];
  const early: RTCIceCandidateInit[] = [];
  const counts: VoiceCounts[] = [];
  let isClosed = false;
  let isSending = false;
  let taking: Promise<void> = Promise.resolve();
  let lostTimer: ReturnType<typeof setTimeout> | undefined;

  /** In order, each until it is there: the other page may be without a connection for a moment. */
  const pump = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    for (let next = outgoing[0]; next !== undefined && !isClosed; next = outgoing[0]) {
      if (await send(next)) outgoing.shift();
      else await new Promise((resolve) => setTimeout(resolve, SEND_AGAIN_MS));
    }
    isSending = false;
  };
  const pass = (signal: VoiceSignal): void => {
    outgoing.push(signal);
    void pump();
  };

  const describe = async (): Promise<void> => {
    await peer.setLocalDescription();
    const { type, sdp } = peer.localDescription ?? {};
    if ((type === 'offer' || type === 'answer') && sdp !== undefined) pass({ kind: type, sdp });
  };
  const addCandidate = async (candidate: RTCIceCandidateInit): Promise<void> => {
    if (peer.remoteDescription === null) early.push(candidate);
    else await peer.addIceCandidate(candidate);
  };
  const take = async (signal: VoiceSignal): Promise<void> => {
    if (isClosed) return;
    if (signal.kind === 'held') {
      store.set({ otherHeld: signal.held });
      return;
    }
    if (signal.kind === 'candidate') {
      const { candidate, sdpMid, sdpMLineIndex } = signal;
      await addCandidate({ candidate, sdpMid, sdpMLineIndex });
      return;
    }
    // An answer that came twice has nothing to answer any more.
    if (signal.kind === 'answer' && peer.signalingState !== 'have-local-offer') return;
    await peer.setRemoteDescription({ type: signal.kind, sdp: signal.sdp });
    for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
    if (signal.kind === 'offer') await describe();
  };

  const waitForLink = (): void => {
    lostTimer ??= setTimeout(deps.onLost, LOST_AFTER_MS);
  };
  peer.onicecandidate = ({ candidate }) => {
    if (candidate === null) return;
    const { sdpMid, sdpMLineIndex } = candidate;
    pass({ kind: 'candidate', candidate: candidate.candidate, sdpMid, sdpMLineIndex });
  };
  peer.ontrack = ({ track, streams }) => {
    speaker.srcObject = streams[0] ?? new MediaStream([track]);
    // Refused where nobody has tapped the page: it was tapped to call, and to take the call.
    speaker.play().catch(() => undefined);
  };
  peer.onconnectionstatechange = () => {
    const state = peer.connectionState;
    if (state === 'connected') {
      clearTimeout(lostTimer);
      lostTimer = undefined;
      store.set({ link: 'connected' });
    } else if (state === 'disconnected' || state === 'failed') {
      waitForLink();
      store.set({ link: 'unsteady', level: 'poor' });
      if (offers) peer.restartIce();
    }
  };
  // Also when the pages look for another way.
  if (offers) peer.onnegotiationneeded = () => void describe();
  waitForLink();

  const measure = async (): Promise<void> => {
    const parts: Record<string, unknown>[] = [];
    (await peer.getStats()).forEach((part: Record<string, unknown>) => void parts.push(part));
    const now = readCounts(parts);
    if (now === null || isClosed || peer.connectionState !== 'connected') return;
    store.set({ level: levelBetween(counts[counts.length - 1] ?? null, now) });
    counts.push(now);
  };
  const measuring = setInterval(() => void measure(), MEASURE_EVERY_MS);

  const speak = (): void => {
    const { muted, held } = store.get();
    if (voice !== null) voice.enabled = !muted && !held;
    // On hold nothing is sent at all.
    void sender?.replaceTrack(held ? null : voice);
    speaker.muted = held;
  };

  return {
    store,
    takeSignal(signal) {
      // A candidate of a round that is over is refused by the browser, and of no use.
      taking = taking.then(() => take(signal)).catch(() => undefined);
    },
    setMuted(muted) {
      store.set({ muted });
      speak();
    },
    setHeld(held) {
      if (store.get().held === held) return;
      store.set({ held });
      speak();
      pass({ kind: 'held', held });
    },
    quality: () => summarize(counts),
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(measuring);
      clearTimeout(lostTimer);
      peer.close();
      for (const track of microphone.getTracks()) track.stop();
      speaker.srcObject = null;
    },
  };
}
