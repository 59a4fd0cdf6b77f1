/**
 * Tells the customer that somebody writes. Said at most once in `AGAIN` while one types, and taken back when the field
 * is empty, left, or rests for `REST`.
 */
import { useEffect, useMemo } from 'react'
import { api } from '#ui/client.ts'

const AGAIN = 3_000
const REST = 5_000

export function useTyping(conversation: string) {
  const typing = useMemo(
    () => createTyping((is) => void api.typing(conversation, is).catch(() => undefined)),
    [conversation],
  )
  useEffect(() => typing.stopped, [typing])
  return typing
}

export function createTyping(tell: (typing: boolean) => void) {
  let said = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const quiet = (): void => {
    clearTimeout(timer)
    said = 0
  }
  const stopped = (): void => {
    const was = said > 0
    quiet()
    if (was) tell(false)
  }
  return {
    wrote(something: boolean): void {
      if (!something) return stopped()
      clearTimeout(timer)
      timer = setTimeout(stopped, REST)
      if (Date.now() - said < AGAIN) return
      said = Date.now()
      tell(true)
    },
    /** The message itself says that one has stopped. */
    sent: quiet,
    stopped,
  }
}
