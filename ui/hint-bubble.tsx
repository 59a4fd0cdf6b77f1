import { Tooltip } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'

interface HintBubbleProps {
  readonly id: string
  readonly target: HTMLElement
  readonly shown: boolean
  readonly label: ReactNode
  readonly long: boolean
}

export function HintBubble({ id, target, shown, label, long }: HintBubbleProps) {
  useEffect(() => {
    if (!shown) return
    target.setAttribute('aria-describedby', id)
    return () => target.removeAttribute('aria-describedby')
  }, [target, shown, id])
  const room = long ? { multiline: true, maw: 280 } : {}
  return <Tooltip id={id} target={target} opened={shown} label={label} {...room} />
}
