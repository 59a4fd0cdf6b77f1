import { Button, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { variableTypes, type VariableType } from '#engine/flow/document.ts'
import { editor } from '../../document/store.ts'
import { setVariable } from '../../document/commands/index.ts'
import { words } from '../../words/en.ts'
import { useNodeForm } from '../node/form.tsx'
import classes from './NewVariable.module.css'

/** Where a name is used that the flow does not declare: the cure beside it. */
export function NewVariable({ name, usual }: { readonly name: string; readonly usual: VariableType }) {
  const { known, readOnly } = useNodeForm()
  const [type, setType] = useState(usual)
  if (readOnly || name === '' || Object.hasOwn(known.variables, name)) return null
  return (
    <div className={classes['offer']}>
      <Text size="xs">{words.inspector.variable.unknown(name)}</Text>
      <NativeSelect
        size="xs"
        aria-label={words.inspector.variable.type}
        value={type}
        data={variableTypes.map((value) => ({ value, label: words.inspector.variable.types[value] }))}
        onChange={(event) => setType(variableTypes.find((each) => each === event.currentTarget.value) ?? usual)}
      />
      <Button size="compact-xs" variant="light" onClick={() => editor.run(setVariable(name, { type }))}>
        {words.inspector.variable.declare}
      </Button>
    </div>
  )
}
