/** A text of the flow: typed, with names filled in from a list, and shown as a customer would read it. */
import { Text } from '@mantine/core'
import { useMemo, useRef, type ReactNode } from 'react'
import { compileTemplate } from '#engine/expression/index.ts'
import { useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { completeText } from '../condition/completion.ts'
import { textNames } from '../condition/names.ts'
import { useErrorAt, useNodeForm } from '../node/form.tsx'
import { NamePicker } from './NamePicker.tsx'
import { sampleScope } from './sample.ts'
import { SourceInput } from './SourceInput.tsx'
import classes from './TemplateInput.module.css'

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
  const names = useMemo(() => textNames(known), [known])
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
      ref={area} className={classes['field']}
      onSelect={({ target }) => { if (target instanceof HTMLTextAreaElement) caret.current = target.selectionEnd }}
    >
      {readOnly ? null : <div className={classes['tools']}><NamePicker names={names} label={words.inspector.text.insertInto(label)} onPick={insert} /></div>}
      <SourceInput
        label={label} {...(help === undefined ? {} : { description: help })}
        {...(placeholder === undefined ? {} : { placeholder })}
        value={value} readOnly={readOnly} error={error} onChange={onChange}
        complete={(source, caret) => completeText(source, caret, names)}
      />
      {preview === undefined ? null : spoken
        ? (
          <div className={classes['preview']}>
            <Text size="xs" c="dimmed">{words.inspector.text.preview}</Text>
            <div className={classes['bubble']}>{preview}</div>
          </div>
        )
        : <Text size="xs" c="dimmed" className={classes['plain'] ?? ''}>{preview}</Text>}
    </div>
  )
}

/** The text read by the engine itself: what is wrong with it, or how it reads with sample values. */
function useRead(source: string): { readonly faults?: string; readonly preview?: string } {
  const { known } = useNodeForm()
  const language = useEditor((state) => state.document.language)
  const timezone = useEditor((state) => state.document.timezone)
  return useMemo(() => {
    const compiled = compileTemplate(source, { variables: known.variables })
    if (!compiled.ok) return { faults: compiled.faults.map((fault) => fault.message).join(' ') }
    const { template } = compiled
    if (template.isPlain) return {}
    const scope = sampleScope(template.variables, { variables: known.variables, language, timezone, words: words.inspector.sample })
    return { preview: template.render(scope) }
  }, [source, known, language, timezone])
}
