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

/** What lies over the page. */
const raised = { borderColor: 'var(--line-strong)', boxShadow: 'var(--shadow-raised)' };

/** The look of DESIGN: paper, ink, one accent. Colours come from tokens.css, so that charts and controls agree. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const isAccent = input.color === undefined || input.color === 'teal';
    // The filled shade is dark on paper and light on ink: what stands on it turns with it.
    if (input.variant === 'filled') return { ...colors, color: 'var(--on-filled)' };
    // A button is told by its words: its edge may be quieter than that of a field.
    if (input.variant === 'default') return { ...colors, border: '1px solid var(--line-strong)' };
    if (input.variant === 'subtle' && isAccent) {
      return { ...colors, color: 'var(--accent)', hover: 'var(--accent-soft)', hoverColor: 'var(--accent)' };
    }
    return colors;
  },
  colors: { teal, clay, dark },
  fontFamily: 'var(--type)',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  fontSizes: {
    xs: 'var(--text-caption)',
    sm: 'var(--text-note)',
    md: 'var(--text-body)',
    lg: 'var(--text-lead)',
    xl: 'var(--text-heading)',
  },
  shadows: { sm: 'var(--shadow)', md: 'var(--shadow-raised)', lg: 'var(--shadow-raised)' },
  headings: { fontFamily: 'var(--type)', fontWeight: '600' },
  defaultRadius: 'var(--radius-control)',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Alert: { styles: { root: { background: 'var(--worse-soft)' } } },
    // Choices with longer words go on in another row.
    SegmentedControl: { styles: { root: { background: 'var(--sunk)', maxWidth: '100%', flexWrap: 'wrap' } } },
    // Beside its items a menu may hold nothing that takes the focus: they get it at once.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false }, styles: { dropdown: raised } },
    Popover: { styles: { dropdown: raised } },
    Modal: {
      defaultProps: { radius: 'var(--radius)', centered: true, overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontSize: 'var(--text-lead)', fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontSize: 'var(--text-lead)', fontWeight: 600 } },
    },
    Button: { styles: { label: { fontWeight: 550 } } },
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
