import { UnstyledButton } from '@mantine/core'
import { Hint } from '#ui/hint.tsx'
import { Icon, type IconName } from '#ui/icon.tsx'
import { useEditor, type Saving } from '../document/store.ts'
import { words } from '../words/en.ts'
import { overlays } from './overlays.ts'
import styles from './TopBar.module.css'

const icons: Readonly<Record<Saving | 'faulty' | 'deleted', IconName>> = {
  saved: 'check',
  saving: 'cloud',
  unsaved: 'device',
  offline: 'offline',
  conflict: 'warning',
  deleted: 'trash',
  faulty: 'device',
}

/** Where the work is: on the server, on its way, on this device. Says so to a screen reader too when it changes. */
export function SavingState() {
  const saving = useEditor((state) => state.saving)
  const faulty = useEditor(
    (state) => state.saving === 'unsaved' && state.faults.length > 0 && state.checked === state.document,
  )
  const deleted = useEditor((state) => state.deleted)
  const shown = faulty ? 'faulty' : deleted ? 'deleted' : saving
  const label = words.shell.saving[shown]
  const face = (
    <>
      <Icon name={icons[shown]} size={15} />
      <span>{label}</span>
    </>
  )
  return (
    <>
      <Hint label={words.shell.savingHelp[shown]} long>
        {saving === 'conflict' ? (
          <UnstyledButton className={styles['saving']} data-state={shown} onClick={() => overlays.show('conflict')}>
            {face}
          </UnstyledButton>
        ) : (
          <span className={styles['saving']} data-state={shown}>
            {face}
          </span>
        )}
      </Hint>
      <span className={styles['said']} role="status">
        {shown === 'saving' || shown === 'unsaved' ? '' : label}
      </span>
    </>
  )
}
