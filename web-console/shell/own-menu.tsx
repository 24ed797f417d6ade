import {
  Avatar,
  Group,
  type MantineColorScheme,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle';
import { Link } from 'react-router';
import { copy } from '../copy.ts';
import { useSession } from '../session.tsx';
import { sayFailed } from './notices.ts';

const SCHEMES = [
  { scheme: 'auto', label: copy.ownMenu.system, Icon: IconDeviceDesktop },
  { scheme: 'light', label: copy.ownMenu.light, Icon: IconSun },
  { scheme: 'dark', label: copy.ownMenu.dark, Icon: IconMoon },
] as const;

/** Behind the person's initials: profile, appearance, signing out. */
export function OwnMenu() {
  const { account, signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={250} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton aria-label={copy.ownMenu.open(account.name)} className="console-own">
          <Avatar name={account.name} color="sea" variant="filled" size={36} radius="xl" aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--mantine-color-text)" size="sm" component="span" display="block">
            {account.name}
          </Text>
          {copy.roles[account.role]}
        </Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconUserCircle size={18} aria-hidden />}>
          {copy.ownMenu.profile}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{copy.ownMenu.appearance}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {SCHEMES.map(({ scheme, label, Icon }) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              <Group gap="xs" component="span">
                <Icon size={18} aria-hidden />
                {label}
              </Group>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => void signOut().catch(sayFailed)}
        >
          {copy.ownMenu.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
