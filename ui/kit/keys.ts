/** Shortcuts as people read them on their machine: `mod+shift+Z` is Ctrl Shift Z, or ⌘ ⇧ Z on a Mac. */
import { isMac } from './mac.ts'

const MAC: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃' }
const OTHER: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl' }
const NAMED: Readonly<Record<string, string>> = {
  escape: 'Esc',
  delete: 'Del',
  backspace: '⌫',
  enter: '↵',
  space: '␣',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  plus: '+',
  minus: '−',
}

/** The keys of a shortcut, one by one, to be shown as caps. */
export function capsOf(shortcut: string, mac = isMac()): readonly string[] {
  return shortcut.split('+').map((part) => {
    const key = part
      .trim()
      .toLowerCase()
      .replace(/^\[(.+)\]$/, '$1')
    return (mac ? MAC : OTHER)[key] ?? NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : part)
  })
}
