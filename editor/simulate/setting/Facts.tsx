import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Json } from '#engine/index.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { Part } from './Part.tsx'
import type { SettingProps } from './Setting.tsx'
import { filled, readValue, valueText } from './value.ts'

interface Row {
  readonly name: string
  readonly value: string
}

/** The customer's profile: any names, any values. */
export function CustomerFacts({ options, onChange }: SettingProps) {
  const [rows, setRows] = useState(() => rowsOf(options.customer))
  const shown = sameFacts(rows, options.customer) ? rows : rowsOf(options.customer)
  const change = (next: readonly Row[]): void => {
    setRows(next)
    onChange({ customer: factsOf(next) })
  }
  const { setting: said } = words.simulate
  return (
    <Part title={said.customer}>
      {shown.map((row, index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label={said.name}
            placeholder={said.name}
            maxLength={200}
            value={row.name}
            onChange={(event) => change(shown.with(index, { ...row, name: event.currentTarget.value }))}
          />
          <TextInput
            size="xs"
            flex={2}
            aria-label={`${said.value} ${row.name}`}
            placeholder={said.value}
            value={row.value}
            onChange={(event) => change(shown.with(index, { ...row, value: event.currentTarget.value }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={said.remove(row.name)}
            onClick={() => change(shown.toSpliced(index, 1))}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => setRows([...shown, { name: '', value: '' }])}
        >
          {said.add}
        </Button>
      </Group>
    </Part>
  )
}

/** The variables that the flow declares, as far as they are known before the first word. */
export function VariableFacts({ options, simulation, onChange }: SettingProps) {
  const declared = Object.entries(simulation.flow.variables)
  // What is being typed: `"1."` is no number yet, and stays as it is.
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  if (declared.length === 0) return null
  return (
    <Part title={words.simulate.setting.variables}>
      {declared.map(([name, { type, label }]) => {
        const value = options.variables?.[name]
        const text =
          typed[name] !== undefined && readValue(typed[name], type) === value ? typed[name] : valueText(value)
        return (
          <TextInput
            key={name}
            size="xs"
            label={label ?? name}
            description={type}
            value={text}
            onChange={({ currentTarget: { value: next } }) => {
              setTyped({ ...typed, [name]: next })
              onChange({ variables: filled({ ...options.variables, [name]: readValue(next, type) }) })
            }}
          />
        )
      })}
    </Part>
  )
}

function rowsOf(facts: Readonly<Record<string, Json>> = {}): readonly Row[] {
  const rows = Object.entries(facts).map(([name, value]) => ({ name, value: valueText(value) }))
  return rows.length === 0 ? [{ name: 'name', value: '' }] : rows
}

function factsOf(rows: readonly Row[]): Readonly<Record<string, Json>> | undefined {
  return filled(
    Object.fromEntries(
      rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim(), readValue(row.value)]),
    ),
  )
}

/** Whether rows still say what the run was given: it may have been given another scenario's. */
function sameFacts(rows: readonly Row[], facts: Readonly<Record<string, Json>> | undefined): boolean {
  return JSON.stringify(factsOf(rows) ?? {}) === JSON.stringify(facts ?? {})
}
