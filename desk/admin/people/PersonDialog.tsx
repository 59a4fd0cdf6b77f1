import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { MadePerson, PersonProfile, PersonRole, PersonView } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { ActDialog } from '../ActDialog.tsx'
import { administration } from '../client.ts'
import { NameField } from '../NameField.tsx'
import { RoleFields } from '../RoleFields.tsx'
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
  const acting = useAct()
  const { faultAt } = acting
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const [role, setRole] = useState<PersonRole>(person?.role ?? 'agent')
  const [agent, setAgent] = useState(person?.agent ?? '')

  const submit = (): void => {
    const profile: PersonProfile = {
      name: name.trim(),
      role,
      ...(email.trim() === '' ? {} : { email: email.trim() }),
      ...(role === 'agent' && agent !== '' ? { agent } : {}),
    }
    acting.go(async () => {
      if (person === null) onMade(await administration.addPerson(profile))
      else onSaved(await administration.savePerson(person.id, { ...profile, disabled: person.disabled }))
    })
  }
  return (
    <ActDialog
      title={person === null ? text.add : person.name}
      submit={person === null ? text.submitAdd : text.submitSave}
      acting={acting}
      hasFields
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField
        label={text.name}
        help={text.nameHelp}
        longest={100}
        required
        value={name}
        error={faultAt('/name')}
        onChange={setName}
      />
      <TextInput
        label={text.email}
        type="email"
        value={email}
        error={faultAt('/email')}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setEmail(value)}
      />
      <RoleFields
        roles={roles}
        role={role}
        agent={agent}
        labels={text}
        faultAt={faultAt}
        onRole={setRole}
        onAgent={setAgent}
      />
    </ActDialog>
  )
}
