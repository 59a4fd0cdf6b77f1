import { useEffect } from 'react'
import { overlays } from './overlays.ts'

/**
 * Stands where the command palette will be while that is fetched. Law: what is typed meanwhile is the palette's, and
 * no key of the canvas, where Backspace deletes a step.
 */
export function TypedAhead({ onType }: { readonly onType: (change: (typed: string) => string) => void }) {
  useEffect(() => {
    const take = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') overlays.hide()
      else if (event.key === 'Backspace') onType((typed) => typed.slice(0, -1))
      // The other keys have names of more than one character.
      else if (event.key.length === 1) onType((typed) => typed + event.key)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => window.removeEventListener('keydown', take, { capture: true })
  }, [onType])
  return null
}
