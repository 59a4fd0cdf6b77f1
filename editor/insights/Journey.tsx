import { ActionIcon, Alert, Badge, Button, Group, Slider, Text, Title } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { ShownMessage } from '#ui/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { cardOf } from '../document/card.ts'
import { nodeOf } from '../document/document.ts'
import { marks } from '../document/marks.ts'
import { editor, useEditor } from '../document/store.ts'
import { Waiting } from '../shell/Message.tsx'
import { causeOf, useVersion } from '../versions/reading.ts'
import { words } from '../words/en.ts'
import { journeyOf, saidUpTo, stopsOf, type Stop } from './journey.ts'
import style from './Live.module.css'
import { MOST_ENTRIES, useConversation } from './reading.ts'

const text = words.insights
const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })
const short = new Intl.DateTimeFormat('en', { timeStyle: 'short' })

/** One conversation, stop by stop: its way is lit on the canvas, and what was said up to there is read here. */
export function Journey({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const { data, error, refetch } = useConversation(id)
  return (
    <div className={style['scroll']}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon variant="default" aria-label={text.back} title={text.back} onClick={onBack} autoFocus>
          <Icon name="back" size={16} />
        </ActionIcon>
        <Title order={3} size="h6" className={style['id'] ?? ''}>
          {text.conversation(id)}
        </Title>
      </Group>
      {data ? (
        <Steps known={data} />
      ) : error ? (
        <Alert color="red" variant="light" title={text.journeyFailed}>
          <Text size="sm">{causeOf(error)}</Text>
          <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
            {text.again}
          </Button>
        </Alert>
      ) : (
        <Waiting label={text.reading} />
      )}
    </div>
  )
}

type Known = NonNullable<ReturnType<typeof useConversation>['data']>

function Steps({ known: { conversation, log, isCut } }: { readonly known: Known }) {
  const { flow, phase } = conversation
  const published = useEditor((state) => state.published)
  // Null follows the conversation as it goes on.
  const [chosen, setChosen] = useState<number | null>(null)
  const stops = useMemo(() => stopsOf(log), [log])
  const last = stops.length - 1
  const shown = Math.min(chosen ?? last, last)
  const said = useMemo(() => saidUpTo(log, stops, shown), [log, stops, shown])
  usePainted(flow, stops, shown)
  const stop = stops[shown]
  const show = (index: number): void => {
    setChosen(index >= last ? null : index)
    editor.focusNode(stops[index]?.node ?? '')
  }

  return (
    <>
      <Group gap="xs">
        <Badge variant="light" color="gray" c={`var(--phase-${phase})`} bg={`var(--phase-${phase}-soft)`}>
          {text.phases[phase]}
        </Badge>
        <Text size="xs" c="dimmed">
          {text.version(flow.version)}
        </Text>
      </Group>
      {flow.version !== published && <Text size="xs">{text.otherVersion(flow.version)}</Text>}
      {isCut && <Text size="xs">{text.cut(MOST_ENTRIES)}</Text>}
      {stop && <Timeline stop={stop} shown={shown} last={last} show={show} />}
      <Said messages={said} />
    </>
  )
}

function usePainted(flow: Known['conversation']['flow'], stops: readonly Stop[], shown: number): void {
  const draft = useEditor((state) => state.document)
  const { data: running } = useVersion(flow.id, flow.version)
  const journey = useMemo(() => journeyOf(running ?? draft, stops, shown), [running, draft, stops, shown])
  useEffect(() => {
    marks.set('live', { active: journey.active, litNodes: journey.nodes, litEdges: journey.edges })
    return () => marks.set('live', null)
  }, [journey])
}

interface TimelineProps {
  readonly stop: Stop
  readonly shown: number
  readonly last: number
  readonly show: (index: number) => void
}

function Timeline({ stop, shown, last, show }: TimelineProps) {
  const node = useEditor(({ document }) => nodeOf(document, stop.node))
  const name = node === undefined ? stop.node : cardOf(node).sentence
  const time = clock.format(new Date(stop.at))
  return (
    <div role="group" aria-label={text.slider} className={style['part']}>
      <div className={style['timeline']}>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={shown === 0}
          aria-label={text.earlier}
          onClick={() => show(shown - 1)}
        >
          <Icon name="back" />
        </ActionIcon>
        <Slider
          size="sm"
          min={0}
          max={Math.max(last, 1)}
          disabled={last === 0}
          value={shown}
          onChange={show}
          label={null}
          thumbLabel={text.slider}
          thumbValueText={`${text.stop(shown + 1, last + 1)}, ${name}, ${time}`}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={shown === last}
          aria-label={text.later}
          onClick={() => show(shown + 1)}
        >
          <Icon name="forward" />
        </ActionIcon>
      </div>
      <div className={style['stop']} aria-live="polite">
        <Text size="xs" c="dimmed">
          {text.stop(shown + 1, last + 1)} · <time dateTime={stop.at}>{time}</time>
        </Text>
        <Text size="sm" fw={600}>
          {name}
        </Text>
      </div>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {text.shortest}
        </Text>
        {shown < last && (
          <Button size="compact-xs" variant="light" onClick={() => show(last)}>
            {text.toNow}
          </Button>
        )}
      </Group>
    </div>
  )
}

function Said({ messages }: { readonly messages: readonly ShownMessage[] }) {
  if (messages.length === 0) return <Text size="sm">{text.silent}</Text>
  return (
    <ol className={style['said']} aria-label={text.said}>
      {messages.map(({ seq, from, agent, at, text: said }) => (
        <li key={seq} data-from={from}>
          <span className={style['quiet']}>
            {agent?.name ?? text[from]} · <time dateTime={at}>{short.format(new Date(at))}</time>
          </span>
          <span className={style['bubble']}>{said}</span>
        </li>
      ))}
    </ol>
  )
}
