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
  const [typed, setTyped] = useState<string>()
  const { setting: said } = words.simulate
  const { eta } = queue
  const isBad = typed !== undefined && typed !== '' && parseDuration(typed) === undefined
  const write = (text: string): void => {
    setTyped(text)
    const length = text === '' ? null : parseDuration(text)
    if (length !== undefined) onChange({ ...queue, eta: length })
  }
  return (
    <Group gap={6} wrap="nowrap" align="end">
      <Text size="xs" flex={1} pb={6} truncate>
        {team}
      </Text>
      <NumberInput
        size="xs"
        w={76}
        label={said.position}
        min={1}
        allowDecimal={false}
        value={queue.position ?? 1}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1) onChange({ ...queue, position: value })
        }}
      />
      <TextInput
        size="xs"
        w={110}
        label={said.eta}
        placeholder="4m"
        title={said.etaHelp}
        error={isBad ? said.badDuration : undefined}
        value={typed ?? (eta == null ? '' : durationText(eta))}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
    </Group>
  )
}
