import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { scheme } from '#ui/scheme.ts'
import { isWaiting } from '../conversation/standing.ts'
import { useLive } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { PresenceMenu } from '../presence/PresenceMenu.tsx'
import { words } from '../words/en.ts'
import { Glyph } from './Glyph.tsx'
import { Logo } from '#ui/kit/Logo.tsx'
import { overlays } from './overlays.ts'
import { paths, useRoute } from './route.ts'
import styles from './Shell.module.css'
import { Way } from './Way.tsx'

/** The desk's rooms, and what is about the person who works here. */
export function Rail() {
  const me = useMe()
  const route = useRoute()
  const waiting = useLive(({ desk }) => [...desk.conversations.values()].filter(isWaiting).length)
  const isInside = route.page === 'inbox' && route.conversation !== null
  return (
    <nav className={styles['rail']} data-inside={isInside} aria-label={words.shell.rooms}>
      <span className={styles['logo']}>
        <Logo size={28} />
      </span>
      <RailWay to={paths.inbox} label={words.shell.inbox} here={route.page === 'inbox'} count={waiting}>
        <Glyph name="inbox" size={20} />
      </RailWay>
      {me.leads && (
        <>
          <RailWay to={paths.board} label={words.shell.board} here={route.page === 'board'}>
            <Glyph name="board" size={20} />
          </RailWay>
          <RailWay to={paths.replies} label={words.shell.replies} here={route.page === 'replies'}>
            <Glyph name="bolt" size={20} />
          </RailWay>
        </>
      )}
      <RailWay to={paths.promises} label={words.shell.promises} here={route.page === 'promises'}>
        <Glyph name="clock" size={20} />
      </RailWay>
      {me.leads && (
        <RailWay to={paths.setup()} label={words.shell.setup} here={route.page === 'setup'}>
          <Icon name="settings" size={20} />
        </RailWay>
      )}
      {me.leads && (
        <RailWay
          to={paths.admin(me.role === 'admin' ? 'people' : 'dead-letters')}
          label={words.shell.admin}
          here={route.page === 'admin'}
        >
          <Glyph name="key" size={20} />
        </RailWay>
      )}
      <span className={styles['space']} />
      <Tooltip label={words.shell.scheme} position="right">
        <button
          type="button"
          className={`${styles['way']} ${styles['plain']}`}
          aria-label={words.shell.scheme}
          onClick={() => scheme.toggle()}
        >
          <Icon name="moon" size={19} />
        </button>
      </Tooltip>
      <Tooltip label={words.shell.help} position="right">
        <button
          type="button"
          className={`${styles['way']} ${styles['plain']}`}
          aria-label={words.shell.help}
          onClick={() => overlays.show({ name: 'help' })}
        >
          <Icon name="help" size={20} />
        </button>
      </Tooltip>
      <PresenceMenu />
    </nav>
  )
}

interface RailWayProps {
  readonly to: string
  readonly label: string
  readonly here: boolean
  readonly count?: number
  readonly children: ReactNode
}

function RailWay({ to, label, here, count = 0, children }: RailWayProps) {
  const name = count === 0 ? label : `${label}, ${words.offers.waitingCount(count)}`
  return (
    <Tooltip label={label} position="right">
      <Way className={styles['way']} to={to} aria-label={name} aria-current={here ? 'page' : undefined}>
        {children}
        {count > 0 && <span className={styles['count']}>{count > 99 ? '99+' : count}</span>}
      </Way>
    </Tooltip>
  )
}
