/** The flow's variables: renamed wherever the flow speaks of them, taken out only when it does not any more. */
import { ActionIcon, Button, Input, NativeSelect, Text, TextInput } from '@mantine/core'
import { useDeferredValue, useId, useMemo } from 'react'
import { variableTypes } from '#engine/flow/document.ts'
import { Hint } from '#ui/hint.tsx'
import { Icon } from '#ui/icon.tsx'
import { removeVariable, renameVariable, setVariable, usesOf } from '../../document/commands/index.ts'
import type { FlowNode, Variable } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { VARIABLE_NAME } from '../rows/variable-name.ts'
import { freshId } from '../list/order.ts'
import { useKnown } from '../node/useKnown.ts'
import { DraftName } from '../rows/DraftName.tsx'
import classes from './Variables.module.css'

const said = words.inspector.head

export function Variables({ error }: { readonly error: string | undefined }) {
  const id = useId()
  const variables = useEditor((state) => state.document.variables)
  const readOnly = useEditor((state) => state.readOnly)
  const uses = useUses()
  const { variables: known } = useKnown()
  const asked = Object.entries(known).filter(([name]) => !Object.hasOwn(variables, name))
  const names = Object.keys(variables)
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label id={id} component="div">
        {said.variables}
      </Input.Label>
      <Input.Description mb={6}>{said.variablesHelp}</Input.Description>
      {names.length === 0 && asked.length === 0 ? (
        <Text size="sm" c="dimmed">
          {said.none}
        </Text>
      ) : null}
      {Object.entries(variables).map(([name, variable], index) => (
        // A renamed variable is the same row.
        <VariableRow
          key={index}
          name={name}
          variable={variable}
          taken={Object.keys(known).filter((each) => each !== name)}
          used={uses.get(name) ?? []}
          readOnly={readOnly}
        />
      ))}
      {error === undefined ? null : <Input.Error mt={4}>{error}</Input.Error>}
      {readOnly ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plus" />}
          onClick={() => editor.run(setVariable(freshId(said.fresh, Object.keys(known), said.fresh), { type: 'text' }))}
        >
          {said.add}
        </Button>
      )}
      {asked.length === 0 ? null : (
        <>
          <Text size="sm" mt="sm" c="dimmed">
            {said.asked}
          </Text>
          <ul className={classes['asked']}>
            {asked.map(([name, { type }]) => (
              <li key={name}>
                <code>{name}</code> · {words.inspector.variable.types[type]}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

interface VariableRowProps {
  readonly name: string
  readonly variable: Variable
  readonly taken: readonly string[]
  readonly used: readonly FlowNode[]
  readonly readOnly: boolean
}

function VariableRow({ name, variable, taken, used, readOnly }: VariableRowProps) {
  const [first] = used
  const removing = used.length === 0 ? said.remove(name) : `${said.remove(name)}. ${said.inUse}`
  const write = (change: Partial<Variable>): void => {
    const { label, ...next }: Variable = { ...variable, ...change }
    editor.run(setVariable(name, label === undefined || label === '' ? next : { ...next, label }))
  }
  return (
    <div className={classes['row']}>
      <div className={classes['line']}>
        <DraftName
          label={said.variable}
          place={`variable ${name}`}
          value={name}
          readOnly={readOnly}
          pattern={VARIABLE_NAME}
          cure={words.inspector.variable.cure}
          taken={taken}
          onChange={(next) => {
            editor.run(renameVariable(name, next))
          }}
        />
        <NativeSelect
          size="xs"
          label={said.type}
          value={variable.type}
          disabled={readOnly}
          data={variableTypes.map((type) => ({ value: type, label: words.inspector.variable.types[type] }))}
          onChange={(event) => {
            const type = variableTypes.find((each) => each === event.currentTarget.value)
            if (type !== undefined) write({ type })
          }}
        />
        {readOnly ? null : (
          <Hint label={removing}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              mt={26}
              aria-label={removing}
              aria-disabled={used.length > 0}
              onClick={() => {
                if (used.length === 0) editor.run(removeVariable(name))
              }}
            >
              <Icon name="close" />
            </ActionIcon>
          </Hint>
        )}
      </div>
      <div className={classes['line']}>
        <TextInput
          size="xs"
          className={classes['label'] ?? ''}
          label={said.label}
          value={variable.label ?? ''}
          readOnly={readOnly}
          onChange={(event) => write({ label: event.currentTarget.value })}
        />
        {first === undefined ? (
          <Text size="xs" c="dimmed" pb={6}>
            {said.uses(0)}
          </Text>
        ) : (
          <Button
            variant="transparent"
            size="compact-xs"
            px={0}
            title={said.show(name)}
            onClick={() => editor.select(used.map((node) => node.id))}
          >
            {said.uses(used.length)}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The steps that speak of each variable; looked for again when steps change, not with every key in the head. */
function useUses(): ReadonlyMap<string, readonly FlowNode[]> {
  const document = useEditor((state) => state.document)
  const nodes = useDeferredValue(document.nodes)
  const variables = useDeferredValue(document.variables)
  return useMemo(
    () => new Map(Object.keys(variables).map((name) => [name, usesOf({ ...document, nodes, variables }, name)])),
    // What else the document holds says nothing of uses.
    [nodes, variables],
  )
}
