import { Alert, Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { MadeKey, Role } from '#ui/administration/answers.ts'
import { now } from '../../clock/clock.ts'
import { words } from '../../words/en.ts'
import { AgentSelect } from '../AgentSelect.tsx'
import { administration } from '../client.ts'
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
  const { busy, refusal, go, faultAt } = useAct()
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
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (end === null) return
    go(async () =>
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
    <Modal opened onClose={onClose} title={text.add} size="lg">
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {refusal !== null && refusal.errors.length === 0 && (
            <Alert color="red" variant="light" role="alert" title={words.admin.notDone}>
              {refusal.message}
            </Alert>
          )}
          <TextInput
            label={text.name}
            description={text.nameHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={name}
            error={faultAt('/name')}
            autoComplete="off"
            maxLength={200}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <NativeSelect
            label={text.role}
            description={words.admin.roleHelp[role]}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            data={roles.map((value) => ({ value, label: words.admin.roles[value] }))}
            value={role}
            error={faultAt('/role')}
            onChange={({ currentTarget: { value } }) => choose(roles.find((each) => each === value) ?? role)}
          />
          {role === 'agent' && (
            <AgentSelect
              label={text.agent}
              help={words.admin.people.agentHelp}
              value={agent}
              error={faultAt('/agent')}
              onChange={setAgent}
            />
          )}
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
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {words.admin.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={end === null}>
            {text.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
