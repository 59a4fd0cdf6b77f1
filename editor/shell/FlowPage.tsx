import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Self } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { personOf, session } from '#ui/session.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { actions } from '../actions/index.ts'
import { useShortcuts } from '../actions/shortcuts.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import { editor, useEditor } from '../document/store.ts'
import { useOpened } from '../insights/opened.ts'
import { words } from '../words/en.ts'
import { Boundary } from './Boundary.tsx'
import styles from './FlowPage.module.css'
import { Message } from './Message.tsx'
import { Overlays } from './Overlays.tsx'
import { SidePanel } from './SidePanel.tsx'
import { TopBar } from './TopBar.tsx'

const VersionBanner = lazy(() =>
  import('../versions/VersionBanner.tsx').then(({ VersionBanner }) => ({ default: VersionBanner })),
)

/** Below this width a flow is shown for reading. */
const NARROW = '(max-width: 48em)'

/** One flow: its canvas, what can be added to it, and the panels beside it. */
export function FlowPage({ id }: { readonly id: string }) {
  const opening = useEditor((state) => state.opening)
  const failure = useEditor((state) => state.failure)
  const isThis = useEditor((state) => state.flowId === id)
  useShortcuts(actions)
  useRights()
  useTitle()
  useEffect(() => {
    void editor.open(id)
    return () => void editor.close()
  }, [id])

  // The flow before it may still be on its way to the server.
  if (!isThis) return <Waiting label={words.shell.opening} />
  switch (opening) {
    case 'closed':
    case 'opening':
      return <Waiting label={words.shell.opening} />
    case 'missing':
      return (
        <>
          <Message title={words.shell.missing.title} explain={words.shell.missing.explain(id)} />
          <Overlays />
        </>
      )
    case 'failed':
      return (
        <Message title={words.shell.failed.title} explain={failure ?? ''}>
          <Button onClick={() => void editor.open(id)}>{words.shell.failed.again}</Button>
        </Message>
      )
    case 'open':
      return <Workspace />
    default:
      return opening satisfies never
  }
}

function Workspace() {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) === true
  const isVersion = useEditor((state) => state.viewing !== null)
  const conversation = useOpened()?.id
  useEffect(() => {
    // An address that names a conversation shows it.
    if (conversation !== undefined) editor.show('live')
  }, [conversation])
  return (
    <div className={styles['page']} data-narrow={narrow || undefined}>
      <a className={styles['skip']} href="#canvas">
        {words.shell.skip}
      </a>
      <TopBar />
      <div className={styles['body']}>
        <main id="canvas" aria-label={words.shell.canvas} className={styles['canvas']} tabIndex={-1}>
          {isVersion && (
            <Suspense fallback={null}>
              <VersionBanner />
            </Suspense>
          )}
          {narrow && <p className={styles['hint']}>{words.shell.readOnlyPhone}</p>}
          <Boundary>
            <Canvas />
          </Boundary>
        </main>
        <SidePanel />
      </div>
      <Overlays />
    </div>
  )
}

/** On small screens one only looks, and with a key that has no right to change flows. */
function useRights(): void {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) === true
  const self = useSelf()
  const mayWrite = self === undefined || self.role === 'admin' || self.role === 'designer'
  useEffect(() => editor.allow({ drawing: mayWrite && !narrow, saving: mayWrite }), [narrow, mayWrite])
  // On a small screen the flow comes first.
  useEffect(() => {
    if (narrow) editor.hidePanel()
  }, [narrow])
}

/** Who is signed in, once the server has said so. */
function useSelf(): Self | undefined {
  const [self, setSelf] = useState<Self>()
  useEffect(() => {
    let isHere = true
    const keep = (answer: Self): void => {
      session.belongsTo(personOf(answer))
      if (isHere) setSelf(answer)
    }
    // Unanswered, the server itself refuses what the key may not do.
    const ask = (): void => void api.self().then(keep, () => undefined)
    ask()
    const unwatch = session.onRenewed(ask)
    return () => {
      isHere = false
      unwatch()
    }
  }, [])
  return self
}

function useTitle(): void {
  const name = useEditor((state) => (state.opening === 'open' ? state.document.name : ''))
  useEffect(() => {
    document.title = name === '' ? words.shell.product : `${name} · ${words.shell.product}`
    return () => {
      document.title = words.shell.product
    }
  }, [name])
}
