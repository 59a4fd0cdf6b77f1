export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

/** Colours where somebody sees them: on a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
export function styleFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb' ? coloured : plain
}

const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }

const coloured: Style = {
  bold: between(1, 22),
  dim: between(2, 22),
  red: between(31, 39),
  green: between(32, 39),
  yellow: between(33, 39),
  cyan: between(36, 39),
}

function same(text: string): string {
  return text
}

function between(on: number, off: number) {
  return (text: string) => `\u001b[${on}m${text}\u001b[${off}m`
}
