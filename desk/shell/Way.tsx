import type { ComponentProps } from 'react'
import { navigate } from './route.ts'

interface WayProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** An address of the desk. */
  readonly to: string
  /** Asked as it is gone: whether it leaves no way back to the present address. */
  readonly replaces?: () => boolean
}

/** A way within the desk. Pressed with a key held, it opens where the browser opens such. */
export function Way({ to, replaces = () => false, ...anchor }: WayProps) {
  return (
    <a
      {...anchor}
      href={to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        navigate(to, { replace: replaces() })
      }}
    />
  )
}
