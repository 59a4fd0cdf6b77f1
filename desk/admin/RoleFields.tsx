import { NativeSelect } from '@mantine/core'
import type { Role } from '#ui/administration/answers.ts'
import { words } from '../words/en.ts'
import { AgentSelect } from './AgentSelect.tsx'
import type { Acting } from './useAct.ts'

const text = words.admin

interface Props<Some extends Role> {
  readonly roles: readonly Some[]
  readonly role: Some
  /** Whom it speaks for, with the role of agents. */
  readonly agent: string
  readonly labels: { readonly role: string; readonly agent: string }
  readonly faultAt: Acting['faultAt']
  onRole(role: NoInfer<Some>): void
  onAgent(agent: string): void
}

/** What somebody, or a key, may do, and for which agent. */
export function RoleFields<Some extends Role>(props: Props<Some>) {
  const { roles, role, agent, labels, faultAt, onRole, onAgent } = props
  return (
    <>
      <NativeSelect
        label={labels.role}
        description={text.roleHelp[role]}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={roles.map((value) => ({ value, label: text.roles[value] }))}
        value={role}
        error={faultAt('/role')}
        onChange={({ currentTarget: { value } }) => onRole(roles.find((each) => each === value) ?? role)}
      />
      {role === 'agent' && (
        <AgentSelect
          label={labels.agent}
          help={text.people.agentHelp}
          value={agent}
          error={faultAt('/agent')}
          onChange={onAgent}
        />
      )}
    </>
  )
}
