/**
 * One try to sign in after another. States: ready -> trying -> in, or refused (with a sentence), or held (the server
 * takes no try for a while; counted down) -> ready.
 */
import { useEffect, useState } from 'react'
import { faultOf, waitOf, type Way } from './fault.ts'
import { words } from './words.ts'

const SECOND = 1_000

export interface Trying {
  readonly busy: boolean
  /** What is said about the last try. */
  readonly said: string | null
  /** Seconds until the next may be made. */
  readonly wait: number
  /** `onRefused`: to bring the hands to where they are needed next. */
  begin(act: () => Promise<void>, onRefused?: () => void): void
}

export function useTrying(way: Way): Trying {
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const [until, setUntil] = useState(0)
  const [wait, setWait] = useState(0)
  useEffect(() => {
    if (until === 0) return
    // By the clock, not by beats: a device may sleep meanwhile.
    const look = (): void => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / SECOND))
      setWait(left)
      if (left > 0) return
      clearInterval(beat)
      setSaid(null)
    }
    const beat = setInterval(look, SECOND)
    return () => clearInterval(beat)
  }, [until])

  const attempt = async (act: () => Promise<void>, onRefused: () => void): Promise<void> => {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      const fault = faultOf(way, error)
      setWait(fault.wait)
      setUntil(fault.wait > 0 ? Date.now() + fault.wait * SECOND : 0)
      // Said once, with the whole wait: the button counts.
      setSaid(fault.wait > 0 ? words.fault.tooFast(waitOf(fault.wait)) : fault.said)
      onRefused()
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    said,
    wait,
    begin(act, onRefused = () => {}) {
      if (!busy && wait <= 0) void attempt(act, onRefused)
    },
  }
}
