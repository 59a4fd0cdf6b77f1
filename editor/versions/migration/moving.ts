/**
 * Moving the conversations of a flow to one of its versions, some at a time, until none is left that can be.
 *
 *   none -> running -> done | stopped | failed;  done | stopped | failed -> running (those that stayed are tried again)
 *
 * Law 1: each conversation is moved whole or stays whole; that is the server's doing, and each is listed once.
 * Law 2: what moved before it was stopped or failed has moved, and stays listed.
 * Law 3: it ends: a round that moves nobody is the last, however many are left.
 */
import { createStore } from 'zustand/vanilla'
import type { MigrationRequest, Moved } from '#ui/migration.ts'

export interface Moving {
  readonly stage: 'none' | 'running' | 'done' | 'stopped' | 'failed'
  readonly moved: readonly string[]
  /** Those that stay on their version, and why. */
  readonly stayed: Moved['stayed']
  readonly error: Error | null
}

export type Move = (request: MigrationRequest, signal: AbortSignal) => Promise<Moved>

/** In one round: few enough that progress is seen. */
export const ROUND = 50

const NONE: Moving = { stage: 'none', moved: [], stayed: [], error: null }

export function createMoving(version: number, move: Move) {
  const store = createStore<Moving>(() => NONE)
  let asking: AbortController | null = null

  const go = async (conversations?: readonly string[]): Promise<void> => {
    const mine = new AbortController()
    asking = mine
    let open = conversations
    for (;;) {
      const round = open?.slice(0, ROUND)
      try {
        const which = round === undefined ? {} : { conversations: round }
        const answer = await move({ version, limit: ROUND, ...which }, mine.signal)
        if (asking !== mine) return
        add(answer)
        open = open?.slice(ROUND)
        const isOver = open === undefined ? answer.left === 0 || answer.moved.length === 0 : open.length === 0
        if (isOver) return store.setState({ stage: 'done' })
      } catch (error) {
        if (asking !== mine) return
        return store.setState({ stage: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
      }
    }
  }
  const add = ({ moved, stayed }: Moved): void => {
    const before = store.getState()
    const told = new Set([...moved, ...stayed.map(({ conversation }) => conversation)])
    const others = before.stayed.filter(({ conversation }) => !told.has(conversation))
    store.setState({ moved: [...new Set([...before.moved, ...moved])], stayed: [...others, ...stayed] })
  }

  return {
    store,
    begin(): void {
      store.setState({ ...NONE, stage: 'running' })
      void go()
    },
    /** Tries again with those that stayed; with everybody, where it was stopped or failed. */
    again(): void {
      const { stage, stayed } = store.getState()
      if (stage === 'running') return
      store.setState({ stage: 'running', error: null })
      void go(stage === 'done' ? stayed.map(({ conversation }) => conversation) : undefined)
    },
    stop(): void {
      asking?.abort()
      asking = null
      if (store.getState().stage === 'running') store.setState({ stage: 'stopped' })
    },
  }
}
