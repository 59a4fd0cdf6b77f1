/** A text or condition as it is written, with what may come next offered while it is typed. */
import { Combobox, Textarea, useCombobox, type TextareaProps } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Completion } from '../condition/completion.ts'
import classes from './SourceInput.module.css'

export interface SourceInputProps extends Omit<TextareaProps, 'value' | 'onChange' | 'classNames'> {
  readonly value: string
  /** Written in a language for machines. */
  readonly code?: boolean
  onChange(value: string): void
  complete(source: string, caret: number): Completion | undefined
}

export function SourceInput({ value, code = false, onChange, complete, onBlur, ...rest }: SourceInputProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [completion, setCompletion] = useState<Completion>()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })

  const offer = (source: string, caret: number): void => {
    const found = complete(source, caret)
    setCompletion(found)
    if (found) {
      combobox.openDropdown()
      combobox.resetSelectedOption()
    } else combobox.closeDropdown()
  }
  const take = (label: string): void => {
    const chosen = completion?.suggestions.find((each) => each.label === label)
    if (!completion || !chosen) return
    const next = value.slice(0, completion.from) + chosen.insert + value.slice(completion.to)
    const caret = completion.from + chosen.insert.length
    onChange(next)
    combobox.closeDropdown()
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret))
  }

  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal position="bottom-start" width="target">
      <Combobox.Target withKeyboardNavigation={combobox.dropdownOpened} withExpandedAttribute={false}>
        <Textarea
          {...rest} ref={area} value={value} autosize minRows={code ? 1 : 2} maxRows={14} spellCheck={!code}
          autoComplete="off"
          {...(code ? { classNames: { input: classes['code'] ?? '' } } : {})}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value)
            offer(currentTarget.value, currentTarget.selectionStart)
          }}
          onClick={() => combobox.closeDropdown()}
          onBlur={(event) => {
            combobox.closeDropdown()
            onBlur?.(event)
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={completion === undefined}>
        <Combobox.Options mah={240} className={classes['options'] ?? ''}>
          {completion?.suggestions.map(({ label, hint }) => (
            <Combobox.Option value={label} key={label} className={classes['option'] ?? ''}>
              <code>{label}</code><span className={classes['hint']}>{hint}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
