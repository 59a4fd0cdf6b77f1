import { Group, JsonInput, NumberInput, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { nodeName } from '../run/names.ts'
import { Part } from './Part.tsx'
import style from './Setting.module.css'
import type { SettingProps } from './Setting.tsx'
import { readValue, valueText } from './value.ts'

const asked = ['call', 'ticket', 'callback'] as const

/** How what the flow asks of other systems ends. */
export function Systems({ options, simulation, onChange }: SettingProps) {
  const { flow } = simulation
  const systems = flow.nodes.filter((node) => asked.some((kind) => kind === node.type))
  if (systems.length === 0) return null
  return (
    <Part title={words.simulate.setting.systems}>
      {systems.map(({ id, type }) => (
        <System
          key={id}
          name={nodeName(flow, id)}
          hasBody={type === 'call'}
          answer={options.calls?.[id] ?? { ok: true }}
          onChange={(answer) => onChange({ calls: { ...options.calls, [id]: answer } })}
        />
      ))}
    </Part>
  )
}

interface SystemProps {
  readonly name: string
  readonly hasBody: boolean
  readonly answer: Answer
  readonly onChange: (answer: Answer) => void
}

function System({ name, hasBody, answer, onChange }: SystemProps) {
  const { setting: said } = words.simulate
  const [typed, setTyped] = useState(() => valueText(answer.body))
  const write = (text: string): void => {
    setTyped(text)
    const { body: _, ...bare } = answer
    const body = readValue(text)
    if (body === undefined) onChange(bare)
    else if (isJson(text)) onChange({ ...answer, body })
  }
  return (
    <div className={style['system']}>
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Text size="xs" lineClamp={2}>
          {name}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={name}
          value={answer.ok ? 'ok' : 'fails'}
          onChange={(value) => onChange({ ...answer, ok: value === 'ok' })}
          data={[
            { value: 'ok', label: said.ok },
            { value: 'fails', label: said.fails },
          ]}
        />
      </Group>
      {hasBody && (
        <Group gap={6} wrap="nowrap" align="start" mt={4}>
          <NumberInput
            size="xs"
            w={84}
            label={said.status}
            min={100}
            max={599}
            allowDecimal={false}
            value={answer.status ?? (answer.ok ? 200 : 500)}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 100 && value <= 599) onChange({ ...answer, status: value })
            }}
          />
          <JsonInput
            size="xs"
            flex={1}
            label={said.body}
            placeholder="{}"
            autosize
            minRows={1}
            maxRows={6}
            value={typed}
            onChange={write}
            error={typed.trim() !== '' && !isJson(typed) ? said.badJson : undefined}
          />
        </Group>
      )}
    </div>
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
