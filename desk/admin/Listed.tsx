import { ActionIcon, Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, type IconName } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import styles from './Admin.module.css'

const text = words.admin

export interface Act {
  readonly label: string
  readonly icon: IconName
  readonly danger?: boolean
  perform(): void
}

interface Props {
  /** What it is called, also where it is not seen. */
  readonly name: string
  readonly mark: ReactNode
  readonly title: ReactNode
  readonly facts: readonly (ReactNode | false)[]
  /** It is there no more, or may do nothing. */
  readonly isDim?: boolean
  readonly acts: readonly Act[]
}

/** One of a list: who or what it is, in a line what is to be known, and what can be done with it. */
export function Listed({ name, mark, title, facts, isDim = false, acts }: Props) {
  return (
    <li className={styles['listed']} data-dim={isDim || undefined} aria-label={name}>
      <span className={styles['mark']} aria-hidden="true">
        {mark}
      </span>
      <div className={styles['about']}>
        <div className={styles['title']}>{title}</div>
        <div className={styles['facts']}>
          {facts.map((fact, index) => fact !== false && <span key={index}>{fact}</span>)}
        </div>
      </div>
      {acts.length > 0 && (
        <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} width={220}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" c="var(--text)" size={36} aria-label={text.more(name)}>
              <Icon name="dots" size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {acts.map(({ label, icon, danger = false, perform }) => (
              <Menu.Item
                key={label}
                leftSection={<Icon name={icon} size={16} />}
                {...(danger ? { c: 'var(--danger)' } : {})}
                onClick={perform}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  )
}
