import { Button, Group, Menu, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { words } from '../../words/en.ts'
import { agentName } from '../run/names.ts'
import { teamsIn } from '../run/surroundings.ts'
import type { TurnProps } from './Composer.tsx'
import { SayField } from './SayField.tsx'

/** People: accepting while it waits, speaking and deciding while one holds it, coming online and going. */
export function AgentTurn(props: TurnProps) {
  const { simulation, turn } = props
  const isHeld = simulation.view.phase === 'agentActive'
  return (
    <>
      {isHeld ? (
        <Holding {...props} />
      ) : turn.may.has('agent.accept') ? (
        <Accepting {...props} />
      ) : (
        <Text size="xs">{words.simulate.notWaiting}</Text>
      )}
      <Presence {...props} />
    </>
  )
}

function Accepting({ simulation, turn: { offeredTo, may }, onDo }: TurnProps) {
  const { online } = simulation.standing
  const sorted = [...online].sort((one, other) => Number(other === offeredTo) - Number(one === offeredTo))
  return (
    <Group gap={6}>
      {sorted.length === 0 && <Text size="xs">{words.simulate.nobodyOnline}</Text>}
      {sorted.map((id) => (
        <Button
          key={id}
          size="compact-sm"
          variant={id === offeredTo ? 'filled' : 'light'}
          onClick={() => onDo({ agent: { accepts: id } })}
        >
          {words.simulate.accepts(agentName(simulation, id))}
        </Button>
      ))}
      {offeredTo !== null && may.has('agent.decline') && (
        <Button size="compact-sm" variant="default" onClick={() => onDo({ agent: { declines: offeredTo } })}>
          {words.simulate.declines}
        </Button>
      )}
    </Group>
  )
}

function Holding({ simulation, turn: { may, holder }, onDo }: TurnProps) {
  const [note, setNote] = useState('')
  const name = holder?.name ?? words.simulate.agent
  const said = note.trim()
  return (
    <>
      <SayField
        label={words.simulate.say.agent(name)}
        disabled={!may.has('agent.message')}
        onSay={(text) => onDo({ agent: { says: text } })}
      />
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          maxLength={2_000}
          placeholder={words.simulate.say.note}
          aria-label={words.simulate.say.note}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Group>
      <Group gap={6}>
        <Button
          size="compact-sm"
          variant="light"
          title={words.simulate.handBackHelp}
          disabled={!may.has('agent.handback')}
          onClick={() => onDo({ agent: { handsBack: said } })}
        >
          {words.simulate.handBack}
        </Button>
        <Transfer
          simulation={simulation}
          holder={holder?.id ?? null}
          disabled={!may.has('agent.transfer')}
          onTo={(to) => onDo({ agent: { transfersTo: { ...to, ...(said === '' ? {} : { note: said }) } } })}
        />
        <Button
          size="compact-sm"
          variant="light"
          disabled={!may.has('agent.resolve')}
          onClick={() => onDo({ agent: { resolves: said || words.simulate.resolution } })}
        >
          {words.simulate.resolve}
        </Button>
      </Group>
    </>
  )
}

interface TransferProps extends Pick<TurnProps, 'simulation'> {
  readonly holder: string | null
  readonly disabled: boolean
  readonly onTo: (to: { readonly team: string } | { readonly agent: string }) => void
}

function Transfer({ simulation, holder, disabled, onTo }: TransferProps) {
  const others = simulation.setting.agents.filter((each) => each.id !== holder)
  return (
    <Menu position="top-start" disabled={disabled}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" disabled={disabled}>
          {words.simulate.transfer}…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {teamsIn(simulation.flow).map((team) => (
          <Menu.Item key={team} onClick={() => onTo({ team })}>
            {words.simulate.toTeam(team)}
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        {others.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onTo({ agent: id })}>
            {words.simulate.toAgent(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Presence({ simulation, onDo }: TurnProps) {
  const { agents } = simulation.setting
  if (agents.length === 0) return null
  return (
    <Group gap="md" role="group" aria-label={words.simulate.presence}>
      {agents.map(({ id, name }) => (
        <Switch
          key={id}
          size="xs"
          label={name}
          checked={simulation.standing.online.includes(id)}
          onChange={(event) => onDo({ agent: event.currentTarget.checked ? { goesOnline: id } : { goesOffline: id } })}
        />
      ))}
    </Group>
  )
}
