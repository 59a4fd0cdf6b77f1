import { useState } from 'react'
import { ApiProblem, type Detail } from '#ui/request.ts'
import { words } from '../words/en.ts'

export interface Refusal {
  readonly message: string
  /** Where the fault is, by JSON pointer into what was sent. */
  readonly errors: readonly Detail[]
}

export type Acting = ReturnType<typeof useAct>

/** Does something at the server, one at a time, and says why it was not done. */
export function useAct() {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const perform = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setRefusal({ message: error.status === 0 ? words.admin.noAnswer : error.message, errors: error.errors })
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    refusal,
    go(act: () => Promise<void>): void {
      if (!busy) void perform(act)
    },
    /** What is said of a field; `/` names its place in what was sent. */
    faultAt: (pointer: string): string | undefined =>
      refusal?.errors.find((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`))?.message,
  }
}
