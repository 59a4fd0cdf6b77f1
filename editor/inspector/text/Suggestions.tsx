import { Popover } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { words } from '../../words/en.ts'
import type { Suggestion } from '../condition/completion.ts'
import classes from './SourceInput.module.css'

interface SuggestionsProps {
  readonly id: string
  readonly suggestions: readonly Suggestion[]
  /** The one that Enter takes; -1 while there is none. */
  readonly chosen: number
  onTake(suggestion: Suggestion): void
}

/** Stands under the text it is for, which keeps the focus. */
export function Suggestions({ id, suggestions, chosen, onTake }: SuggestionsProps) {
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => option.current?.scrollIntoView({ block: 'nearest' }), [chosen])
  return (
    <Popover opened position="bottom-start" width="target" withinPortal withRoles={false} offset={4} shadow="md">
      <Popover.Target>
        <div />
      </Popover.Target>
      <Popover.Dropdown p={4} className={classes['options'] ?? ''}>
        <div id={id} role="listbox" aria-label={words.inspector.text.suggestions}>
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.label}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              ref={index === chosen ? option : null}
              className={classes['option']}
              // The text keeps the focus, and its caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(suggestion)}
            >
              <code>{suggestion.label}</code>
              <span className={classes['hint']}>{suggestion.hint}</span>
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
