/**
 * The keyboard of the whole page. Laws: what is typed in a field stays there, but for actions that say otherwise; behind
 * a dialog or a menu nothing happens; a key whose action cannot be done now is the browser's.
 */
import { getHotkeyHandler } from '@mantine/hooks'
import { useEffect } from 'react'
import { isMac } from '#ui/kit/mac.ts'
import type { Action } from './action.ts'
import { canPerform } from './perform.ts'

type Hotkey = Parameters<typeof getHotkeyHandler>[0][number]
const DIGIT = /(\+)(\d)$/
const OPTION = /\balt\+.*[A-Z]$/

/** Listens for the shortcuts of these actions. */
export function useShortcuts(actions: readonly Action[]): void {
  useEffect(() => {
    const mac = isMac()
    const heard = actions.filter((action) => action.heardByBrowser !== true)
    const hotkeys = heard.flatMap((action) =>
      action.keys.map((keys) => {
        const press = (event: KeyboardEvent): void => {
          if (event.defaultPrevented || isElsewhere(event.target, action) || !canPerform(action)) return
          event.preventDefault()
          action.perform()
        }
        // With Shift held a digit's key types something else, and what it types differs from country to country.
        const usePhysicalKeys = DIGIT.test(keys) || (mac && OPTION.test(keys))
        const hotkey = keys.replace(DIGIT, '$1Digit$2')
        return [hotkey, press, { preventDefault: false, usePhysicalKeys }] satisfies Hotkey
      }),
    )
    const listener = getHotkeyHandler(hotkeys)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [actions])
}

/** Whether the key was meant for what has the focus. */
function isElsewhere(target: EventTarget | null, action: Action): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return true
  return action.inFields !== true && (target.isContentEditable || target.closest('input, textarea, select') !== null)
}
