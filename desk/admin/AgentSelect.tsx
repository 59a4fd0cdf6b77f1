import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#ui/client.ts'
import { words } from '../words/en.ts'

const text = words.admin.people

interface Props {
  readonly label: string
  readonly help: string
  readonly value: string
  readonly error: string | undefined
  onChange(agent: string): void
}

/** One of the agents there are; the one that is chosen stays, also when it is gone. */
export function AgentSelect({ label, help, value, error, onChange }: Props) {
  const { data: agents } = useQuery({ queryKey: ['agents'], queryFn: api.agents })
  const known = (agents ?? []).map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} (${id})` }))
  const gone = value === '' || known.some((each) => each.value === value) ? [] : [{ value, label: value }]
  return (
    <NativeSelect
      label={label}
      description={agents?.length === 0 ? text.noAgents : help}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={[{ value: '', label: text.agentChoose, disabled: true }, ...gone, ...known]}
      value={value}
      error={error}
      required
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
