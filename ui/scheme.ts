/** Light or dark: what a person chose on this device, else what the system says. Mantine asks it, actions change it. */
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

const PLACE = 'baton.scheme'

export interface Scheme extends MantineColorSchemeManager {
  toggle(): void
}

export function createScheme(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Scheme {
  let update: (scheme: MantineColorScheme) => void = () => {}
  const attempt = <Value>(act: () => Value): Value | null => {
    try {
      return act()
    } catch {
      return null
    }
  }
  const set = (scheme: MantineColorScheme): void => void attempt(() => storage.setItem(PLACE, scheme))
  return {
    get(otherwise) {
      const kept = attempt(() => storage.getItem(PLACE))
      return kept === 'light' || kept === 'dark' ? kept : otherwise
    },
    set,
    subscribe: (onUpdate) => {
      update = onUpdate
    },
    unsubscribe: () => {
      update = () => {}
    },
    clear: () => void attempt(() => storage.removeItem(PLACE)),
    toggle() {
      const next = document.documentElement.dataset['mantineColorScheme'] === 'dark' ? 'light' : 'dark'
      set(next)
      update(next)
    },
  }
}

export const scheme = createScheme(window.localStorage)
