import { TextInput, UnstyledButton } from '@mantine/core'
import { useEffect } from 'react'
import { changeHead } from '../document/commands/head.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { renaming, useRenaming } from './renaming.ts'
import styles from './TopBar.module.css'

/** The flow's name, changed where it stands, with every key: Enter ends it, Escape brings back what it was. */
export function FlowName() {
  const name = useEditor((state) => state.document.name)
  const readOnly = useEditor((state) => state.readOnly)
  const typed = useRenaming()
  useEffect(() => renaming.end, [])
  const shown = name === '' ? words.shell.untitled : name
  if (readOnly) return <h1 className={styles['name']}>{shown}</h1>
  if (typed === null) {
    return (
      <h1 className={styles['name']}>
        <UnstyledButton
          className={styles['nameButton']}
          title={words.shell.rename}
          onClick={() => renaming.begin(name)}
        >
          {shown}
        </UnstyledButton>
      </h1>
    )
  }
  const type = (text: string): void => {
    renaming.type(text)
    // A flow is never without a name.
    if (text.trim() !== '') editor.run(changeHead({ name: text.trim() }, 'name'))
  }
  const end = (): void => {
    editor.endBurst()
    renaming.end()
  }
  return (
    <TextInput
      className={styles['nameInput']}
      size="xs"
      aria-label={words.shell.flowName}
      value={typed.text}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key === 'Escape') type(typed.before)
        if (event.key === 'Escape' || event.key === 'Enter') end()
      }}
    />
  )
}
