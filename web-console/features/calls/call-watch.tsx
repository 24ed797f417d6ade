/** Follows, on every screen, which calls ring with this person; what shows them comes later, in a file of its own. */
import { Suspense, useState } from 'react';
import type { CallRow } from '../../../src/contracts/calls.ts';
import { useSession } from '../../session.tsx';
import { lazily } from '../../shell/load-later.ts';
import { useDesk, useDeskEvents } from '../../sync/use-desk.ts';

const CallPanel = lazily(
  () => import('./call-panel.tsx'),
  (file) => file.CallPanel,
);

export function CallWatch() {
  const desk = useDesk();
  const { may } = useSession();
  const [ringing, setRinging] = useState<readonly CallRow[]>([]);
  const [isTalking, setTalking] = useState(false);

  const lookAnew = async (): Promise<void> => {
    const ack = await desk.ask('call:live', {});
    if (ack?.ok) setRinging(ack.data.ringing);
  };
  useDeskEvents((event) => {
    if (!may('calls.handle')) return;
    if (event.kind === 'entered') void lookAnew();
    if (event.kind !== 'call' && event.kind !== 'callRinging') return;
    const { call } = event;
    const others = (before: readonly CallRow[]): CallRow[] => before.filter(({ id }) => id !== call.id);
    if (event.kind === 'callRinging') setRinging((before) => [...others(before), call]);
    else if (call.status !== 'ringing') setRinging(others);
  });
  if (ringing.length === 0 && !isTalking) return null;
  return (
    <Suspense>
      <CallPanel
        ringing={ringing}
        dismiss={(id) => setRinging((before) => before.filter((call) => call.id !== id))}
        onTalking={(talks) => {
          setTalking(talks);
          // Another one may have begun to ring meanwhile.
          if (!talks) void lookAnew();
        }}
      />
    </Suspense>
  );
}
