import { ActionIcon, Button, Group, NativeSelect, Switch, TagsInput, TextInput } from '@mantine/core'
import type { SimulatedAgent } from '#engine/simulate/index.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import { teamsIn } from '../run/surroundings.ts'
import { Part } from './Part.tsx'
import { readSkills, skillTexts } from './skills.ts'
import style from './Setting.module.css'
import type { SettingProps } from './Setting.tsx'

/** Who works, for which teams, and who is online when the conversation begins. */
export function People({ options, simulation, onChange }: SettingProps) {
  const { agents } = simulation.setting
  const teams = teamsIn(simulation.flow)
  const { setting: said } = words.simulate
  const set = (next: readonly SimulatedAgent[]): void => onChange({ agents: next })
  return (
    <Part title={said.people}>
      {agents.map((agent, index) => (
        <div key={agent.id} className={style['person']}>
          <Group gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              aria-label={said.person}
              maxLength={200}
              value={agent.name}
              onChange={({ currentTarget: { value } }) => {
                if (value !== '') set(agents.with(index, { ...agent, name: value }))
              }}
            />
            <Switch
              size="xs"
              label={said.online}
              aria-label={said.onlineOf(agent.name)}
              checked={agent.online !== false}
              onChange={(event) => set(agents.with(index, { ...agent, online: event.currentTarget.checked }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove(agent.name)}
              onClick={() => set(agents.toSpliced(index, 1))}
            >
              <Icon name="close" size={14} />
            </ActionIcon>
          </Group>
          <TagsInput
            mt={6}
            size="xs"
            aria-label={said.teams}
            placeholder={said.teams}
            data={[...teams]}
            value={[...agent.teams]}
            onChange={(next) => {
              if (next.length > 0) set(agents.with(index, { ...agent, teams: next }))
            }}
          />
          <Abilities agent={agent} onChange={(next) => set(agents.with(index, next))} />
        </div>
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => set([...agents, newcomer(agents, teams)])}
        >
          {said.addPerson}
        </Button>
      </Group>
      {agents.length > 0 && (
        <NativeSelect
          size="xs"
          label={said.last}
          value={options.last ?? ''}
          data={[{ value: '', label: said.nobody }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={({ currentTarget: { value } }) => onChange({ last: value === '' ? undefined : value })}
        />
      )}
    </Part>
  )
}

interface AbilitiesProps {
  readonly agent: SimulatedAgent
  readonly onChange: (agent: SimulatedAgent) => void
}

/** What queues ask for: skills, languages, tiers. */
function Abilities({ agent, onChange }: AbilitiesProps) {
  const { setting: said } = words.simulate
  const list = (key: 'languages' | 'tiers') => (
    <TagsInput
      size="xs"
      aria-label={said[key]}
      placeholder={(agent[key] ?? []).length === 0 ? said[key] : ''}
      value={[...(agent[key] ?? [])]}
      onChange={(next) => onChange({ ...agent, [key]: next.length === 0 ? undefined : next })}
    />
  )
  return (
    <div role="group" aria-label={said.moreOf(agent.name)} className={style['abilities']}>
      <TagsInput
        size="xs"
        aria-label={said.skills}
        placeholder={agent.skills === undefined ? said.skills : ''}
        value={skillTexts(agent.skills)}
        onChange={(next) => onChange({ ...agent, skills: readSkills(next) })}
      />
      {list('languages')}
      {list('tiers')}
    </div>
  )
}

function newcomer(agents: readonly SimulatedAgent[], teams: readonly string[]): SimulatedAgent {
  const taken = new Set(agents.map((each) => each.id))
  let number = agents.length + 1
  while (taken.has(`agent${number}`)) number += 1
  return {
    id: `agent${number}`,
    name: `${words.simulate.setting.newPerson} ${number}`,
    teams: teams.length > 0 ? teams : ['support'],
  }
}
