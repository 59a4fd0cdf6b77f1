import { Group, NumberInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { parseDuration } from '#engine/index.ts'
import { durationText, type SimulatedQueue } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { teamsIn } from '../run/surroundings.ts'
import { Part } from './Part.tsx'
import type { SettingProps } from './Setting.tsx'

/** Place and time to wait, as the texts of a queue tell them. */
export function Queues({ options, simulation, onChange }: SettingProps) {
  const teams = teamsIn(simulation.flow)
  if (teams.length === 0) return null
  return (
    <Part title={words.simulate.setting.queues}>
      {teams.map((team) => (
        <Queue
          key={team}
          team={team}
          queue={options.queues?.[team] ?? {}}
          onChange={(queue) => onChange({ queues: { ...options.queues, [team]: queue } })}
        />
      ))}
    </Part>
  )
}

interface QueueProps {
  readonly team: string
  readonly queue: SimulatedQueue
  readonly onChange: (queue: SimulatedQueue) => void
}

function Queue({ team, queue, onChange }: QueueProps) {
  const { setting: said } = words.simulate
  const { eta, within } = queue
  return (
    <Group gap={6} wrap="nowrap" align="end" role="group" aria-label={team}>
      <Text size="xs" flex={1} pb={6} truncate>
        {team}
      </Text>
      <NumberInput
        size="xs"
        w={62}
        label={said.position}
        min={1}
        allowDecimal={false}
        value={queue.position ?? 1}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1) onChange({ ...queue, position: value })
        }}
      />
      <Length
        label={said.eta}
        example="4m"
        value={eta ?? null}
        onChange={(length) => onChange({ ...queue, eta: length })}
      />
      <Length
        label={said.within}
        example="8m"
        value={within ?? null}
        onChange={(length) => onChange({ ...queue, within: length })}
      />
      <NumberInput
        size="xs"
        w={70}
        label={said.waiting}
        title={said.waitingHelp}
        min={0}
        allowDecimal={false}
        value={queue.waiting ?? ''}
        onChange={(value) => onChange({ ...queue, waiting: typeof value === 'number' ? value : undefined })}
      />
    </Group>
  )
}

interface LengthProps {
  readonly label: string
  readonly example: string
  /** In milliseconds; null: nobody can say. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

function Length({ label, example, value, onChange }: LengthProps) {
  const [typed, setTyped] = useState<string>()
  const { setting: said } = words.simulate
  const isBad = typed !== undefined && typed !== '' && parseDuration(typed) === undefined
  const write = (text: string): void => {
    setTyped(text)
    const length = text === '' ? null : parseDuration(text)
    if (length !== undefined) onChange(length)
  }
  return (
    <TextInput
      size="xs"
      w={62}
      label={label}
      placeholder={example}
      title={said.etaHelp}
      error={isBad ? said.badDuration : undefined}
      value={typed ?? (value === null ? '' : durationText(value))}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => setTyped(undefined)}
    />
  )
}
