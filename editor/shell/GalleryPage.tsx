import { Text } from '@mantine/core'
import { useEffect } from 'react'
import { actions } from '../actions/index.ts'
import { useShortcuts } from '../actions/shortcuts.ts'
import { Gallery } from '../start/Gallery.tsx'
import { words } from '../words/en.ts'
import { ActionButton } from './ActionButton.tsx'
import { Boundary } from './Boundary.tsx'
import styles from './GalleryPage.module.css'
import { Logo } from '#ui/kit/Logo.tsx'
import { Overlays } from './Overlays.tsx'

const everywhere = actions.filter((action) => action.everywhere === true)
const shown = ['help.palette', 'help.actions', 'view.scheme', 'flow.signOut'].flatMap((name) =>
  everywhere.filter((action) => action.name === name),
)

/** All flows, and what may be done without one. */
export function GalleryPage() {
  useShortcuts(everywhere)
  useEffect(() => {
    document.title = words.shell.product
  }, [])
  return (
    <div className={styles['page']}>
      <section className={styles['bar']} aria-label={words.shell.topBar}>
        <Logo />
        <Text fw={650}>{words.shell.product}</Text>
        <div className={styles['space']} />
        {shown.map((action) => (
          <ActionButton key={action.name} action={action} />
        ))}
      </section>
      <main className={styles['main']}>
        <Boundary>
          <Gallery />
        </Boundary>
      </main>
      <Overlays />
    </div>
  )
}
