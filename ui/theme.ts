/** Mantine in the colours of `tokens.css`: shades whose filled and light variants keep 4.5:1 in both schemes. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#ececfb',
  '#dcdcf7',
  '#bcbdef',
  '#a5abff',
  '#8f95f5',
  '#7478e6',
  '#5f63d6',
  '#4f53c8',
  '#4549bf',
  '#3b3fb6',
]
const red: MantineColorsTuple = [
  '#fdecec',
  '#fad7d7',
  '#f4b0b0',
  '#ff9c9c',
  '#ea7d7d',
  '#de5f5f',
  '#d04545',
  '#c53535',
  '#ba2b2b',
  '#b02323',
]
const orange: MantineColorsTuple = [
  '#fdeee5',
  '#fadbc8',
  '#f5bb98',
  '#ffa678',
  '#ec8a55',
  '#e07134',
  '#cf5b1c',
  '#c25010',
  '#b9470b',
  '#a83c07',
]
const yellow: MantineColorsTuple = [
  '#fdf3d9',
  '#fae7b4',
  '#f5d88a',
  '#f0c25a',
  '#e0ab34',
  '#cc9315',
  '#b57d05',
  '#a06c00',
  '#926000',
  '#7d5000',
]
const dark: MantineColorsTuple = [
  '#e8ebf0',
  '#c5ccd6',
  '#a3adba',
  '#79838f',
  '#333944',
  '#2a2f38',
  '#22262d',
  '#1b1e24',
  '#16191e',
  '#14161b',
]
const green: MantineColorsTuple = [
  '#e3f6ec',
  '#c6ebd8',
  '#96dcb9',
  '#5bd6a0',
  '#35bf83',
  '#1aa36b',
  '#10905c',
  '#0c8253',
  '#0b784d',
  '#0a6542',
]

/** The theme; `close` is what every close button says to a screen reader. */
export function createScreenTheme({ close }: { readonly close: string }) {
  return createTheme({
    ...look,
    components: { CloseButton: { defaultProps: { 'aria-label': close } } },
  })
}

const look = createTheme({
  colors: { accent, dark, red, orange, yellow, green },
  primaryColor: 'accent',
  primaryShade: 9,
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's own names for what `tokens.css` says. */
const names = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-dim)',
  '--mantine-color-placeholder': 'var(--text-dim)',
  '--mantine-color-default': 'var(--surface-raised)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--accent)',
}

/**
 * The same names in both schemes: the tokens know which is on. Mantine's own would win if they were given once only.
 */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: names, dark: names })
