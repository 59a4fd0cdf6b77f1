import { ActionIcon, Button, EmptyState, Group, Tabs, Title, Tooltip } from '@mantine/core'
import { useSelector } from '@xstate/react'
import { useEffect, useMemo } from 'react'
import { Icon, type IconName } from '#ui/icon.tsx'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { Chat } from './chat/Chat.tsx'
import { Inside } from './inside/Inside.tsx'
import { shownOf, type RunActor } from './run/run.ts'
import { Scenarios } from './scenarios/Scenarios.tsx'
import { useShelved } from './scenarios/shelf.ts'
import { beginSession, endSession, showPage, usePage, useRunActor, type SimulatorPage } from './session.ts'
import { Setting } from './setting/Setting.tsx'
import style from './Simulator.module.css'
import { TroubleNote } from './TroubleNote.tsx'

/** The flow tried out beside its canvas: the server's own engine, under a clock that waits for the designer. */
export function Simulator() {
  const flowId = useEditor((state) => state.flowId)
  const isOpen = useEditor((state) => state.opening === 'open')
  const actor = useRunActor()
  useEffect(() => {
    if (isOpen && flowId !== null) beginSession()
  }, [isOpen, flowId])

  return (
    <section className={style['panel']} aria-label={words.simulate.title}>
      {actor === null ? <Idle /> : <Running key={flowId} actor={actor} flowId={flowId ?? ''} />}
    </section>
  )
}

function Idle() {
  return (
    <EmptyState mt="xl" px="md" title={words.simulate.idle} description={words.simulate.idleMore}>
      <EmptyState.Actions>
        <Button onClick={beginSession} leftSection={<Icon name="play" />}>
          {words.shell.run.begin}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}

function Running({ actor, flowId }: { readonly actor: RunActor; readonly flowId: string }) {
  const run = useSelector(actor, (snapshot) => snapshot.context)
  const simulation = useMemo(() => shownOf(run), [run])
  const page = usePage()
  const scenarios = useShelved(flowId).scenarios.length
  const show = (value: string | null): void => {
    if (isPage(value)) showPage(value)
  }
  return (
    <Tabs className={style['tabs']} value={page} onChange={show} keepMounted={false}>
      <div className={style['head']}>
        <Group justify="space-between" wrap="nowrap" pr={28}>
          <Title order={2} size="h5">
            {words.simulate.title}
          </Title>
          <Group gap={4} wrap="nowrap">
            <HeadButton
              label={words.shell.run.restart}
              icon="history"
              onClick={() => actor.send({ type: 'restart' })}
            />
            <HeadButton label={words.shell.run.stop} icon="leave" onClick={endSession} />
          </Group>
        </Group>
        <Tabs.List grow>
          {pages.map((each) => (
            <Tabs.Tab key={each} value={each} px={6} fz="sm">
              {words.simulate.tabs[each]}
              {each === 'scenarios' && scenarios > 0 && <span className={style['count']}> {scenarios}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      {run.trouble !== null && (
        <TroubleNote
          trouble={run.trouble}
          hasRun={simulation !== null}
          onClose={() => actor.send({ type: 'trouble.seen' })}
        />
      )}
      <Tabs.Panel className={style['page']} value="chat">
        {simulation !== null && <Chat run={run} simulation={simulation} send={actor.send} />}
      </Tabs.Panel>
      <Tabs.Panel className={style['scroll']} value="inside" tabIndex={0}>
        {simulation !== null && <Inside simulation={simulation} />}
      </Tabs.Panel>
      <Tabs.Panel className={style['scroll']} value="setting">
        <Setting run={run} send={actor.send} />
      </Tabs.Panel>
      <Tabs.Panel className={style['scroll']} value="scenarios">
        <Scenarios flowId={flowId} run={run} send={actor.send} onPlayed={() => showPage('chat')} />
      </Tabs.Panel>
    </Tabs>
  )
}

const pages = ['chat', 'inside', 'setting', 'scenarios'] as const satisfies readonly SimulatorPage[]

function isPage(value: string | null): value is SimulatorPage {
  return pages.some((each) => each === value)
}

function HeadButton({
  label,
  icon,
  onClick,
}: {
  readonly label: string
  readonly icon: IconName
  readonly onClick: () => void
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
