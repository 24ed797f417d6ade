import { Badge, Group } from '@mantine/core';
import type { GroupRow, MissKind } from '../../../src/contracts/unanswered.ts';
import { words } from './copy.ts';

/** What costs most is seen first. */
const COLORS: Readonly<Record<MissKind, string>> = {
  wrong: 'red',
  handedOver: 'orange',
  unhelpful: 'yellow',
  unknown: 'gray',
  clarified: 'gray',
  proposed: 'teal',
};
const KINDS = Object.keys(COLORS) as MissKind[];

/** @param isOne of one question: then there is nothing to count */
export function SignalBadges({
  signals,
  isOne = false,
}: Pick<GroupRow, 'signals'> & { readonly isOne?: boolean }) {
  return (
    <Group gap={4}>
      {KINDS.map((kind) => {
        const people = signals[kind];
        return people === undefined ? null : (
          <Badge key={kind} size="sm" variant="light" color={COLORS[kind]} className="unanswered-badge">
            {isOne ? words.signals[kind] : words.signal(kind, people)}
          </Badge>
        );
      })}
    </Group>
  );
}
