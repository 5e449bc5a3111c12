import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e9f5f4',
  '#d3eae8',
  '#a6d5d1',
  '#7ac3bc',
  '#56b8af',
  '#2f9a92',
  '#178079',
  '#0b6e69',
  '#085a56',
  '#044542',
];

const clay: MantineColorsTuple = [
  '#fdf2e9',
  '#faebdf',
  '#f3cfb3',
  '#ecb287',
  '#e8945a',
  '#dd7d3a',
  '#d2691e',
  '#b4530f',
  '#93430c',
  '#703309',
];

/** Mantine's own greys of the dark scheme are cold: these are of the house. */
const dark: MantineColorsTuple = [
  '#efebe4',
  '#b3aca2',
  '#968f85',
  '#767066',
  '#4a463f',
  '#312e29',
  '#24211d',
  '#1d1b18',
  '#141310',
  '#0e0d0b',
];

/** The look of DESIGN: paper, ink, one accent. Colours come from tokens.css, so that charts and controls agree. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  // The filled shade is dark on paper and light on ink: what stands on it turns with it.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--on-filled)' } : colors;
  },
  colors: { teal, clay, dark },
  fontFamily: 'var(--type)',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--type)', fontWeight: '600' },
  defaultRadius: '8px',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Alert: { styles: { root: { background: 'var(--worse-soft)' } } },
    SegmentedControl: { styles: { root: { background: 'var(--sunk)' } } },
    Modal: {
      defaultProps: { radius: 'var(--radius)', centered: true },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    },
    Drawer: { styles: { title: { fontSize: 16, fontWeight: 600 } } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
});

export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--soft)',
    '--mantine-color-placeholder': 'var(--faint)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-hover': 'var(--accent-soft)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--control-line)',
    '--mantine-color-error': 'var(--worse)',
  };
  return {
    variables: {},
    light: { ...shared, '--on-filled': '#ffffff' },
    dark: { ...shared, '--on-filled': '#0e0d0b' },
  };
};
