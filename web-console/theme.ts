/** How the console looks: calm, a deep blue that goes with the chat, letters that can be read all day. */
import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';

/** Around #0b5cad, the blue of the chat. */
const sea: MantineColorsTuple = [
  '#e8f3fb',
  '#d2e5f5',
  '#a5cbea',
  '#74afde',
  '#4c97d4',
  '#2f84c7',
  '#1a72b5',
  '#0b5c9c',
  '#084b81',
  '#053a66',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  colors: { sea },
  // From 1100 px on the rail has room for its labels.
  breakpoints: { lg: '68.75em' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Not by Badge.extend and the like: that would load what is named here with the first screen.
  components: {
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
    // The placeholder is no item, and a menu may hold nothing else.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true }, styles: { title: { fontWeight: 650 } } },
    Drawer: { styles: { title: { fontWeight: 650 } } },
    Table: { defaultProps: { verticalSpacing: 'sm' } },
  },
});

export const colorSchemes = localStorageColorSchemeManager({ key: 'console-color-scheme' });

/** Grey and red as Mantine has them cannot be read by everybody: these have 4.5 to 1 on every ground they lie on. */
export const resolveColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56636f',
    '--mantine-color-placeholder': '#66727e',
    '--mantine-color-error': '#c2201a',
    '--mantine-color-red-text': '#c2201a',
    '--mantine-color-red-outline': '#c2201a',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--mantine-color-teal-light-color': '#06684a',
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-orange-light-color': '#9c3d00',
    '--mantine-color-red-light-color': '#b01c1c',
  },
  dark: {
    '--mantine-color-dimmed': '#a6b0ba',
    '--mantine-color-placeholder': '#98a2ac',
    '--mantine-color-error': '#ff9c9c',
    '--mantine-color-red-text': '#ff9c9c',
    '--mantine-color-red-filled': '#c92a2a',
  },
});
