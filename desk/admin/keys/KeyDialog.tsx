import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { MadeKey, Role } from '#ui/administration/answers.ts'
import { now } from '../../clock/clock.ts'
import { words } from '../../words/en.ts'
import { ActDialog } from '../ActDialog.tsx'
import { administration } from '../client.ts'
import { NameField } from '../NameField.tsx'
import { RoleFields } from '../RoleFields.tsx'
import { useAct } from '../useAct.ts'
import { endings, endOf, type Ending } from './ending.ts'
import { areasOf } from './rights.ts'
import { ScopeFields } from './ScopeFields.tsx'

const text = words.admin.keys
const roles = ['bot', 'agent', 'supervisor', 'designer', 'admin'] as const satisfies readonly Role[]

interface Props {
  onMade(key: MadeKey): void
  onClose(): void
}

/** A new key: what it is for, what it may do, and until when. */
export function KeyDialog({ onMade, onClose }: Props) {
  const acting = useAct()
  const { faultAt } = acting
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('bot')
  const [agent, setAgent] = useState('')
  const [ending, setEnding] = useState<Ending>('never')
  const [day, setDay] = useState('')
  const [isNarrow, setNarrow] = useState(false)
  const [scopes, setScopes] = useState<readonly string[]>([])
  const end = endOf(ending, day, now())

  const choose = (chosen: Role): void => {
    setRole(chosen)
    const held = areasOf(chosen).flatMap(({ rights }) => rights.map(({ right }) => right))
    setScopes(scopes.filter((right) => held.includes(right)))
  }
  const submit = (): void => {
    if (end === null) return
    acting.go(async () =>
      onMade(
        await administration.makeKey({
          role,
          ...(name.trim() === '' ? {} : { name: name.trim() }),
          ...(role === 'agent' && agent !== '' ? { agent } : {}),
          ...(end === undefined ? {} : { expiresAt: end }),
          ...(isNarrow ? { scopes } : {}),
        }),
      ),
    )
  }
  return (
    <ActDialog
      title={text.add}
      submit={text.submit}
      size="lg"
      acting={acting}
      hasFields
      canSubmit={end !== null}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField
        label={text.name}
        help={text.nameHelp}
        longest={200}
        value={name}
        error={faultAt('/name')}
        onChange={setName}
      />
      <RoleFields
        roles={roles}
        role={role}
        agent={agent}
        labels={text}
        faultAt={faultAt}
        onRole={choose}
        onAgent={setAgent}
      />
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <NativeSelect
          label={text.end}
          data={endings.map((value) => ({ value, label: text.ending[value] }))}
          value={ending}
          error={ending === 'date' ? undefined : faultAt('/expiresAt')}
          onChange={({ currentTarget: { value } }) => setEnding(endings.find((each) => each === value) ?? ending)}
        />
        {ending === 'date' && (
          <TextInput
            type="date"
            label={text.day}
            description={text.dayHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={day}
            error={faultAt('/expiresAt')}
            required
            onChange={({ currentTarget: { value } }) => setDay(value)}
          />
        )}
      </Group>
      <Checkbox
        label={text.narrow}
        checked={isNarrow}
        onChange={({ currentTarget: { checked } }) => setNarrow(checked)}
      />
      {isNarrow && <ScopeFields role={role} chosen={scopes} error={faultAt('/scopes')} onChange={setScopes} />}
    </ActDialog>
  )
}
