import { TextInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { changeHead } from '../document/commands/head.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import styles from './TopBar.module.css'

/** The flow's name, changed where it stands: Enter keeps, Escape leaves it as it was. */
export function FlowName() {
  const name = useEditor((state) => state.document.name)
  const readOnly = useEditor((state) => state.readOnly)
  const [draft, setDraft] = useState<string | null>(null)
  const shown = name === '' ? words.shell.untitled : name
  if (readOnly) return <h1 className={styles['name']}>{shown}</h1>
  if (draft === null) {
    return (
      <h1 className={styles['name']}>
        <UnstyledButton className={styles['nameButton']} title={words.shell.rename} onClick={() => setDraft(name)}>
          {shown}
        </UnstyledButton>
      </h1>
    )
  }
  const keep = (): void => {
    const next = draft.trim()
    if (next !== '') editor.run(changeHead({ name: next }))
    setDraft(null)
  }
  return (
    <TextInput
      className={styles['nameInput']}
      size="xs"
      aria-label={words.shell.flowName}
      value={draft}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
