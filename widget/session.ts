/**
 * The customer's side of one conversation, without any screen. Stages: closed (none yet, nobody has opened the window)
 * -> connecting -> talking -> over (it has ended; another may begin) -> talking, when the customer is called back.
 * connecting -> failed (the server cannot be reached, or refuses) -> connecting, when the customer or the network
 * wants. talking -> gone: the server knows the conversation no more. Beside its stage it is in line or out of line: out
 * of line nothing is lost, what is written waits in the outbox and what was said is fetched afterwards. All of it is
 * kept in the browser, so that a reload, another page and another tab go on where it stood.
 */
import { noAnswer } from '#ui/request.ts'
import type { Keep } from './keep.ts'
import { openLine, type Line } from './line.ts'
import { matches } from './lines.ts'
import { createOutbox, pauseAfter, problemOf, refusalOf, type Refusal, type Unsent } from './outbox.ts'
import { begin } from './opening.ts'
import { createServer, type Opening, type Pass, type Server, type Upload } from './server.ts'
import { inTurn } from './tabs.ts'
import { hear, nothing, type Heard, type Talk } from './talk.ts'
import { has, type CustomerEvent } from './wire.ts'

export type Stage = 'closed' | 'connecting' | 'talking' | 'over' | 'failed' | 'gone'

export interface Shown {
  readonly stage: Stage
  /** The conversation's. */
  readonly id: string | undefined
  /** False: nothing comes in or goes out at present. */
  readonly inLine: boolean
  readonly talk: Talk
  readonly unsent: readonly Unsent[]
  /** Under which key an unsent line was shown, by the `seq` of what it became. */
  readonly keys: ReadonlyMap<number, string>
  /** The `seq` up to which the customer has read. */
  readonly read: number
  readonly unread: number
  /** This tab speaks for all that show the conversation. */
  readonly leads: boolean
  readonly refusal: Refusal | null
}

export interface Session {
  shown(): Shown
  /** Begins a conversation, or goes on with the one that is kept. */
  open(): void
  begin(given?: Partial<Opening>): void
  identify(identity: string): void
  /** Takes all of the customer's out of the browser, as when they sign out of the page. Other tabs hear of it. */
  forget(): void
  send(event: CustomerEvent): void
  again(key: string): void
  drop(key: string): void
  typing(typing: boolean): void
  emailTranscript(to: string): Promise<unknown>
  upload(file: File, onProgress: (part: number) => void): Upload
  file(attachment: string): Promise<Blob>
  markRead(): void
  close(): void
}

export interface SessionParts {
  readonly base: string
  readonly flow: string
  readonly keep: Keep
  readonly language: string | undefined
  readonly onChange: () => void
  /** All of the customer's is forgotten: by another tab, or because the page tells of another customer. */
  readonly onForgotten: (by: 'tab' | 'page') => void
}

const TYPING_ENDS = 6_000

export function createSession(parts: SessionParts): Session {
  const { base, flow, keep, language, onChange, onForgotten } = parts
  const server: Server = createServer(base)
  const passKept = keep.get('conversation')
  let pass: Pass | null = isPass(passKept) ? passKept : null
  let stage: Stage = 'closed'
  let talk: Talk = nothing
  let inLine = true
  let refusal: Refusal | null = null
  let identity: string | undefined
  /** Who the customer is has been told, and is not answered yet. */
  let unsure = false
  let given: Partial<Opening> = {}
  /** Which start counts: what an earlier one brings is nobody's. */
  let turn = 0
  let isClosed = false
  let keys = new Map<number, string>()
  let line: Line | undefined
  let leads = false
  let wake = (): void => {}
  let typingEnds: ReturnType<typeof setTimeout> | undefined

  const outbox = createOutbox({
    keep,
    now: () => Date.now(),
    send: deliver,
    onChange: changed,
    pause: (milliseconds) =>
      new Promise((resolve) => {
        wake = resolve
        setTimeout(resolve, milliseconds)
      }),
  })

  function apply(heard: Heard): void {
    talk = hear(talk, heard)
    if (heard.type === 'typing' && heard.typing.typing) {
      clearTimeout(typingEnds)
      typingEnds = setTimeout(() => apply({ type: 'typing', typing: { ...heard.typing, typing: false } }), TYPING_ENDS)
    }
    const { view } = talk
    // Who is called back to a ticket goes on in the conversation that has ended.
    if (view?.phase === 'closed' && !view.expects.includes('customer.message')) stage = 'over'
    else if ((stage === 'connecting' || stage === 'over') && view !== null) stage = 'talking'
    changed()
  }

  function changed(): void {
    if (isClosed) return
    const items = outbox.items()
    for (const [key, seq] of matches(items, talk.messages, keys)) {
      keys.set(seq, key)
      if (items.find((item) => item.key === key)?.state === 'answered') outbox.drop(key)
    }
    onChange()
  }

  async function deliver({ key, event }: Unsent): Promise<void> {
    const sender = demandPass()
    const { messages, conversation } = await server.send(sender, event, key)
    if (sender.id !== pass?.id) return
    line?.share({ type: 'said', messages })
    line?.share({ type: 'view', view: conversation })
    // Nothing in the transcript tells of it.
    if (event.type !== 'customer.message') outbox.drop(key)
  }

  async function start(): Promise<void> {
    if (stage === 'connecting') return
    stage = 'connecting'
    refusal = null
    const own = turn
    changed()
    // The turn is part of the name: an earlier start, which may hang, keeps none waiting.
    await inTurn(`baton:${flow}:${own}`, () => startNow(own))
  }

  async function startNow(own: number): Promise<void> {
    if (own !== turn) return
    const kept = keep.get('conversation')
    // Another tab was first. A page that the browser had put away hears of nothing that changed meanwhile.
    if (isPass(kept)) return void (kept.id === pass?.id || adopt(kept))
    const sent = identity
    try {
      const { conversation, customerToken, messages } = await begin({ server, keep, opening: opening(), identity })
      if (own !== turn) return
      keep.set('starting', undefined)
      adopt({ id: conversation.id, token: customerToken })
      keep.set('conversation', pass)
      apply({ type: 'said', messages })
      apply({ type: 'view', view: conversation })
      if (identity !== sent) tell()
      // Other tabs read what is kept a moment later than it is written.
      await new Promise((resolve) => setTimeout(resolve, 100))
    } catch (error) {
      if (own !== turn) return
      const problem = problemOf(error)
      if (problem.status === 401 && sent !== undefined) {
        // Who it is, is known no more: the page may tell again. Nobody is kept from help by that.
        if (identity === sent) identity = undefined
        return startNow(own)
      }
      if (!problem.passes) {
        keep.set('starting', undefined)
        console.warn('Baton’s chat:', problem.detail)
      }
      stage = 'failed'
      refusal = refusalOf(problem)
      changed()
    }
  }

  function opening(): Opening {
    // What follows the path may hold secrets of the page.
    return {
      flow,
      page: location.origin + location.pathname,
      timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(language === undefined ? {} : { language }),
      ...given,
    }
  }

  /** Says who the customer is, until it is heard. */
  function tell(failures = 0): void {
    const [whom, jwt] = [pass, identity]
    if (whom === null || jwt === undefined) return
    const isStill = (): boolean => whom.id === pass?.id && jwt === identity
    unsure = true
    server.identify(whom, jwt).then(
      ({ conversation }) => {
        if (!isStill()) return
        unsure = false
        apply({ type: 'view', view: conversation })
      },
      (error: unknown) => {
        if (!isStill()) return
        unsure = false
        const { passes, status, type } = problemOf(error)
        if (passes) setTimeout(() => isStill() && tell(failures + 1), pauseAfter(failures))
        else if (status === 409 && !/closed$/.test(type)) {
          // It is another customer's: what they said is not for this one to read. Another tab may have been first.
          const kept = keep.get('conversation')
          if (isPass(kept) && kept.id === whom.id) wipe()
          onForgotten('page')
        } else console.warn('Baton’s chat:', error)
      },
    )
  }

  /** Follows this conversation from its beginning, and none other. */
  function adopt(next: Pass): void {
    unfollow()
    pass = next
    unsure = false
    ;[talk, keys, inLine, stage] = [nothing, new Map(), true, 'connecting']
    for (const { key, state } of outbox.items()) if (state === 'answered') outbox.drop(key)
    line = openLine({
      server,
      pass: next,
      name: `baton:${base}:${next.id}`,
      talk: () => talk,
      onHear: apply,
      onLead(isLeading) {
        leads = isLeading
        if (leads) void outbox.drain()
        else outbox.stop()
      },
      onLine: setLine,
      onLost: () => {
        unfollow()
        stage = 'gone'
        changed()
      },
    })
  }

  function setLine(to: boolean): void {
    if (to) wake()
    if (inLine === to) return
    inLine = to
    changed()
  }

  function unfollow(): void {
    leads = false
    outbox.stop()
    line?.close()
    line = undefined
  }

  function reset(): void {
    unfollow()
    turn += 1
    pass = null
    ;[talk, keys, stage, refusal, inLine] = [nothing, new Map(), 'closed', null, true]
    for (const { key } of outbox.items()) outbox.drop(key)
    for (const name of ['conversation', 'read', 'starting']) keep.set(name, undefined)
    changed()
  }

  /** Forgets the customer. Other tabs hear of the name that comes and goes. */
  function wipe(): void {
    keep.set('forgotten', true)
    for (const name of keep.names('')) if (name !== 'sound') keep.set(name, undefined)
  }

  const unwatch = keep.watch((name) => {
    // Tabs that open at once say at once who the customer is: the first to hear that it is another does not end the rest.
    if (name === 'forgotten' && !unsure) return onForgotten('tab')
    if (name === 'conversation') {
      const kept = keep.get(name)
      if (isPass(kept) && kept.id !== pass?.id) adopt(kept)
      else if (kept === undefined && pass !== null) {
        unfollow()
        ;[pass, talk, stage] = [null, nothing, 'closed']
      }
    }
    if (name.startsWith('out:') && leads) void outbox.drain()
    changed()
  })

  const retry = (): void => {
    if (stage === 'failed' && refusal?.status === 0) void start()
  }
  // A page that is left gives the line to another tab. The browser may keep it as it is: come back to, it goes on.
  const comeBack = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || pass === null) return
    const kept = keep.get('conversation')
    if (isPass(kept)) adopt(kept)
    else onForgotten('tab')
  }
  const ending = new AbortController()
  const { signal } = ending
  addEventListener('online', retry, { signal })
  addEventListener('pagehide', unfollow, { signal })
  addEventListener('pageshow', comeBack, { signal })

  const unreadOf = (read: number): number =>
    talk.messages.filter(({ seq, from }) => from !== 'customer' && seq > read).length
  const readMark = (): number => Number(keep.get('read') ?? 0)

  if (pass !== null) adopt(pass)

  return {
    shown: () => ({
      stage,
      id: pass?.id,
      inLine,
      talk,
      unsent: outbox.items(),
      keys,
      read: readMark(),
      unread: unreadOf(readMark()),
      leads,
      refusal,
    }),
    open() {
      if (stage === 'closed' || stage === 'failed') void start()
    },
    begin(known = {}) {
      given = known
      const unsaid = outbox
        .items()
        .flatMap(({ event, state }) => (event.type === 'customer.message' && state !== 'answered' ? [event.text] : []))
      if (unsaid.length > 0) keep.set('draft', [...unsaid, keep.get('draft') ?? ''].join('\n').trim())
      reset()
      void start()
    },
    identify(jwt) {
      identity = jwt
      tell()
    },
    forget: wipe,
    send(event) {
      // What has been read is older, though it may not have come again yet.
      outbox.add(event, Math.max(talk.messages.at(-1)?.seq ?? 0, readMark()))
      if (leads) void outbox.drain()
    },
    again(key) {
      outbox.again(key)
      wake()
      if (leads) void outbox.drain()
    },
    drop: outbox.drop,
    typing(typing) {
      // Nobody hears whether it was told.
      if (pass !== null && stage === 'talking') server.typing(pass, typing).catch(() => {})
    },
    emailTranscript: async (to) => server.emailTranscript(demandPass(), to),
    upload: (file, onProgress) => server.upload(demandPass(), file, onProgress),
    file: (attachment) => server.file(demandPass(), attachment),
    markRead() {
      const newest = talk.messages.at(-1)?.seq ?? 0
      if (newest > readMark()) keep.set('read', newest)
    },
    close() {
      unfollow()
      unwatch()
      turn += 1
      ;[pass, isClosed] = [null, true]
      ending.abort()
      clearTimeout(typingEnds)
    },
  }

  function demandPass(): Pass {
    if (pass === null) throw noAnswer()
    return pass
  }
}

function isPass(kept: unknown): kept is Pass {
  return has(kept, { id: 'string', token: 'string' })
}
