/** What a trigger watches: each signal with the figures that the engine's own list gives it. */
import { Menu, Button, Select, TagsInput, Text } from '@mantine/core'
import { signalFaces, signalNames, type Field as SignalField, type SignalName } from '#engine/signals/faces/index.ts'
import { Icon } from '#ui/icon.tsx'
import { ConditionInput } from '../condition/ConditionInput.tsx'
import { OrderedList } from '../list/OrderedList.tsx'
import { useErrorAt, useErrorUnder, useNodeForm } from '../node/form.tsx'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { FigureInput } from '../rows/FigureInput.tsx'
import { Line } from '../rows/Line.tsx'
import { words } from '../../words/en.ts'
import type { FieldProps } from './field.ts'

export function Signals({ field, shape: { place }, value }: FieldProps) {
  const { change, readOnly } = useNodeForm()
  const rows = listOf(value)
  const own = rows.flatMap((row, index) => fieldsOf(nameOf(row)).map(({ key }) => `${index}/${key}`))
  const error = useErrorUnder(place, own)
  return (
    <OrderedList
      label={field.label}
      help={field.help}
      error={error}
      items={rows}
      readOnly={readOnly}
      nameOf={(row) => titleOf(nameOf(row))}
      onChange={(next) => change(place, next)}
      add={<AddSignal onAdd={(name) => change(place, [...rows, fresh(name)])} />}
    >
      {(row, index) => <SignalRow row={recordOf(row)} place={`${place}/${index}`} />}
    </OrderedList>
  )
}

function SignalRow({ row, place }: { readonly row: Readonly<Record<string, unknown>>; readonly place: string }) {
  const { change, readOnly } = useNodeForm()
  const name = nameOf(row)
  return (
    <>
      <Select
        size="xs"
        label={words.inspector.signals.signal}
        value={textOf(row['signal'])}
        readOnly={readOnly}
        allowDeselect={false}
        searchable
        data={signalNames.map((each) => ({ value: each, label: signalFaces[each].title }))}
        onChange={(next) => {
          const chosen = signalNames.find((each) => each === next)
          if (chosen !== undefined && chosen !== name) change(place, fresh(chosen))
        }}
      />
      {name === undefined ? null : (
        <Text size="xs" c="dimmed">
          {plainDoc(signalFaces[name].doc)}
        </Text>
      )}
      {fieldsOf(name).map((field) => (
        <Figure key={field.key} field={field} name={name} place={`${place}/${field.key}`} value={row[field.key]} />
      ))}
    </>
  )
}

interface FigureProps {
  readonly field: SignalField
  readonly name: SignalName | undefined
  readonly place: string
  readonly value: unknown
}

function Figure({ field: { key, label, help, kind, min, max, step }, name, place, value }: FigureProps) {
  const { type, change, readOnly } = useNodeForm()
  const error = useErrorAt(place)
  const listError = useErrorUnder(place)
  const usual = name === undefined ? undefined : usualOf(name)[key]
  switch (kind) {
    case 'number':
      return (
        <FigureInput
          small
          label={label}
          help={help}
          error={error}
          value={value}
          usual={typeof usual === 'number' ? usual : undefined}
          least={min}
          most={max}
          step={step}
          whole={step === 1}
          onChange={(number) => type(place, number)}
        />
      )
    case 'words':
      return (
        <TagsInput
          size="xs"
          label={label}
          description={help}
          error={listError}
          value={listOf(value).map(textOf)}
          readOnly={readOnly}
          splitChars={[',', ';']}
          onChange={(list) => change(place, list.length === 0 ? undefined : list)}
        />
      )
    case 'text':
      return (
        <Line
          small
          label={label}
          help={help}
          place={place}
          value={textOf(value)}
          onChange={(text) => type(place, text === '' ? undefined : text)}
        />
      )
    case 'cel':
      return (
        <ConditionInput
          label={label}
          help={help}
          place={place}
          value={textOf(value)}
          returns="bool"
          onChange={(source) => type(place, source)}
        />
      )
    default:
      return kind satisfies never
  }
}

function AddSignal({ onAdd }: { onAdd(name: SignalName): void }) {
  return (
    <Menu width={300} position="bottom-start" withinPortal>
      <Menu.Target>
        <Button data-list-add variant="subtle" size="compact-sm" leftSection={<Icon name="plus" />}>
          {words.inspector.signals.add}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {signalNames.map((name) => (
          <Menu.Item key={name} onClick={() => onAdd(name)}>
            {signalFaces[name].title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A signal as it is first put on the list: its figures are the usual ones, what it cannot do without is empty. */
function fresh(name: SignalName): unknown {
  const needed = signalFaces[name].config.safeParse({ signal: name })
  const missing = needed.success ? [] : needed.error.issues.map((issue) => String(issue.path[0]))
  return { signal: name, ...Object.fromEntries(missing.map((key) => [key, ''])) }
}

function usualOf(name: SignalName): Readonly<Record<string, unknown>> {
  const read = signalFaces[name].config.safeParse({ signal: name })
  return read.success ? read.data : {}
}

function nameOf(row: unknown): SignalName | undefined {
  const name = recordOf(row)['signal']
  return signalNames.find((each) => each === name)
}

function titleOf(name: SignalName | undefined): string {
  return name === undefined ? words.inspector.signals.signal : signalFaces[name].title
}

function fieldsOf(name: SignalName | undefined): readonly SignalField[] {
  return name === undefined ? [] : signalFaces[name].fields
}

/** The engine's sentence without its marks. */
function plainDoc(doc: string): string {
  return doc.replaceAll(/\*\*|`/g, '')
}
