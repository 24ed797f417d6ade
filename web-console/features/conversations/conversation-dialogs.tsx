/** What wants a second step: handing on, closing, taking over. Loaded when the first one is opened. */
import { lazy, Suspense, useEffect, useState } from 'react';
import type { DialogName, DialogProps } from './dialog-props.ts';

const TransferDialog = lazy(async () => ({
  default: (await import('./transfer-dialog.tsx')).TransferDialog,
}));
const CloseDialog = lazy(async () => ({ default: (await import('./close-dialog.tsx')).CloseDialog }));
const TakeOverDialog = lazy(async () => ({
  default: (await import('./take-over-dialog.tsx')).TakeOverDialog,
}));

interface ConversationDialogsProps extends Omit<DialogProps, 'isOpen'> {
  readonly dialog: DialogName | null;
}

export function ConversationDialogs({ dialog, ...props }: ConversationDialogsProps) {
  const [used, setUsed] = useState<ReadonlySet<DialogName>>(new Set());
  useEffect(() => {
    if (dialog !== null) setUsed((before) => new Set(before).add(dialog));
  }, [dialog]);
  return (
    <Suspense fallback={null}>
      {used.has('transfer') && <TransferDialog {...props} isOpen={dialog === 'transfer'} />}
      {used.has('close') && <CloseDialog {...props} isOpen={dialog === 'close'} />}
      {used.has('takeOver') && <TakeOverDialog {...props} isOpen={dialog === 'takeOver'} />}
    </Suspense>
  );
}
