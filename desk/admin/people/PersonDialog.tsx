import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { MadePerson, PersonProfile, PersonRole, PersonView } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { AgentSelect } from '../AgentSelect.tsx'
import { administration } from '../client.ts'
import { useAct } from '../useAct.ts'

const text = words.admin.people
const roles = ['agent', 'supervisor', 'designer', 'admin'] as const satisfies readonly PersonRole[]

interface Props {
  /** Null: somebody new. */
  readonly person: PersonView | null
  onMade(person: MadePerson): void
  onSaved(person: PersonView): void
  onClose(): void
}

/** A person as they are set up. */
export function PersonDialog({ person, onMade, onSaved, onClose }: Props) {
  const { busy, refusal, go, faultAt } = useAct()
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const [role, setRole] = useState<PersonRole>(person?.role ?? 'agent')
  const [agent, setAgent] = useState(person?.agent ?? '')

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const profile: PersonProfile = {
      name: name.trim(),
      role,
      ...(email.trim() === '' ? {} : { email: email.trim() }),
      ...(role === 'agent' && agent !== '' ? { agent } : {}),
    }
    go(async () => {
      if (person === null) onMade(await administration.addPerson(profile))
      else onSaved(await administration.savePerson(person.id, { ...profile, disabled: person.disabled }))
    })
  }
  const stray = refusal !== null && refusal.errors.length === 0
  return (
    <Modal opened onClose={onClose} title={person === null ? text.add : person.name}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {stray && (
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
            required
            autoComplete="off"
            maxLength={100}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <TextInput
            label={text.email}
            type="email"
            value={email}
            error={faultAt('/email')}
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => setEmail(value)}
          />
          <NativeSelect
            label={text.role}
            description={words.admin.roleHelp[role]}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            data={roles.map((value) => ({ value, label: words.admin.roles[value] }))}
            value={role}
            error={faultAt('/role')}
            onChange={({ currentTarget: { value } }) => setRole(roles.find((each) => each === value) ?? role)}
          />
          {role === 'agent' && (
            <AgentSelect
              label={text.agent}
              help={text.agentHelp}
              value={agent}
              error={faultAt('/agent')}
              onChange={setAgent}
            />
          )}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {words.admin.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {person === null ? text.submitAdd : text.submitSave}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
