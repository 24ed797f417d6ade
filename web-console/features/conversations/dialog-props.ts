import type { ConversationRow } from '../../../src/contracts/console.ts';
import type { Actions } from './use-actions.ts';

export type DialogName = 'transfer' | 'close' | 'takeOver';

export interface DialogProps {
  readonly row: ConversationRow;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly actions: Actions;
}
