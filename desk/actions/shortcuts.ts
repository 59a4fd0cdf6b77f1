/**
 * The keyboard of the whole page. Laws: what is typed in a field stays there, but for actions that say otherwise;
 * behind a dialog or a menu nothing happens; a key whose action cannot be done now is the browser's; who types while
 * their field is taken away (it was closed, or passed to somebody else) gives no commands by the rest of the word.
 */
import { getHotkeyHandler } from '@mantine/hooks'
import { useEffect } from 'react'
import type { Action } from './action.ts'
import { scene } from './scene.ts'

/** Listens for the shortcuts of these actions. */
export function useShortcuts(actions: readonly Action[]): void {
  useEffect(() => {
    const hotkeys = actions.flatMap((action) =>
      action.keys.map((keys) => {
        const press = (event: KeyboardEvent): void => {
          if (event.defaultPrevented || isElsewhere(event.target, action)) return
          const now = scene()
          if (now === null || !(action.when?.(now) ?? true)) return
          event.preventDefault()
          action.perform(now)
        }
        return [keys, press, { preventDefault: false }] satisfies Parameters<typeof getHotkeyHandler>[0][number]
      }),
    )
    const handle = getHotkeyHandler(hotkeys)
    const isRestOfWord = createTypist()
    const listener = (event: KeyboardEvent): void => {
      if (!isRestOfWord(event)) handle(event)
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [actions])
}

/** So long after a key another one is the same word's, in milliseconds. */
const SAME_WORD = 2_000

/** Tells of each key whether it goes on with what was typed in a field that is gone. */
function createTypist(): (event: KeyboardEvent) => boolean {
  let field: Element | null = null
  let at = 0
  return ({ target, key, ctrlKey, metaKey, altKey, timeStamp }) => {
    const isLetter = key.length === 1 && !ctrlKey && !metaKey && !altKey
    const isIn = target instanceof Element ? target.closest('input, textarea') : null
    if (isIn !== null) {
      field = isLetter ? isIn : null
      at = timeStamp
      return false
    }
    const isRest = isLetter && field !== null && !field.isConnected && timeStamp - at < SAME_WORD
    if (isRest) at = timeStamp
    else field = null
    return isRest
  }
}

/** Whether the key was meant for what has the focus. */
function isElsewhere(target: EventTarget | null, action: Action): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return true
  return action.inFields !== true && (target.isContentEditable || target.closest('input, textarea, select') !== null)
}
