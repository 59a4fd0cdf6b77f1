/** The builder's controls in the editor's own parts. */
import {
  ActionIcon,
  Button,
  Checkbox,
  NativeSelect,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
  type ComboboxItem,
} from '@mantine/core'
import type {
  ActionProps,
  CombinatorSelectorProps,
  FieldSelectorProps,
  FullField,
  FullOption,
  NotToggleProps,
  OperatorSelectorProps,
  ValueEditorProps,
  ValueSourceSelectorProps,
} from 'react-querybuilder'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { namespaceWord } from '../text/namespace-word.ts'
import classes from './Builder.module.css'
import type { Name } from './names.ts'
import { relationNamed } from './relations.ts'

const said = words.inspector.condition

export const controls = {
  fieldSelector: NameSelect,
  operatorSelector: RelationSelect,
  valueEditor: ValueInput,
  valueSourceSelector: SourceSelect,
  combinatorSelector: CombinatorSelect,
  notToggle: NotToggle,
  addRuleAction: AddAction,
  addGroupAction: AddAction,
  removeRuleAction: RemoveAction,
  removeGroupAction: RemoveAction,
}

function NameSelect({ value, options, handleOnChange, disabled }: FieldSelectorProps<FullField>) {
  return (
    <Select
      size="xs"
      aria-label={said.name}
      data={grouped(namesOf(options))}
      value={value ?? null}
      disabled={disabled === true}
      searchable
      allowDeselect={false}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      onChange={(name) => {
        if (name !== null) handleOnChange(name)
      }}
    />
  )
}

function RelationSelect({ value, options, handleOnChange, disabled }: OperatorSelectorProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={said.relation}
      data={plain(options)}
      value={value ?? ''}
      disabled={disabled === true}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  )
}

function SourceSelect({ value, handleOnChange, disabled }: ValueSourceSelectorProps) {
  return (
    <NativeSelect
      size="xs"
      className={classes['source'] ?? ''}
      aria-label={said.against}
      value={value ?? 'value'}
      disabled={disabled === true}
      data={[
        { value: 'value', label: said.aValue },
        { value: 'field', label: said.aName },
      ]}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  )
}

function ValueInput({
  value,
  operator,
  field,
  valueSource,
  handleOnChange,
  context,
  disabled,
}: ValueEditorProps<FullField>) {
  const relation = relationNamed(operator)
  if (relation === undefined || relation.form === 'bare' || relation.form === 'has') return null
  // `context` is what the builder was given for its controls.
  const { names } = context as { readonly names: readonly Name[] }
  const type = names.find((name) => name.path === field)?.type ?? 'any'
  const shared = {
    size: 'xs',
    className: classes['value'] ?? '',
    'aria-label': said.value,
    disabled: disabled === true,
  } as const
  if (valueSource === 'field') {
    return (
      <Select
        {...shared}
        data={grouped(names.map((name) => name.path))}
        value={typeof value === 'string' ? value : null}
        searchable
        allowDeselect={false}
        onChange={(name) => {
          if (name !== null) handleOnChange(name)
        }}
      />
    )
  }
  if (relation.form === 'among') {
    const list: readonly unknown[] = Array.isArray(value) ? value : []
    return (
      <TagsInput
        {...shared}
        placeholder={list.length === 0 ? said.values : ''}
        value={list.map(String)}
        onChange={(tags) =>
          handleOnChange(tags.map((tag) => list.find((each) => String(each) === tag) ?? valueAs(type, tag)))
        }
      />
    )
  }
  if (type === 'number') {
    const write = (typed: number | string): void => {
      if (typeof typed === 'number') handleOnChange(typed)
    }
    return <NumberInput {...shared} value={typeof value === 'number' ? value : ''} onChange={write} />
  }
  return (
    <TextInput
      {...shared}
      value={String(value ?? '')}
      onChange={(event) => handleOnChange(valueAs(type, event.currentTarget.value))}
    />
  )
}

/** A number typed for a name of unknown type is meant as one: profiles hold limits and ages as numbers. */
function valueAs(type: Name['type'], typed: string): string | number {
  return type !== 'text' && typed !== '' && String(Number(typed)) === typed ? Number(typed) : typed
}

function CombinatorSelect({ value, options, handleOnChange, rules, disabled }: CombinatorSelectorProps) {
  if (rules.length < 2) return null
  return (
    <NativeSelect
      size="xs"
      w={92}
      aria-label={said.combinator}
      data={plain(options)}
      value={value ?? 'and'}
      disabled={disabled === true}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  )
}

function NotToggle({ checked, handleOnChange, ruleGroup, disabled }: NotToggleProps) {
  if (ruleGroup.rules.length === 0) return null
  return (
    <Checkbox
      size="xs"
      classNames={{ label: classes['not'] ?? '' }}
      label={said.not}
      checked={checked === true}
      disabled={disabled === true}
      onChange={(event) => handleOnChange(event.currentTarget.checked)}
    />
  )
}

function AddAction({ label, handleOnClick, title, disabled }: ActionProps) {
  const told = title === undefined ? {} : { title }
  return (
    <Button variant="subtle" size="compact-xs" {...told} disabled={disabled === true} onClick={handleOnClick}>
      {label}
    </Button>
  )
}

function RemoveAction({ handleOnClick, title, disabled }: ActionProps) {
  return (
    <ActionIcon
      className={classes['remove'] ?? ''}
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={title ?? ''}
      disabled={disabled === true}
      onClick={handleOnClick}
    >
      <Icon name="close" />
    </ActionIcon>
  )
}

type Options = FieldSelectorProps<FullField>['options'] | readonly FullOption[]

/** The list without groups: we give the builder none. */
function plain(
  options: OperatorSelectorProps['options'] | CombinatorSelectorProps['options'],
): readonly ComboboxItem[] {
  return options.flatMap((option) =>
    'value' in option && typeof option.value === 'string' ? [{ value: option.value, label: option.label }] : [],
  )
}

function namesOf(options: Options): readonly string[] {
  return options.flatMap((option) => ('value' in option && typeof option.value === 'string' ? [option.value] : []))
}

function grouped(paths: readonly string[]) {
  const of = (path: string): string => path.split('.')[0] ?? path
  return [...new Set(paths.map(of))].map((namespace) => ({
    group: namespaceWord(namespace),
    items: paths.filter((path) => of(path) === namespace),
  }))
}
