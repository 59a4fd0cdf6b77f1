import { Badge, Group, Progress, Text, Title, UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { signals } from '#engine/index.ts'
import type { SignalReading, Simulation, TriggerReading } from '#engine/simulate/index.ts'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { nodeName } from '../run/names.ts'
import style from './Inside.module.css'
import { nearness } from './meter.ts'

/** Every trigger with its signals: the value now, the value before the last thing done, and what it would take. */
export function Watchers({ simulation }: { readonly simulation: Simulation }) {
  const now = useMemo(() => simulation.triggers, [simulation])
  const before = useMemo(() => simulation.back(1).triggers, [simulation])
  return (
    <section className={style['section']} aria-labelledby="simulate-watchers">
      <Title order={3} size="h6" id="simulate-watchers">
        {words.simulate.watchers}
      </Title>
      {now.length === 0 && <Text size="xs">{words.simulate.noTriggers}</Text>}
      {now.map((trigger, index) => (
        <Trigger
          key={trigger.trigger}
          trigger={trigger}
          before={before[index]}
          name={nodeName(simulation.flow, trigger.trigger)}
        />
      ))}
    </section>
  )
}

interface TriggerProps {
  readonly trigger: TriggerReading
  readonly before: TriggerReading | undefined
  readonly name: string
}

function Trigger({ trigger, before, name }: TriggerProps) {
  const fires =
    trigger.match === 'all'
      ? trigger.signals.every((each) => each.matched)
      : trigger.signals.some((each) => each.matched)
  return (
    <UnstyledButton
      className={style['trigger']}
      data-fires={fires || undefined}
      onClick={() => editor.focusNode(trigger.trigger)}
    >
      <Text size="sm" fw={600}>
        {name}
      </Text>
      {trigger.signals.length > 1 && <Text size="xs">{words.simulate.fires[trigger.match]}</Text>}
      {trigger.signals.map((reading, index) => (
        <Signal key={index} reading={reading} before={before?.signals[index]} />
      ))}
    </UnstyledButton>
  )
}

function Signal({ reading, before }: { readonly reading: SignalReading; readonly before: SignalReading | undefined }) {
  const { signal, sentence, matched, value, distance } = reading
  const { title } = signals[signal]
  const hasChanged = before !== undefined && before.value !== value
  return (
    // The key makes a changed value flash anew.
    <span key={String(value)} className={`${style['signal']} ${hasChanged ? style['rose'] : ''}`}>
      <span>{title}</span>
      <Group gap={6} wrap="nowrap" className={style['value'] ?? ''}>
        {hasChanged && (
          <Text span size="xs" c="var(--text-dim)">
            {words.simulate.rose(shown(before.value))}
          </Text>
        )}
        {matched ? (
          <Badge size="xs" color="orange" autoContrast>
            {words.simulate.matched}
          </Badge>
        ) : (
          valueOf(reading)
        )}
      </Group>
      <Progress
        className={style['bar'] ?? ''}
        size={4}
        value={nearness(reading) * 100}
        color={matched ? 'orange' : 'blue'}
        aria-label={`${title}: ${valueOf(reading)}`}
      />
      <span className={style['sentence']}>
        {sentence}
        {distance !== undefined && ` · ${words.simulate.needs(distance.needs)}`}
      </span>
    </span>
  )
}

/** A signal's value against what it would take. */
export function valueOf({ value, threshold }: SignalReading): string {
  return threshold === undefined || typeof value !== 'number'
    ? shown(value)
    : words.simulate.of(shown(value), shown(threshold))
}

function shown(value: SignalReading['value']): string {
  if (value === null || value === false) return '–'
  if (value === true) return '✓'
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value
}
