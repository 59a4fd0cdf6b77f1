/**
 * Requests to the nodes, as a client of the HTTP interface sends them: to any node, late, twice, and again under the same
 * key for as long as nobody knows what became of them.
 *
 *   sent --a node that is there--> running --answered--> known
 *        --none, dead, or dead while it ran, or unavailable--> sent again, later
 */
import { isDeepStrictEqual } from 'node:util'
import { RuntimeError } from '#server/runtime/runtime.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import type { Oracle } from './oracle.ts'
import { Violation } from './violation.ts'
import type { SimulatedNode } from './nodes.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export interface Request {
  readonly what: string
  /** With a key: what is said about it must hold for ever. */
  readonly keyed?: { readonly conversation: string; readonly key: string }
  call(runtime: RunningRuntime): Promise<unknown>
  /** Once, when it is known what became of it. */
  known?(outcome: { readonly taken: true } | { readonly taken: false; readonly error: RuntimeError }): unknown
}

export interface Callers {
  send(request: Request): void
  readonly open: number
  doubled: number
}

/** A client that hears nothing asks again. */
const PATIENCE = 12_000

export function createCallers(
  scheduler: Scheduler,
  random: Random,
  nodes: readonly SimulatedNode[],
  oracle: Oracle,
  fail: (error: unknown) => void,
): Callers {
  let open = 0
  let doubled = 0

  const distance = (): number => (random.chance(doubled / 3) ? random.between(100, 3_000) : random.between(1, 25))

  function send(request: Request): void {
    open++
    let isKnown = false
    let answer: unknown
    const settle = (outcome: Parameters<NonNullable<Request['known']>>[0]): void => {
      if (isKnown) return
      isKnown = true
      open--
      request.known?.(outcome)
    }
    const attempt = (): void => {
      if (isKnown) return
      let isOver = false
      const again = (): void => {
        if (isOver) return
        isOver = true
        scheduler.after(random.between(50, 1_000), `again ${request.what}`, undefined, attempt)
      }
      scheduler.after(PATIENCE, `patience ${request.what}`, undefined, again)
      scheduler.after(distance(), `sent ${request.what}`, undefined, () => {
        const node = random.pick(nodes)?.ready
        if (!node) return again()
        scheduler.after(0, `arrives ${request.what}`, node.place, () => {
          const { keyed } = request
          const wasWritten = keyed !== undefined && oracle.isWritten(keyed.conversation, keyed.key)
          const heard = (what: string, tell: () => void): unknown =>
            node.place.alive && scheduler.after(distance(), `${what} ${request.what}`, undefined, tell)
          request.call(node.runtime).then(
            (value) =>
              heard('taken', () => {
                isOver = true
                if (request.keyed) oracle.acknowledged(request.keyed.conversation, request.keyed.key)
                if (answer !== undefined && request.keyed && !isDeepStrictEqual(answer, value))
                  throw new Violation('I17', `${request.what}: two answers to one key`)
                answer = value
                settle({ taken: true })
              }),
            (error: unknown) =>
              heard('refused', () => {
                if (!(error instanceof RuntimeError)) return fail(error)
                if (error.code === 'unavailable') return again()
                if (request.keyed === undefined) {
                  isOver = true
                  return settle({ taken: false, error })
                }
                if (wasWritten)
                  return fail(new Violation('I17', `${request.what}: refused (${error.code}) after it had been taken`))
                if (error.code === 'key-reused') return fail(new Violation('I17', `${request.what}: ${error.message}`))
                isOver = true
                settle({ taken: false, error })
              }),
          )
        })
      })
    }
    attempt()
    if (random.chance(doubled)) attempt()
  }

  return {
    send,
    get open() {
      return open
    },
    get doubled() {
      return doubled
    },
    set doubled(next) {
      doubled = next
    },
  }
}
