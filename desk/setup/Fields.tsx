/** What the forms of the setup are made of. */
import { ActionIcon, Button, Input, NumberInput, TagsInput, TextInput } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import { pointed, type Faults } from './faults.ts'
import type { Bounds, Figure } from './figures.ts'
import type { FormProps } from './kind.ts'
import styles from './Setup.module.css'

const text = words.setup

/** Fields that belong together, under a heading. */
export function Fieldset({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles['set']}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

/** Name and, for a new one, the id. */
export function Identity({ fields, isNew, faults, change }: FormProps<{ readonly id: string; readonly name: string }>) {
  return (
    <div className={styles['row']}>
      <TextInput
        label={text.name}
        value={fields.name}
        error={faults.at('/name')}
        required
        maxLength={200}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <TextInput
        label={text.id}
        description={text.idHelp}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={fields.id}
        error={faults.at('/id')}
        required={isNew}
        readOnly={!isNew}
        variant={isNew ? 'default' : 'filled'}
        spellCheck={false}
        autoCapitalize="none"
        onChange={({ currentTarget: { value } }) => change({ id: value })}
      />
    </div>
  )
}

interface TagsProps {
  readonly label: string
  readonly help: string
  readonly value: readonly string[]
  readonly known?: readonly string[]
  readonly error: string | undefined
  onChange(value: string[]): void
}

export function Tags({ label, help, value, known = [], error, onChange }: TagsProps) {
  return (
    <TagsInput
      label={label}
      description={help}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={[...value]}
      data={[...known]}
      error={error}
      acceptValueOnBlur
      onChange={onChange}
    />
  )
}

interface FiguresProps {
  readonly label: string
  readonly help: string
  readonly field: string
  readonly rows: readonly Figure[]
  readonly faults: Faults
  readonly add: string
  readonly fresh: number
  readonly bounds: Bounds
  readonly step: number
  nameOf(row: number): string
  figureOf(name: string): string
  onChange(rows: readonly Figure[]): void
}

export function Figures(props: FiguresProps) {
  const { label, help, field, rows, faults, add, fresh, bounds, step, nameOf, figureOf, onChange } = props
  const id = useId()
  const whole = faults.at(`/${field}`)
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      {rows.map((row, index) => {
        const said = row.name === '' ? undefined : faults.under(`/${field}/${pointed(row.name.trim())}`)
        const error = faults.at(`/${field}/#${index}`) ?? said
        const called = row.name === '' ? nameOf(index + 1) : row.name
        return (
          <div key={index} className={styles['figure']}>
            <TextInput
              aria-label={nameOf(index + 1)}
              value={row.name}
              error={error}
              flex={1}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => onChange(rows.with(index, { ...row, name: value }))}
            />
            <NumberInput
              aria-label={figureOf(row.name)}
              value={row.figure}
              w={92}
              min={bounds.least}
              max={bounds.most}
              step={step}
              clampBehavior="none"
              {...(error === undefined ? {} : { error: true })}
              onChange={(value) => {
                onChange(rows.with(index, { ...row, figure: typeof value === 'number' ? value : '' }))
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--text-dim)"
              size={36}
              aria-label={text.remove(called)}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            >
              <Icon name="trash" size={16} />
            </ActionIcon>
          </div>
        )
      })}
      {whole !== undefined && <Input.Error mt={4}>{whole}</Input.Error>}
      <Input.Description mt={4}>{help}</Input.Description>
      <Button
        mt={6}
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => onChange([...rows, { name: '', figure: fresh }])}
      >
        {add}
      </Button>
    </div>
  )
}
