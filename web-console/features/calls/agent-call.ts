/** A voice call that this page has, from taking it to its end. */
import type { CallRow, CallTaken } from '../../../src/contracts/calls.ts';
import { createStore, type Store } from '../../../web-sync/store.ts';
import type { VoiceState } from '../../../web-sync/voice-call.ts';
import { createTalk, type Talk } from '../../../web-sync/voice-talk.ts';
import type { DeskClient } from '../../sync/desk-client.ts';

export interface AgentCallState {
  readonly call: CallRow;
  /** null: it is just being made. */
  readonly voice: VoiceState | null;
  /** When the first sound could be heard. */
  readonly connectedAt: number | null;
  readonly isOver: boolean;
}

export interface AgentCall extends Pick<Talk, 'hangUp' | 'setMuted' | 'setHeld'> {
  readonly store: Store<AgentCallState>;
}

export function createAgentCall(
  desk: Pick<DeskClient, 'ask' | 'listen'>,
  {
    taken,
    page,
    microphone,
  }: { readonly taken: CallTaken; readonly page: string; readonly microphone: MediaStream },
): AgentCall {
  const { call, iceServers } = taken;
  const store = createStore<AgentCallState>({ call, voice: null, connectedAt: null, isOver: false });
  const show = (now: CallRow): CallRow['status'] => {
    store.set({ call: now });
    return now.status;
  };
  const onBeforeLeave = (event: BeforeUnloadEvent): void => event.preventDefault();
  const talk = createTalk({
    microphone,
    iceServers,
    offers: true,
    line: {
      async pass(signal) {
        const ack = await desk.ask('call:signal', { call: call.id, signal });
        return ack?.ok === true && ack.data.delivered;
      },
      async end(reason) {
        const ack = await desk.ask('call:end', { call: call.id, reason });
        return ack?.ok ? show(ack.data) : null;
      },
      async resume() {
        const ack = await desk.ask('call:resume', { call: call.id, page });
        if (ack?.ok) return show(ack.data);
        return ack?.error.code === 'call_not_found' ? 'gone' : null;
      },
      report: (quality) => void desk.ask('call:report', { call: call.id, quality }),
    },
    onVoice: (voice) =>
      store.set({
        voice,
        ...(voice.link === 'connected' && store.get().connectedAt === null
          ? { connectedAt: Date.now() }
          : {}),
      }),
    onOver() {
      stopListening();
      removeEventListener('beforeunload', onBeforeLeave);
      store.set({ isOver: true });
    },
  });
  const stopListening = desk.listen((event) => {
    if (event.kind === 'entered') talk.takeUp();
    if (event.kind === 'call' && event.call.id === call.id) talk.takeStatus(show(event.call));
    if (event.kind === 'callSignal' && event.call === call.id) talk.takeSignal(event.signal);
  });
  addEventListener('beforeunload', onBeforeLeave);
  talk.takeStatus(call.status);
  return { store, hangUp: talk.hangUp, setMuted: talk.setMuted, setHeld: talk.setHeld };
}
