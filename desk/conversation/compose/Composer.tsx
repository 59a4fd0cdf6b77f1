/**
 * Where one answers. What is typed is kept at every key; what is sent goes to the outbox and leaves the field at once,
 * and comes back into it when the server does not take it.
 */
import { ActionIcon, Alert, Button, Tooltip } from '@mantine/core'
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { isComposing } from '#ui/composing.ts'
import { Icon } from '#ui/icon.tsx'
import { reachable } from '../../actions/focus.ts'
import { useLive } from '../../live/store.ts'
import type { Mode } from '../../outbox/drafts.ts'
import { changeDraft, draft as draftNow, send, useDraft } from '../../session/work.ts'
import { settings, useSettings } from '../../settings/settings.ts'
import { Glyph } from '../../shell/Glyph.tsx'
import { words } from '../../words/en.ts'
import { Standing } from '../Standing.tsx'
import type { May } from '../standing.ts'
import type { ConversationView } from '#ui/answers.ts'
import { Canned } from './Canned.tsx'
import { cannedQuery, withCanned } from './canned-query.ts'
import styles from './Composer.module.css'
import { Suggestions } from './Suggestions.tsx'
import { FileChips, useFiles } from './files.tsx'
import { useTyping } from './typing.ts'

const text = words.compose
const LONGEST = 10_000

interface Props {
  readonly view: ConversationView
  readonly name: string
  readonly may: May
}

export function Composer({ view, name, may }: Props) {
  const { id } = view
  const draft = useDraft(id)
  const { enterSends } = useSettings()
  const isBroken = useLive(({ line }) => line === 'waiting')
  const mode: Mode = may.reply && (draft.mode === 'reply' || !may.note) ? 'reply' : 'note'
  const isWhisper = !may.reply
  const value = draft[mode]
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [isSearching, setSearching] = useState(true)
  const files = useFiles(id)
  const typing = useTyping(id)
  const listId = useId()
  const query = mode === 'reply' && isSearching ? cannedQuery(value, caret) : null
  const over = value.length - LONGEST
  const isReady =
    (value.trim() !== '' || (mode === 'reply' && draft.attachments.length > 0)) && over <= 0 && !files.isBusy

  useEffect(() => reachable('reply', () => field.current?.focus()), [])

  const write = (next: string, at?: number): void => {
    changeDraft(id, { [mode]: next, mode })
    if (mode === 'reply') typing.wrote(next !== '')
    if (at === undefined) return
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(at, at)
      setCaret(at)
    })
  }
  const take = (reply: string): void => {
    const next = query === null ? { text: reply, caret: reply.length } : withCanned(value, caret, reply)
    write(next.text, next.caret)
  }
  const post = (): void => {
    if (!isReady) return
    const said = value.trim()
    const { attachments } = draftNow(id)
    typing.sent()
    if (mode === 'note') {
      // Still a note: whoever writes another one does not send it to the customer.
      changeDraft(id, { note: '', problem: null, mode })
      void send(id, { type: 'agent.note', text: said })
    } else {
      changeDraft(id, { reply: '', attachments: [], problem: null, mode })
      void send(id, { type: 'agent.message', text: said, ...(attachments.length > 0 ? { attachments } : {}) })
    }
    field.current?.focus()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event.nativeEvent) || event.defaultPrevented) return
    if (event.key === 'Escape') {
      event.preventDefault()
      field.current?.blur()
    }
    if (event.key !== 'Enter') return
    const isSend = event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey)
    if (!isSend) return
    event.preventDefault()
    post()
  }
  const paste = (event: ClipboardEvent): void => {
    const { files: pasted } = event.clipboardData
    if (pasted.length === 0 || mode === 'note') return
    event.preventDefault()
    files.add(pasted)
  }
  return (
    <section
      className={styles['composer']}
      aria-label={text.label}
      data-mode={mode}
      {...(mode === 'reply' ? files.dropZone : {})}
    >
      {isWhisper && <Standing view={view} may={may} compact />}
      {draft.problem !== null && (
        <Alert
          color="orange"
          variant="light"
          role="alert"
          title={text.notSent}
          withCloseButton
          closeButtonLabel={text.dismiss}
          onClose={() => changeDraft(id, { problem: null })}
          className={styles['problem'] ?? ''}
        >
          {draft.problem}
        </Alert>
      )}
      {isBroken && <p className={styles['hint']}>{text.offline}</p>}
      {mode === 'reply' && value === '' && <Suggestions view={view} onTake={(reply) => write(reply, reply.length)} />}
      <div className={styles['box']}>
        <div className={styles['tabs']} role="group" aria-label={text.label}>
          {may.reply && <Tab mode="reply" shown={mode} label={text.reply} id={id} />}
          {may.note && <Tab mode="note" shown={mode} label={isWhisper ? text.whisper : text.note} id={id} />}
        </div>
        {query !== null && (
          <Canned
            id={id}
            listId={listId}
            query={query}
            field={field}
            onTake={take}
            onClose={() => setSearching(false)}
          />
        )}
        <textarea
          ref={field}
          className={styles['field']}
          value={value}
          dir="auto"
          rows={2}
          aria-label={mode === 'reply' ? text.replyTo(name) : isWhisper ? text.whisper : text.note}
          placeholder={mode === 'reply' ? text.replyPlaceholder : text.notePlaceholder}
          aria-autocomplete={mode === 'reply' ? 'list' : undefined}
          aria-controls={query === null ? undefined : listId}
          onChange={(event) => {
            setSearching(true)
            setCaret(event.currentTarget.selectionStart)
            write(event.currentTarget.value)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={typing.stopped}
        />
        {mode === 'reply' && <FileChips id={id} files={files} />}
        <div className={styles['foot']}>
          {mode === 'reply' && (
            <>
              <Tooltip label={text.attach}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  c="var(--text-dim)"
                  aria-label={text.attach}
                  onClick={files.pick}
                >
                  <Glyph name="clip" size={17} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={`${text.canned} ( / )`}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  c="var(--text-dim)"
                  aria-label={text.canned}
                  onClick={() => {
                    setSearching(true)
                    const begun =
                      value === '' || value.endsWith(' ') || value.endsWith('\n') ? `${value}/` : `${value} /`
                    write(begun, begun.length)
                  }}
                >
                  <Glyph name="bolt" size={17} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          <button
            type="button"
            className={styles['enter']}
            onClick={() => settings.set({ enterSends: !enterSends })}
            title={text.enterSends}
          >
            {enterSends ? text.enterSendsHelp.on : text.enterSendsHelp.off}
          </button>
          {over > 0 && <span className={styles['over']}>{text.tooLong(over)}</span>}
          <Button
            size="xs"
            disabled={!isReady}
            onClick={post}
            {...(mode === 'note' ? { color: 'yellow' } : {})}
            rightSection={mode === 'reply' ? <Glyph name="send" size={14} /> : <Icon name="check" size={14} />}
          >
            {mode === 'reply' ? text.send : isWhisper ? text.sendWhisper : text.addNote}
          </Button>
        </div>
        {files.isOver && mode === 'reply' && <div className={styles['drop']}>{text.drop}</div>}
      </div>
    </section>
  )
}

interface TabProps {
  readonly mode: Mode
  readonly shown: Mode
  readonly label: string
  readonly id: string
}

function Tab({ mode, shown, label, id }: TabProps) {
  return (
    <button
      type="button"
      className={styles['tab']}
      aria-pressed={mode === shown}
      onClick={() => changeDraft(id, { mode })}
    >
      {mode === 'note' && <Glyph name="lock" size={13} />}
      {label}
    </button>
  )
}
