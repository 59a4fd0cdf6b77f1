import { lazy, startTransition, Suspense, useId, useState } from 'react'
import type { FocusEvent, ReactElement, ReactNode, SyntheticEvent } from 'react'

const HintBubble = lazy(() => import('./hint-bubble.tsx').then(({ HintBubble }) => ({ default: HintBubble })))

interface HintProps {
  readonly label: ReactNode
  /** A sentence, which may take several lines. */
  readonly long?: boolean
  /** One element, the control that is spoken of. */
  readonly children: ReactElement
}

/**
 * Says beside a control what it is for, while the pointer is over it or the keyboard has come to it; Escape takes it
 * away. What draws it is fetched with the first hint that anybody asks for.
 */
export function Hint({ label, long = false, children }: HintProps) {
  const id = useId()
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const [shown, setShown] = useState(false)
  const show = ({ currentTarget }: SyntheticEvent<HTMLElement>): void => {
    const control = currentTarget.firstElementChild
    if (!(control instanceof HTMLElement)) return
    startTransition(() => {
      setTarget(control)
      setShown(true)
    })
  }
  const hide = (): void => setShown(false)
  const showForKeyboard = (event: FocusEvent<HTMLElement>): void => {
    if (event.target.matches(':focus-visible')) show(event)
  }
  return (
    <span
      style={{ display: 'contents' }}
      onPointerEnter={show}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={showForKeyboard}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide()
      }}
    >
      {children}
      {target && (
        <Suspense fallback={null}>
          <HintBubble id={id} target={target} shown={shown} label={label} long={long} />
        </Suspense>
      )}
    </span>
  )
}
