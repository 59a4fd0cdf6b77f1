import { ActionIcon, Badge, Button } from '@mantine/core'
import { Hint } from '#ui/hint.tsx'
import { Icon } from '#ui/icon.tsx'
import { actions } from '../actions/index.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { ActionButton } from './ActionButton.tsx'
import { ActionMenu } from './ActionMenu.tsx'
import { CheckBadge } from './CheckBadge.tsx'
import { FlowName } from './FlowName.tsx'
import { Logo } from '#ui/kit/Logo.tsx'
import { navigate } from './route.ts'
import { SavingState } from './SavingState.tsx'
import styles from './TopBar.module.css'

const undo = actions.find((action) => action.name === 'edit.undo')
const redo = actions.find((action) => action.name === 'edit.redo')

/** Above the canvas: which flow, where the work is, what can be done next. */
export function TopBar() {
  const { undoThat, redoThat } = words.shell.actions
  const undoLabel = useEditor((state) => state.undoLabel)
  const redoLabel = useEditor((state) => state.redoLabel)
  const readOnly = useEditor((state) => state.readOnly)
  const saved = useEditor((state) => state.saving === 'saved')
  return (
    <section className={styles['bar']} aria-label={words.shell.topBar}>
      <Hint label={words.shell.gallery}>
        <ActionIcon
          variant="transparent"
          size="lg"
          component="a"
          href="/"
          aria-label={words.shell.gallery}
          onClick={(event) => {
            event.preventDefault()
            navigate('/')
          }}
        >
          <Logo />
        </ActionIcon>
      </Hint>
      <FlowName />
      {readOnly && saved ? (
        <Badge variant="light" color="gray" c="var(--text)" className={styles['fixed']}>
          {words.shell.readOnly}
        </Badge>
      ) : (
        <SavingState />
      )}
      <div className={styles['space']} />
      {!readOnly && (
        <div className={styles['wide']}>
          {undo && <ActionButton action={undo} {...(undoLabel === null ? {} : { label: undoThat(undoLabel) })} />}
          {redo && <ActionButton action={redo} {...(redoLabel === null ? {} : { label: redoThat(redoLabel) })} />}
        </div>
      )}
      <div className={styles['wide']}>
        <CheckBadge />
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="play" size={14} />}
          onClick={() => editor.show('simulator')}
        >
          {words.shell.panels.simulator}
        </Button>
        {!readOnly && (
          <Button size="xs" leftSection={<Icon name="publish" size={14} />} onClick={() => editor.show('versions')}>
            {words.shell.publish}
          </Button>
        )}
      </div>
      <ActionMenu groups={['edit', 'insert', 'view', 'try', 'flow', 'help']} />
    </section>
  )
}
