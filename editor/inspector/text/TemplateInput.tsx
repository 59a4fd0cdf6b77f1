/** A text of the flow: typed, with names filled in from a list, and shown as a customer would read it. */
import { Text } from '@mantine/core'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { examiner } from '../../document/findings.examiner.ts'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import type { Name } from '../condition/names.ts'
import { useOffered } from '../condition/useOffered.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { NamePicker } from './NamePicker.tsx'
import type { TextRead } from './read.ts'
import { SourceInput } from './SourceInput.tsx'
import classes from './TemplateInput.module.css'

const NONE: readonly Name[] = []
const PLAIN: TextRead = {}

export interface TemplateInputProps {
  readonly label: string
  readonly place: string
  readonly value: string
  readonly help?: string | undefined
  readonly placeholder?: string | undefined
  /** What the customer reads is a bubble; a web address or a header is not. */
  readonly spoken?: boolean
  onChange(value: string): void
}

export function TemplateInput({ label, place, value, help, placeholder, spoken = true, onChange }: TemplateInputProps) {
  const { known, readOnly } = useNodeForm()
  const area = useRef<HTMLDivElement>(null)
  // Where the caret was last; before it was anywhere, at the end.
  const caret = useRef<number>(undefined)
  const [offered, wantOffered] = useOffered()
  const names = useMemo(() => offered?.textNames(known) ?? NONE, [offered, known])
  const { faults, preview } = useRead(value)
  const said = useErrorAt(place)
  const error: ReactNode = faults ?? said

  const insert = (name: string): void => {
    const input = area.current?.querySelector('textarea')
    const at = Math.min(caret.current ?? value.length, value.length)
    const added = `{{ ${name} }}`
    onChange(value.slice(0, at) + added + value.slice(at))
    requestAnimationFrame(() => {
      input?.focus()
      input?.setSelectionRange(at + added.length, at + added.length)
    })
  }

  return (
    <div
      ref={area}
      className={classes['field']}
      onSelect={({ target }) => {
        if (target instanceof HTMLTextAreaElement) caret.current = target.selectionEnd
      }}
    >
      {readOnly ? null : (
        <div className={classes['tools']} onFocus={wantOffered} onPointerEnter={wantOffered}>
          <NamePicker names={names} label={words.inspector.text.insertInto(label)} onPick={insert} />
        </div>
      )}
      <SourceInput
        label={label}
        {...(help === undefined ? {} : { description: help })}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={value}
        readOnly={readOnly}
        error={error}
        onChange={onChange}
        complete={(source, caret) => {
          if (isBraceOpen(source.slice(0, caret))) wantOffered()
          return offered?.completeText(source, caret, names)
        }}
      />
      {preview === undefined ? null : spoken ? (
        <div className={classes['preview']}>
          <Text size="xs" c="dimmed">
            {words.inspector.text.preview}
          </Text>
          <div className={classes['bubble']}>{preview}</div>
        </div>
      ) : (
        <Text size="xs" c="dimmed" className={classes['plain'] ?? ''}>
          {preview}
        </Text>
      )}
    </div>
  )
}

function isBraceOpen(before: string): boolean {
  return before.lastIndexOf('{') > before.lastIndexOf('}')
}

/** The text as the engine reads it, away from the screen; what it read last stands until it has read again. */
function useRead(source: string): TextRead {
  const { variables } = useNodeForm().known
  const language = useEditor((state) => state.document.language)
  const timezone = useEditor((state) => state.document.timezone)
  const [read, setRead] = useState<TextRead>(PLAIN)
  useEffect(() => {
    // Without a brace it reads as it is written.
    if (!source.includes('{')) {
      setRead(PLAIN)
      return
    }
    let isNewest = true
    const show = (next: TextRead): void => {
      if (isNewest) setRead(next)
    }
    examiner.read({ source, variables, language, timezone, words: words.inspector.sample }).then(show, () => undefined)
    return () => {
      isNewest = false
    }
  }, [source, variables, language, timezone])
  return read
}
