/**
 * The window: head, transcript, answers, and where to write; or, when the conversation is over, how to begin another.
 */
import { createAnswers } from './answers.ts'
import { createComposer } from './composer.ts'
import { focusIn, h, icon } from './dom.ts'
import { createHead } from './head.ts'
import type { Keep } from './keep.ts'
import { linesOf } from './lines.ts'
import type { Session, Shown } from './session.ts'
import { createTranscript, withName } from './transcript.ts'
import type { CustomerEvent, Typing } from './wire.ts'
import type { Words } from './words.ts'

export interface PanelParts {
  readonly words: Words
  readonly language: string
  readonly keep: Keep
  readonly session: Session
  readonly close: () => void
}

/** So near to its end a transcript is read at its end, and stays there. */
const NEAR = 80

export function createPanel({ words, language, keep, session, close }: PanelParts) {
  const send = (event: CustomerEvent): void => {
    atEnd = true
    session.send(event)
    if (!matchMedia('(pointer: coarse)').matches) composer.focus()
  }
  const transcript = createTranscript({ words, language, file: session.file, again: session.again, drop: session.drop })
  const answers = createAnswers(words, send)
  const head = createHead({
    words,
    keep,
    close,
    stopWaiting: () => send({ type: 'customer.left' }),
    emailTranscript: session.emailTranscript,
  })
  const composer = createComposer({
    words,
    language,
    draft: () => String(keep.get('draft') ?? ''),
    keepDraft: (text) => keep.set('draft', text || undefined),
    send: (text, attachments) =>
      send({ type: 'customer.message', text, ...(attachments.length > 0 && { attachments }) }),
    typing: (isTyping) => {
      // Before a person has it, nobody is there to see it.
      if (/^(queued|agentActive)$/.test(session.shown().talk.view?.phase ?? '')) session.typing(isTyping)
    },
    upload: session.upload,
  })
  const typing = h('p', { class: 'typing', dir: 'auto', hidden: true })
  const scroll = h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': words.title, onscroll: look },
    transcript.node,
    typing,
    answers.node,
  )
  const newest = h(
    'button',
    { type: 'button', class: 'newest', hidden: true, onclick: () => (toEnd(), focus()) },
    icon('down'),
    words.newest,
  )
  const foot = h('div', { class: 'foot', hidden: true })
  const node = h(
    'dialog',
    {
      class: 'panel',
      'aria-label': words.title,
      ondragover: drag,
      ondragleave: drag,
      ondrop: drop,
      'data-drop': words.drop,
    },
    ...head.nodes,
    scroll,
    newest,
    foot,
    composer.node,
  )
  let [atEnd, seen, footed] = [true, 0, '']
  new ResizeObserver(() => atEnd && toEnd()).observe(scroll)

  function look(): void {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR
    if (atEnd) newest.hidden = true
  }

  function toEnd(): void {
    scroll.scrollTop = scroll.scrollHeight
    newest.hidden = true
  }

  function drag(event: Event): void {
    event.preventDefault()
    node.classList.toggle('dropping', event.type === 'dragover')
  }

  function drop(event: Event): void {
    drag(event)
    composer.add((event as DragEvent).dataTransfer?.files ?? [])
  }

  function showTyping(now: Typing | null): void {
    const parts = now === null ? [] : withName(words.writing, now.agent?.name ?? words.assistant)
    const text = now === null ? '' : `${now.agent?.id}`
    if (typing.dataset['who'] === text) return
    typing.dataset['who'] = text
    typing.hidden = now === null
    typing.replaceChildren(h('span', { class: 'dots', 'aria-hidden': 'true' }, '•••'), ...parts)
  }

  /** What stands in the composer's place while nothing can be written. */
  function showFoot({ stage }: Shown): void {
    // Who writes before the first answer has come need not wait: it goes out afterwards.
    composer.node.hidden = !/^(connecting|talking)$/.test(stage)
    composer.node.classList.toggle('early', stage === 'connecting')
    if (stage === footed) return
    footed = stage
    foot.hidden = !/^(over|gone|failed)$/.test(stage)
    if (foot.hidden) return foot.replaceChildren()
    const hasFailed = stage === 'failed'
    foot.replaceChildren(
      h('p', { role: 'status' }, hasFailed ? words.unreachable : stage === 'over' ? words.over : words.gone),
      h(
        'button',
        { type: 'button', class: 'main', onclick: () => (hasFailed ? session.open() : session.begin()) },
        hasFailed ? words.again : words.anew,
      ),
    )
  }

  function focus(): void {
    if (matchMedia('(pointer: coarse)').matches || composer.node.hidden) scroll.focus()
    else composer.focus()
  }

  return {
    node,
    head,
    focus,
    takeDraft: composer.takeDraft,
    anew: composer.anew,
    show(shown: Shown): void {
      const { talk, unsent, keys, stage } = shown
      const had = focusIn(node)
      scroll.setAttribute('aria-busy', String(stage === 'connecting'))
      head.show(shown)
      transcript.show(linesOf(talk.messages, unsent, keys))
      answers.show(shown)
      showTyping(talk.typing)
      showFoot(shown)
      const { view } = talk
      composer.ask(
        view?.input,
        `${view?.input?.node} ${talk.messages.findLast(({ input }) => input)?.seq}`,
        view?.input?.score === undefined ? undefined : words.comment,
      )
      const last = talk.messages.at(-1)?.seq ?? 0
      if (atEnd) toEnd()
      else if (last > seen && talk.messages.at(-1)?.from !== 'customer') newest.hidden = false
      seen = last
      // A button that its own press takes away leaves the keyboard nowhere.
      if (had && !focusIn(node)?.getClientRects().length) focus()
    },
  }
}
