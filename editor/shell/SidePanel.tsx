import { ActionIcon, Tabs } from '@mantine/core'
import { lazy, Suspense, type ComponentType } from 'react'
import { Icon, type IconName } from '#ui/icon.tsx'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { editor, useEditor, type PanelName } from '../document/store.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { words } from '../words/en.ts'
import { asking } from './asking.ts'
import { Boundary } from './Boundary.tsx'
import styles from './SidePanel.module.css'

interface Panel {
  readonly name: PanelName
  readonly icon: IconName
  readonly Content: ComponentType
}

const panels: readonly Panel[] = [
  {
    name: 'inspector',
    icon: 'settings',
    Content: Inspector,
  },
  {
    name: 'simulator',
    icon: 'play',
    Content: lazy(() => import('../simulate/Simulator.tsx').then(({ Simulator }) => ({ default: Simulator }))),
  },
  {
    name: 'problems',
    icon: 'warning',
    Content: lazy(() => import('../problems/Problems.tsx').then(({ Problems }) => ({ default: Problems }))),
  },
  {
    name: 'versions',
    icon: 'history',
    Content: asking(() => import('../versions/Versions.tsx').then(({ Versions }) => Versions)),
  },
  {
    name: 'live',
    icon: 'live',
    Content: asking(() => import('../insights/Live.tsx').then(({ Live }) => Live)),
  },
]

/** Beside the canvas: a rail of tabs, and the panel of one of them. Choosing the open one hides it. */
export function SidePanel() {
  const panel = useEditor((state) => state.panel)
  const shown = useEditor((state) => state.panelShown)
  const problems = useEditor((state) => state.faults.length + state.problems.length)
  const choose = (name: string | null): void => {
    const chosen = panels.find((each) => each.name === name)
    if (chosen) editor.show(chosen.name)
    else editor.hidePanel()
  }
  return (
    <aside className={styles['aside']} aria-label={words.shell.panels.label}>
      <Tabs
        className={styles['side']}
        value={shown ? panel : null}
        onChange={choose}
        orientation="vertical"
        placement="right"
        allowTabDeactivation
        keepMounted={false}
        variant="pills"
      >
        <Tabs.List className={styles['rail']} aria-label={words.shell.panels.label}>
          {panels.map(({ name, icon }) => (
            <Tabs.Tab key={name} value={name} className={styles['tab']}>
              <Icon name={icon} size={19} />
              <span>{words.shell.panels[name]}</span>
              {name === 'problems' && problems > 0 && (
                <span className={styles['count']}>{problems > 99 ? '99+' : problems}</span>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {panels.map(({ name, Content }) => (
          <Tabs.Panel key={name} value={name} className={styles['panel']}>
            <ActionIcon
              className={styles['hide']}
              variant="subtle"
              color="gray"
              c="var(--text-dim)"
              size="sm"
              aria-label={words.shell.hidePanel}
              onClick={() => editor.hidePanel()}
            >
              <Icon name="close" size={14} />
            </ActionIcon>
            <Boundary>
              <Suspense fallback={<Waiting label={words.shell.loading} />}>
                <Content />
              </Suspense>
            </Boundary>
          </Tabs.Panel>
        ))}
      </Tabs>
    </aside>
  )
}
