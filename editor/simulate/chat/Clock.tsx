import { Button, Group, Popover, Progress, Text, TextInput, Tooltip } from '@mantine/core'
import { useMemo, useState, type FormEvent } from 'react'
import { parseDuration } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { deadlinesOf, OFFER, type Deadline } from '../run/deadlines.ts'
import { nextMoment, type Doing } from '../run/doing.ts'
import { timerName } from '../run/names.ts'
import { clockTime, countdown, weekTime } from '../run/time.ts'
import style from './Chat.module.css'

interface Props {
  readonly simulation: Simulation
  readonly onDo: (doing: Doing) => void
}

const LENGTHS = ['1m', '10m'] as const
const MOST_SHOWN = 3

/** The run's own clock, what it brings next, and the buttons that let time pass. */
export function Clock({ simulation, onDo }: Props) {
  const deadlines = useMemo(() => deadlinesOf(simulation), [simulation])
  const { timezone, language } = simulation.flow
  const isDue = nextMoment(simulation) !== undefined
  return (
    <section className={style['clock']} aria-label={words.simulate.clock}>
      {deadlines.length > 0 && (
        <ul className={style['deadlines']} aria-label={words.simulate.timers}>
          {deadlines.slice(0, MOST_SHOWN).map((each) => (
            <DeadlineRow key={each.id} deadline={each} />
          ))}
        </ul>
      )}
      <Text size="xs" fw={600} mr="auto" title={clockTime(simulation.now, timezone, language)}>
        {weekTime(simulation.now, timezone, language)}
      </Text>
      <Group gap={4}>
        <Tooltip label={isDue ? words.simulate.nextHelp : words.simulate.nothingDue}>
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<Icon name="jump" size={12} />}
            disabled={!isDue}
            onClick={() => onDo({ until: 'next' })}
          >
            {words.simulate.next}
          </Button>
        </Tooltip>
        {LENGTHS.map((length) => (
          <Tooltip key={length} label={words.simulate.skipHelp(length)}>
            <Button size="compact-xs" variant="default" onClick={() => onDo({ clock: length })}>
              {words.simulate.skip(length)}
            </Button>
          </Tooltip>
        ))}
        <OtherLength onDo={onDo} />
      </Group>
    </section>
  )
}

function DeadlineRow({ deadline: { id, left, passed } }: { readonly deadline: Deadline }) {
  const name = id === OFFER ? words.simulate.offerEnds : timerName(id, words.simulate.timer)
  return (
    <li className={style['deadline']}>
      <span>{name}</span>
      <span>{countdown(left)}</span>
      <Progress
        className={style['bar'] ?? ''}
        size={3}
        value={passed * 100}
        aria-label={words.simulate.timerLeft(name, countdown(left))}
      />
    </li>
  )
}

function OtherLength({ onDo }: Pick<Props, 'onDo'>) {
  const [isOpen, setOpen] = useState(false)
  const [length, setLength] = useState('1h')
  const skip = (event: FormEvent): void => {
    event.preventDefault()
    if (parseDuration(length) === undefined) return
    onDo({ clock: length })
    setOpen(false)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus withArrow position="top-end">
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={() => setOpen((was) => !was)}>
          {words.simulate.custom}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={skip}>
          <Group gap="xs" align="end" wrap="nowrap">
            <TextInput
              size="xs"
              w={180}
              label={words.simulate.customHelp}
              value={length}
              onChange={(event) => setLength(event.currentTarget.value)}
              error={parseDuration(length) === undefined ? words.simulate.setting.badDuration : undefined}
            />
            <Button size="xs" type="submit" disabled={parseDuration(length) === undefined}>
              {words.simulate.skip(length)}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
