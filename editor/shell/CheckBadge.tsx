import { UnstyledButton } from '@mantine/core'
import { Hint } from '#ui/hint.tsx'
import { Icon } from '#ui/icon.tsx'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import styles from './TopBar.module.css'

const text = words.shell.check

/** What the check says of the flow as it is drawn now; opens the list. */
export function CheckBadge() {
  const errors = useEditor(
    (state) => state.faults.length + state.problems.filter((problem) => problem.severity === 'error').length,
  )
  const warnings = useEditor((state) => state.problems.filter((problem) => problem.severity === 'warning').length)
  const looked = useEditor((state) => state.checked !== null)
  const parts = [...(errors > 0 ? [text.errors(errors)] : []), ...(warnings > 0 ? [text.warnings(warnings)] : [])]
  const label = !looked ? text.looking : parts.length === 0 ? text.good : parts.join(', ')
  const state = !looked ? 'looking' : errors > 0 ? 'errors' : warnings > 0 ? 'warnings' : 'good'
  return (
    <Hint label={text.show}>
      <UnstyledButton className={styles['badge']} data-state={state} onClick={() => editor.show('problems')}>
        <Icon name={state === 'errors' ? 'error' : state === 'warnings' ? 'warning' : 'check'} size={15} />
        <span>{label}</span>
      </UnstyledButton>
    </Hint>
  )
}
