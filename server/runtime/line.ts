/**
 * The one connection of a node that stays open. On it the node listens for hints of other nodes, and holds a lock for
 * each name it claims, so that other nodes can tell whether it lives: PostgreSQL frees the locks when the process dies.
 *
 *   connecting --> open --lost--> connecting (after a pause) ... --close()--> closed
 *
 * Hints are only hints: NOTIFY inside an event's transaction would let one commit at a time through the whole database,
 * so they are gathered and sent after COMMIT, and whoever follows something also looks for itself now and then. What could
 * not be sent is sent when the line is back; what was sent while it was away is missed, and listeners are told so.
 */
import pg from 'pg'
import { connectionTo } from '../store/connection.ts'
import type { Log } from './log.ts'
import type { Hint, Typing } from './runtime.ts'

export interface Line {
  /** Tells this node's listeners at once and the other nodes' soon. */
  announce(hint: Hint): void
  /** `undefined` means that hints may have been missed. Returns how to stop listening. */
  onHint(listener: (hint: Hint | undefined) => void): () => void
  /** Tells that somebody types, as a hint is told; whoever is not there to hear it never will. */
  type(typing: Typing): void
  onTyping(listener: (typing: Typing) => void): () => void
  /** Claims a name for as long as this node lives. */
  claim(name: string): Promise<void>
  release(name: string): Promise<void>
  /** Which of these names no living node claims. */
  unclaimed(names: readonly string[]): Promise<readonly string[]>
  close(): Promise<void>
}

const CHANNEL = 'baton_hints'
/** Apart from the hints: a node of an older version listens to those alone. */
const TYPING = 'baton_typing'
/** The line of a hint that names no conversation: it holds no space, as the others do. */
const STAFF = 'staff'
const GATHER = 40
const PAYLOAD = 7_800
const RECONNECT = 500
const LOCK = `hashtextextended('baton.claim:' || $1, 0)`

export async function openLine(databaseUrl: string, log: Log): Promise<Line> {
  const listeners = new Set<(hint: Hint | undefined) => void>()
  const typingListeners = new Set<(typing: Typing) => void>()
  const claims = new Set<string>()
  const waiting = new Map<string, number>()
  let staffWaits = false
  let typingWaits: Typing[] = []
  const self = Math.random().toString(36).slice(2, 10)
  let gathering: NodeJS.Timeout | undefined
  let closed = false
  let client: pg.Client | undefined
  let talking: Promise<unknown> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined
  let opening: Promise<unknown> = Promise.resolve()

  async function open(): Promise<void> {
    const next = new pg.Client(connectionTo(databaseUrl, 'baton line'))
    next.on('error', () => lost(next))
    next.on('end', () => lost(next))
    next.on('notification', ({ channel, payload = '' }) => (channel === TYPING ? hearTyping(payload) : hear(payload)))
    try {
      await next.connect()
      await prepare(next)
      client = next
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
  }

  async function prepare(next: pg.Client): Promise<void> {
    // A node whose machine is gone must be found out in a minute, not in hours; hints need not survive a crash.
    await next.query(`set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3;
      set synchronous_commit = off; listen ${CHANNEL}; listen ${TYPING}`)
    for (const name of claims) await next.query(`select pg_advisory_lock(${LOCK})`, [name])
  }

  function lost(which: pg.Client): void {
    if (closed || client !== which) return
    client = undefined
    log.warn({}, 'The connection that listens to the database was lost; connecting again.')
    reconnect()
  }

  function reconnect(): void {
    if (closed || retry) return
    retry = setTimeout(() => {
      retry = undefined
      opening = open().then(() => {
        tell(undefined)
        send()
      }, reconnect)
    }, RECONNECT)
  }

  function tell(hint: Hint | undefined): void {
    for (const listener of listeners) listener(hint)
  }

  function hear(payload: string): void {
    const [from, ...lines] = payload.split('\n')
    if (from === self) return
    for (const line of lines) {
      if (line === STAFF) {
        tell({ conversation: null })
        continue
      }
      const space = line.indexOf(' ')
      tell({ seq: Number(line.slice(0, space)), conversation: line.slice(space + 1) })
    }
  }

  function hearTyping(payload: string): void {
    const [from, ...lines] = payload.split('\n')
    if (from === self) return
    // Only `send` writes these lines, from Typing.
    for (const line of lines) tellTyping(JSON.parse(line) as Typing)
  }

  function tellTyping(typing: Typing): void {
    for (const listener of typingListeners) listener(typing)
  }

  function sendTyping(): void {
    for (const each of packed(typingWaits.map((typing) => JSON.stringify(typing))))
      ask('select pg_notify($1, $2)', TYPING, each).catch(ignore)
    typingWaits = []
  }

  /** Lines in payloads as large as they may be. */
  function packed(lines: Iterable<string>): readonly string[] {
    const payloads: string[] = []
    let payload = self
    for (const line of lines) {
      if (payload.length + line.length + 1 > PAYLOAD) {
        payloads.push(payload)
        payload = self
      }
      payload += `\n${line}`
    }
    return payload === self ? payloads : [...payloads, payload]
  }

  function send(): void {
    gathering = undefined
    sendTyping()
    const [staff, hints] = [staffWaits, [...waiting]]
    waiting.clear()
    staffWaits = false
    const lines = [...(staff ? [STAFF] : []), ...hints.map(([conversation, seq]) => `${seq} ${conversation}`)]
    const sent = Promise.all(packed(lines).map((each) => ask('select pg_notify($1, $2)', CHANNEL, each)))
    sent.then(
      (answers) => {
        if (answers.includes(undefined)) keep(staff, hints)
      },
      () => keep(staff, hints),
    )
  }

  /** For when the line is back. What was announced since is newer. */
  function keep(staff: boolean, hints: readonly (readonly [string, number])[]): void {
    staffWaits ||= staff
    for (const [conversation, seq] of hints) if (!waiting.has(conversation)) waiting.set(conversation, seq)
  }

  /** One question at a time; undefined while there is no connection. A failing question is answered by \`lost\`. */
  function ask(text: string, ...values: readonly string[]): Promise<pg.QueryResult | undefined> {
    const answer = talking.then(() => client?.query(text, [...values]))
    talking = answer.catch(ignore)
    return answer
  }

  await open()
  return {
    announce(hint) {
      tell(hint)
      if (hint.conversation === null) staffWaits = true
      else waiting.set(hint.conversation, hint.seq)
      gathering ??= setTimeout(send, GATHER)
    },
    onHint(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    type(typing) {
      tellTyping(typing)
      typingWaits.push(typing)
      gathering ??= setTimeout(send, GATHER)
    },
    onTyping(listener) {
      typingListeners.add(listener)
      return () => typingListeners.delete(listener)
    },
    async claim(name) {
      claims.add(name)
      await ask(`select pg_advisory_lock(${LOCK})`, name)
    },
    async release(name) {
      if (claims.delete(name)) await ask(`select pg_advisory_unlock(${LOCK})`, name)
    },
    async unclaimed(names) {
      const dead: string[] = []
      for (const name of names.filter((each) => !claims.has(each))) {
        const answer = await ask(`select pg_try_advisory_lock(${LOCK}) as free`, name)
        if (answer?.rows[0].free !== true) continue
        await ask(`select pg_advisory_unlock(${LOCK})`, name)
        dead.push(name)
      }
      return dead
    },
    async close() {
      closed = true
      clearTimeout(gathering)
      clearTimeout(retry)
      await Promise.all([opening, talking])
      await client?.end().catch(() => undefined)
    },
  }
}

function ignore(): void {}
