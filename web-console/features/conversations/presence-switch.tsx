/** Whether new conversations may come to this person; and how loudly the console calls. */
import { Button, Indicator, Menu } from '@mantine/core';
import IconBell from '@tabler/icons-react/icons/IconBell';
import IconBellOff from '@tabler/icons-react/icons/IconBellOff';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconVolume from '@tabler/icons-react/icons/IconVolume';
import IconVolumeOff from '@tabler/icons-react/icons/IconVolumeOff';
import { useContext, useState } from 'react';
import { copy } from '../../copy.ts';
import { sayFailed } from '../../shell/notices.ts';
import { DeskContext, useDeskState } from '../../sync/use-desk.ts';
import { useMuted } from './chime.ts';
import { useLinkLost } from './use-link-lost.ts';

const words = copy.conversations;
export const PRESENCE_COLORS = { online: 'teal.7', away: 'yellow.7', offline: 'gray.5' } as const;
const CHOICES = ['online', 'away'] as const;

export function PresenceSwitch() {
  const desk = useContext(DeskContext);
  const me = useDeskState((state) => state.me);
  const lost = useLinkLost();
  const [muted, setMuted] = useMuted();
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  if (desk === null || me === null) return null;
  // Nobody is handed a conversation whom the desk cannot reach.
  const isReached = lost === null || lost === 'degraded';
  const word = isReached ? words.presence[me.state] : words.presenceLost;

  const choose = async (state: (typeof CHOICES)[number]): Promise<void> => {
    const ack = await desk.ask('presence:set', { state });
    if (ack?.ok) {
      const { me: now } = desk.store.get();
      if (now !== null) desk.store.set({ me: { ...now, state } });
    } else sayFailed(new Error(ack?.error.message ?? words.noAnswer));
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          leftSection={
            <Indicator
              inline
              color={PRESENCE_COLORS[isReached ? me.state : 'offline']}
              position="middle-center"
              size={10}
              w={10}
              h={10}
            />
          }
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={`${words.notices.menu}: ${word}`}
        >
          {word}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map((state) => (
          <Menu.Item
            key={state}
            disabled={!isReached}
            onClick={() => void choose(state)}
            leftSection={<IconCheck size={16} aria-hidden opacity={me.state === state ? 1 : 0} />}
          >
            {words.presence[state]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick={false}
          onClick={() => setMuted(!muted)}
          role="menuitemcheckbox"
          aria-checked={!muted}
          leftSection={muted ? <IconVolumeOff size={16} aria-hidden /> : <IconVolume size={16} aria-hidden />}
          rightSection={muted ? null : <IconCheck size={16} aria-hidden />}
        >
          {words.notices.sound}
        </Menu.Item>
        <Menu.Item
          closeMenuOnClick={false}
          disabled={permission !== 'default'}
          onClick={async () => setPermission(await Notification.requestPermission())}
          leftSection={
            permission === 'denied' ? (
              <IconBellOff size={16} aria-hidden />
            ) : (
              <IconBell size={16} aria-hidden />
            )
          }
        >
          {permission === 'default'
            ? words.notices.allow
            : permission === 'granted'
              ? words.notices.allowed
              : words.notices.blocked}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
