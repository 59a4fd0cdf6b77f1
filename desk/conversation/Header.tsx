import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import type { ConversationView } from '#ui/answers.ts'
import { actions } from '../actions/index.ts'
import { scene } from '../actions/scene.ts'
import { SlaChip } from '../clock/SlaChip.tsx'
import { useMe } from '../session/me.ts'
import { Glyph, type GlyphName } from '../shell/Glyph.tsx'
import { Keys } from '#ui/kit/Keys.tsx'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { toggleContext } from './actions.ts'
import type { KnownAbout } from './ConversationRoom.tsx'
import styles from './Conversation.module.css'
import { standingOf, type May, type Standing } from './standing.ts'

const text = words.conversation

interface Props {
  readonly view: ConversationView
  readonly about: KnownAbout
  readonly name: string
  readonly may: May
}

/** Who it is, where it stands, and what can be decided. */
export function Header({ view, about, name, may }: Props) {
  const me = useMe()
  const standing = standingOf(view, me)
  return (
    <header className={styles['head']}>
      <ActionIcon
        className={styles['back'] ?? ''}
        variant="subtle"
        color="gray"
        size="lg"
        c="var(--text)"
        aria-label={text.back}
        onClick={() => navigate(paths.inbox)}
      >
        <Icon name="back" />
      </ActionIcon>
      <div className={styles['who']}>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <div className={styles['meta']}>
          <span className={styles['state']} data-standing={standing}>
            <Glyph name={signs[standing]} size={13} />
            {inWords(standing, view)}
          </span>
          <SlaChip about={about} />
          {about.customer.email !== null && about.customer.email !== name && (
            <bdi className={styles['email']}>{about.customer.email}</bdi>
          )}
        </div>
      </div>
      <div className={styles['ways']}>
        <div className={`${styles['ways']} ${styles['wide']}`}>
          {may.transfer && <Way name="act.transfer" label={text.act.transfer} glyph="swap" />}
          {may.handback && <Way name="act.handback" label={text.act.handback} glyph="return" />}
          {may.takeOver && <Way name="act.takeOver" label={text.act.takeOver} glyph="bolt" />}
        </div>
        <div className={styles['roomy']}>
          {may.resolve && <Way name="act.resolve" label={text.act.resolve} filled />}
        </div>
        <More />
        <Tooltip label={text.act.context}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            c="var(--text)"
            aria-label={text.act.context}
            onClick={toggleContext}
          >
            <Glyph name="panel" />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}

const signs: Readonly<Record<Standing, GlyphName>> = {
  mine: 'people',
  offered: 'bell',
  waiting: 'clock',
  theirs: 'people',
  bot: 'bot',
  closed: 'lock',
}

function inWords(standing: Standing, view: ConversationView): string {
  if (standing === 'waiting') return text.standing.waiting(view.queue?.team ?? '')
  return standing === 'theirs' ? text.standing.theirs(view.agent?.name ?? text.staff) : text.standing[standing]
}

interface WayProps {
  readonly name: string
  readonly label: string
  readonly glyph?: GlyphName
  readonly filled?: boolean
}

/** An action as a button; its key stands beside its name on hover. */
function Way({ name, label, glyph, filled = false }: WayProps) {
  const action = actions.find((each) => each.name === name)
  if (action === undefined) return null
  const keys = action.keys[0]
  return (
    <Tooltip
      label={
        <span style={{ display: 'flex', gap: 8 }}>
          {action.label} {keys !== undefined && <Keys of={keys} />}
        </span>
      }
    >
      <Button
        size="xs"
        variant={filled ? 'filled' : 'default'}
        leftSection={filled ? <Icon name="check" size={15} /> : glyph !== undefined && <Glyph name={glyph} size={15} />}
        onClick={() => {
          const now = scene()
          if (now !== null) action.perform(now)
        }}
      >
        {label}
      </Button>
    </Tooltip>
  )
}

/** Everything that can be done now, for fingers and for narrow screens. */
function More() {
  const now = scene()
  const there = actions.filter(({ group, when }) => group === 'act' && now !== null && (when?.(now) ?? true))
  if (there.length === 0) return null
  return (
    <Menu position="bottom-end" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" c="var(--text)" aria-label={text.more}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {there.map((action) => (
          <Menu.Item
            key={action.name}
            leftSection={<Icon name={action.icon} size={16} />}
            rightSection={action.keys[0] !== undefined && <Keys of={action.keys[0]} />}
            onClick={() => {
              const then = scene()
              if (then !== null) action.perform(then)
            }}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
