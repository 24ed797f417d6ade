import { UnstyledButton } from '@mantine/core';
import IconDown from '@tabler/icons-react/icons/IconArrowDownRight';
import IconSame from '@tabler/icons-react/icons/IconArrowRight';
import IconUp from '@tabler/icons-react/icons/IconArrowUpRight';
import type { ReactNode } from 'react';
import type { Change, Spread } from '../../../src/contracts/analytics.ts';
import type { DefinedName } from '../../../src/contracts/analytics-definitions.ts';
import { formatSpan } from '../conversations/clock.ts';
import { words } from './copy.ts';
import { DefinitionTip, useDefinition } from './definition-tip.tsx';

/** So many days before are compared with; null: nothing was counted in them. */
export type ComparedDays = number | null;

interface CountTileProps {
  readonly name: DefinedName;
  readonly change: Change;
  /** What it is a share of. */
  readonly of?: { readonly name: DefinedName; readonly count: number };
  readonly days: ComparedDays;
  /** Left out: the person may not see conversations. */
  readonly open?: (() => void) | undefined;
}

/** A number, what it is a share of, and how it was before. */
export function CountTile({ name, change, of, days, open }: CountTileProps) {
  const base = useDefinition(of?.name ?? name).label;
  const share = of === undefined ? null : words.share(change.now, of.count, base);
  return (
    <Tile name={name} open={change.now > 0 ? open : undefined} value={words.count(change.now)}>
      {share !== null && <small>{share}</small>}
      <ChangeLine {...change} days={days} />
    </Tile>
  );
}

/** How long it took most people, and nearly all. */
export function TimeTile(props: {
  readonly name: DefinedName;
  readonly now: Spread;
  readonly before: Spread;
  readonly days: ComparedDays;
}) {
  const { name, now, before, days } = props;
  const { medianSeconds, p95Seconds } = now;
  return (
    <Tile name={name} value={medianSeconds === null ? words.none : formatSpan(medianSeconds * 1_000)}>
      {p95Seconds !== null && <small>{words.p95(formatSpan(p95Seconds * 1_000))}</small>}
      {medianSeconds !== null && (
        <ChangeLine
          now={medianSeconds}
          before={before.medianSeconds ?? 0}
          days={before.medianSeconds === null ? null : days}
        />
      )}
    </Tile>
  );
}

export function ChangeLine({ now, before, days }: Change & { readonly days: ComparedDays }) {
  const Icon = now === before ? IconSame : now > before ? IconUp : IconDown;
  return (
    <small className="analytics-change">
      {days !== null && <Icon size={14} aria-hidden />}
      <span>{words.change(now, before, days)}</span>
    </small>
  );
}

interface TileProps {
  readonly name: DefinedName;
  readonly value: string;
  readonly open?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Tile({ name, value, open, children }: TileProps) {
  const { label } = useDefinition(name);
  return (
    <div className="analytics-tile">
      <dt>
        <span>{label}</span>
        <DefinitionTip name={name} />
      </dt>
      <dd>
        {open === undefined ? (
          <strong>{value}</strong>
        ) : (
          <UnstyledButton className="analytics-open" aria-label={words.showBehind(label)} onClick={open}>
            <strong>{value}</strong>
          </UnstyledButton>
        )}
        {children}
      </dd>
    </div>
  );
}
