/** What wants a second step: handing on, closing, taking over. Each has a file of its own. */
import { Suspense, useEffect, useState } from 'react';
import { lazily } from '../../shell/load-later.ts';
import type { DialogName, DialogProps } from './dialog-props.ts';
import { loadCloseDialog, loadTakeOverDialog, loadTransferDialog } from './load-dialogs.ts';

const TransferDialog = lazily(loadTransferDialog, (file) => file.TransferDialog);
const CloseDialog = lazily(loadCloseDialog, (file) => file.CloseDialog);
const TakeOverDialog = lazily(loadTakeOverDialog, (file) => file.TakeOverDialog);

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
