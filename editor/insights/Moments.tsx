import { ActionIcon, Button, Group, Slider, Tabs, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { Refusal } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { Standing } from '../simulate/chat/Standing.tsx'
import { Transcript } from '../simulate/chat/Transcript.tsx'
import { whyOf } from '../simulate/inside/explaining.ts'
import { Inside } from '../simulate/inside/Inside.tsx'
import { timerName } from '../simulate/run/names.ts'
import { countdown } from '../simulate/run/time.ts'
import { turnOf } from '../simulate/run/turn.ts'
import { words } from '../words/en.ts'
import style from './Live.module.css'
import { showMoment } from './opened.ts'
import { litUpTo, momentAt, simulationAt, type Moment, type Past } from './past.ts'

const text = words.insights
const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

interface Props {
  readonly past: Past
  readonly seq: number | null
  /** What else can be done with the conversation. */
  readonly children: ReactNode
}

/** The moments of a conversation: a slider over its events, and what was so at the one that is shown. */
export function Moments({ past, seq, children }: Props) {
  const last = past.moments.length - 1
  const index = momentAt(past, seq)
  // The slider answers at once; what a long conversation shows follows when there is time.
  const shown = useDeferredValue(index)
  const simulation = useMemo(() => simulationAt(past, shown), [past, shown])
  const moment = past.moments[index]
  usePainted(past, shown)
  if (moment === undefined || simulation === undefined) return null
  const show = (to: number): void => {
    const chosen = past.moments[to]
    if (chosen === undefined) return
    showMoment(to === last ? null : chosen.seq)
  }
  return (
    <>
      <Standing simulation={simulation} turn={turnOf(simulation)} />
      <Timeline moment={moment} index={index} last={last} show={show} />
      <Because simulation={simulation} />
      <Looked simulation={simulation} show={show} />
      <Foot past={past} index={index} moment={moment}>
        {children}
      </Foot>
    </>
  )
}

function usePainted(past: Past, index: number): void {
  const document = useEditor((state) => state.document)
  const lit = useMemo(() => litUpTo(document, past, index), [document, past, index])
  useEffect(() => {
    marks.set('live', { active: lit.active, litNodes: lit.nodes, litEdges: lit.edges })
    return () => marks.set('live', null)
  }, [lit])
  // Wherever it stands at the moment that is shown, the canvas shows it.
  useEffect(() => editor.bringIntoView(lit.active), [lit.active])
}

interface TimelineProps {
  readonly moment: Moment
  readonly index: number
  readonly last: number
  readonly show: (index: number) => void
}

function Timeline({ moment, index, last, show }: TimelineProps) {
  const time = clock.format(moment.at)
  const what = text.events[moment.event.type]
  return (
    <div role="group" aria-label={text.slider} className={style['moment']}>
      <div className={style['timeline']}>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={index === 0}
          aria-label={text.earlier}
          onClick={() => show(index - 1)}
        >
          <Icon name="back" />
        </ActionIcon>
        <Slider
          size="sm"
          min={0}
          max={Math.max(last, 1)}
          disabled={last === 0}
          value={index}
          onChange={show}
          label={null}
          thumbLabel={text.slider}
          thumbValueText={`${text.stop(index + 1, last + 1)}, ${what}, ${time}`}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={index === last}
          aria-label={text.later}
          onClick={() => show(index + 1)}
        >
          <Icon name="forward" />
        </ActionIcon>
      </div>
      <div aria-live="polite">
        <Text size="xs" c="var(--text-dim)">
          {text.stop(index + 1, last + 1)} · {text.version(moment.version)} ·{' '}
          <time dateTime={new Date(moment.at).toISOString()}>{time}</time>
        </Text>
        <Text size="sm" fw={600}>
          {what}
        </Text>
      </div>
    </div>
  )
}

/** Why in a sentence; the whole of it is a tab away. */
function Because({ simulation }: { readonly simulation: Simulation }) {
  const why = useMemo(() => whyOf(simulation), [simulation])
  if (why === null || why.unasked !== null) return null
  return (
    <Text size="xs" className={style['because'] ?? ''} data-fired={why.fired !== null || undefined}>
      {why.sentence}
    </Text>
  )
}

function Looked({ simulation, show }: { readonly simulation: Simulation; readonly show: (index: number) => void }) {
  const [page, setPage] = useState<string | null>('said')
  return (
    <Tabs className={style['tabs']} value={page} onChange={setPage} keepMounted={false}>
      <Tabs.List grow>
        {(['said', 'inside'] as const).map((each) => (
          <Tabs.Tab key={each} value={each} fz="sm">
            {text.tabs[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel className={style['page']} value="said">
        <Transcript simulation={simulation} onStep={show} />
      </Tabs.Panel>
      <Tabs.Panel className={style['inside']} value="inside" tabIndex={0}>
        <Deadlines simulation={simulation} />
        <Inside simulation={simulation} />
      </Tabs.Panel>
    </Tabs>
  )
}

function Deadlines({ simulation: { snapshot, now } }: { readonly simulation: Simulation }) {
  if (snapshot.timers.length === 0) return null
  return (
    <section className={style['deadlines']} aria-labelledby="journey-deadlines">
      <Title order={3} size="h6" id="journey-deadlines">
        {words.simulate.timers}
      </Title>
      <ul className={style['rows']} aria-label={words.simulate.timers}>
        {snapshot.timers.map(({ id, due }) => (
          <li key={id} className={style['quiet']}>
            {words.simulate.timerLeft(timerName(id, words.simulate.timer), countdown(due - now))}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FootProps {
  readonly past: Past
  readonly index: number
  readonly moment: Moment
  readonly children: ReactNode
}

function Foot({ past, index, moment, children }: FootProps) {
  const isLast = index === past.moments.length - 1
  const [first] = past.moments
  const goOn = async (): Promise<void> => {
    const { standAt } = await import('../simulate/stand.ts')
    const flows = new Map(past.moments.map(({ version, flow }) => [version, flow]))
    try {
      const notes = standAt(
        (version) => flows.get(version) ?? moment.flow,
        first?.version ?? moment.version,
        past.moments.slice(0, index + 1),
      )
      for (const note of notes) notifications.show({ message: note })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      notifications.show({ color: 'red', message: error.message })
    }
  }
  return (
    <Group gap="xs" className={style['foot'] ?? ''}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="play" size={14} />}
        onClick={() => void goOn()}
      >
        {text.goOn}
      </Button>
      {children}
      {!isLast && (
        <Button size="compact-sm" variant="light" ml="auto" onClick={() => showMoment(null)}>
          {text.toNow}
        </Button>
      )}
    </Group>
  )
}
