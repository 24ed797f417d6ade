import { Stack } from '@mantine/core';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';

/** Stands where a conversation is on its way. */
export function OpeningConversation() {
  return (
    <div className="conversation">
      <Stack p="lg">
        <RowsSkeleton />
      </Stack>
    </div>
  );
}
