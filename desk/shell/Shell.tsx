/** The desk around its rooms: the rail, the state of the line, what rings, and the keyboard. */
import { Button } from '@mantine/core'
import { lazy, Suspense, useEffect } from 'react'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { MissedBanner } from '../presence/MissedBanner.tsx'
import { Ringing } from '../offers/Ringing.tsx'
import { useShortcuts } from '../actions/shortcuts.ts'
import { actions } from '../actions/index.ts'
import { Inbox } from '../inbox/Inbox.tsx'
import { live } from '../live/store.ts'
import { begin } from '../session/work.ts'
import { useMe } from '../session/me.ts'
import { forgetPassedOn } from '../conversation/passed-on.ts'
import { words } from '../words/en.ts'
import { Boundary } from './Boundary.tsx'
import { LineBanner } from './LineBanner.tsx'
import { Message } from './Message.tsx'
import { Overlays } from './Overlays.tsx'
import { Rail } from './Rail.tsx'
import { navigate, paths, useRoute, type Route } from './route.ts'
import styles from './Shell.module.css'

const Board = lazy(() => import('../board/Board.tsx').then(({ Board }) => ({ default: Board })))
const Promises = lazy(() => import('../promises/Promises.tsx').then(({ Promises }) => ({ default: Promises })))
const Replies = lazy(() => import('../replies/Replies.tsx').then(({ Replies }) => ({ default: Replies })))
const Admin = lazy(() => import('../admin/Admin.tsx').then(({ Admin }) => ({ default: Admin })))
const Setup = lazy(() => import('../setup/Setup.tsx').then(({ Setup }) => ({ default: Setup })))

export function Shell() {
  const me = useMe()
  const route = useRoute()
  useShortcuts(actions)
  useEffect(() => live.follow(), [])
  useEffect(() => begin(me.who), [me.who])
  useEffect(() => forgetPassedOn, [])
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#room">
        {words.shell.skip}
      </a>
      <Rail />
      <div className={styles['page']}>
        <LineBanner />
        <MissedBanner />
        <Ringing />
        <div className={styles['room']} id="room" tabIndex={-1}>
          <Boundary>
            <Suspense fallback={<Waiting label={words.shell.loading} />}>
              <Room route={route} leads={me.leads} />
            </Suspense>
          </Boundary>
        </div>
      </div>
      <Overlays />
    </div>
  )
}

function Room({ route, leads }: { readonly route: Route; readonly leads: boolean }) {
  switch (route.page) {
    case 'inbox':
      return <Inbox conversation={route.conversation} />
    case 'board':
      return leads ? <Board /> : <Alone {...words.shell.noRight} />
    case 'replies':
      return leads ? <Replies /> : <Alone {...words.shell.noRight} />
    case 'promises':
      return <Promises />
    case 'setup':
      return leads ? <Setup part={route.part} item={route.item} /> : <Alone {...words.shell.noRight} />
    case 'admin':
      return leads ? <Admin part={route.part} /> : <Alone {...words.shell.noRight} />
    case 'nowhere':
      return <Alone {...words.shell.nowhere} />
    default:
      return route satisfies never
  }
}

/** A room with nothing but a message in it. */
function Alone({ title, explain }: { readonly title: string; readonly explain: string }) {
  return (
    <main className={styles['alone']}>
      <Message order={1} title={title} explain={explain}>
        <Button variant="default" onClick={() => navigate(paths.inbox)}>
          {words.shell.back}
        </Button>
      </Message>
    </main>
  )
}
