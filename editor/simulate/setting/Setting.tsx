import { Button, Group, Text, TextInput } from '@mantine/core'
import { usualStart, type SimulationOptions } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import type { Run, RunEvent } from '../run/run.ts'
import { schedulesIn } from '../run/surroundings.ts'
import { fromField, toField } from '../run/time.ts'
import { Part } from './Part.tsx'
import { People } from './People.tsx'
import { CustomerFacts, VariableFacts } from './Facts.tsx'
import { Queues } from './Queues.tsx'
import { Systems } from './Systems.tsx'

interface Props {
  readonly run: Run
  readonly send: (event: RunEvent) => void
}

/** What a part of the setting is given: what stands now, and how to change it. A key that is undefined is left out. */
export interface SettingProps {
  readonly options: SimulationOptions
  readonly simulation: NonNullable<Run['simulation']>
  readonly onChange: (change: Partial<SimulationOptions>) => void
}

/** What stands around the run: when it begins, with whom, who works, and how the world answers. */
export function Setting({ run, send }: Props) {
  const { simulation, options } = run
  if (simulation === null) return null
  const onChange = (change: Partial<SimulationOptions>): void =>
    send({ type: 'setting.changed', options: { ...options, ...change } })
  const props = { options, simulation, onChange }
  return (
    <>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Text size="xs">{words.simulate.setting.lead}</Text>
        <Button size="compact-xs" variant="default" onClick={() => send({ type: 'setting.changed', options: {} })}>
          {words.simulate.setting.reset}
        </Button>
      </Group>
      <Beginning {...props} />
      <CustomerFacts {...props} />
      <VariableFacts {...props} />
      <People {...props} />
      <Queues {...props} />
      <Systems {...props} />
      {schedulesIn(simulation.flow)
        .filter((id) => options.schedules?.[id] === undefined)
        .map((id) => (
          <Text key={id} size="xs" c="var(--text-dim)">
            {words.simulate.setting.saved(id)}
          </Text>
        ))}
    </>
  )
}

function Beginning({ options, simulation, onChange }: SettingProps) {
  const { timezone } = simulation.flow
  const { setting: said } = words.simulate
  return (
    <Part title={said.starts}>
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          size="xs"
          flex={1}
          type="datetime-local"
          label={said.startsIn(timezone)}
          value={toField(simulation.setting.at, timezone)}
          onChange={(event) => {
            const at = fromField(event.currentTarget.value, timezone)
            if (at !== undefined) onChange({ at })
          }}
        />
        <Button size="xs" variant="default" onClick={() => onChange({ at: usualStart(timezone) })}>
          {said.usual}
        </Button>
      </Group>
      <Group gap="xs" grow wrap="nowrap">
        <Line
          label={said.language}
          value={options.language}
          placeholder={simulation.flow.language}
          onChange={(language) => onChange({ language })}
        />
        <Line
          label={said.channel}
          value={options.channel}
          placeholder="web"
          onChange={(channel) => onChange({ channel })}
        />
        <Line label={said.page} value={options.page} placeholder="/" onChange={(page) => onChange({ page })} />
      </Group>
    </Part>
  )
}

interface LineProps {
  readonly label: string
  readonly value: string | undefined
  readonly placeholder: string
  readonly onChange: (value: string | undefined) => void
}

function Line({ label, value = '', placeholder, onChange }: LineProps) {
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder={placeholder}
      maxLength={100}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}
