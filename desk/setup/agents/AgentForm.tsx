import { MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#ui/client.ts'
import { SignInLink } from '../../session/SignInLink.tsx'
import { words } from '../../words/en.ts'
import { Fieldset, Figures, Identity, Tags } from '../Fields.tsx'
import type { FormProps } from '../kind.ts'
import styles from '../Setup.module.css'
import { LEVELS, ROOM, type AgentFields } from './agent.tsx'

const text = words.setup.agent
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'pl', 'tr', 'ar', 'zh', 'ja']
const CHANNELS = ['web', 'whatsapp', 'sms', 'email', 'phone']

export function AgentForm({ fields, isNew, faults, change }: FormProps<AgentFields>) {
  const { data: teams = [] } = useQuery({ queryKey: ['teams'], queryFn: api.teams, staleTime: 60_000 })
  const gone = fields.teams.filter((id) => !teams.some((each) => each.id === id)).map((id) => ({ id, name: id }))
  const known = [...teams, ...gone].map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <Fieldset title={text.who}>
        <Identity fields={fields} isNew={isNew} faults={faults} change={change} />
        <MultiSelect
          label={text.teams}
          description={fields.teams.length === 0 ? text.noTeams : text.teamsHelp}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          data={known}
          value={[...fields.teams]}
          error={faults.under('/teams')}
          searchable
          onChange={(chosen) => change({ teams: chosen })}
        />
        {!isNew && fields.bot.trim() === '' && <SignInLink agent={fields.id} name={fields.name} />}
      </Fieldset>
      <Fieldset title={text.does}>
        <Figures
          field="skills"
          label={text.skills}
          help={text.skillsHelp}
          rows={fields.skills}
          faults={faults}
          add={text.addSkill}
          fresh={5}
          bounds={LEVELS}
          step={1}
          nameOf={text.skill}
          figureOf={text.level}
          onChange={(skills) => change({ skills })}
        />
        <div className={styles['row']}>
          <Tags
            label={text.languages}
            help={text.languagesHelp}
            value={fields.languages}
            known={LANGUAGES}
            error={faults.under('/languages')}
            onChange={(languages) => change({ languages })}
          />
          <Tags
            label={text.channels}
            help={text.channelsHelp}
            value={fields.channels}
            known={CHANNELS}
            error={faults.under('/channels')}
            onChange={(channels) => change({ channels })}
          />
        </div>
        <Tags
          label={text.tiers}
          help={text.tiersHelp}
          value={fields.tiers}
          error={faults.under('/tiers')}
          onChange={(tiers) => change({ tiers })}
        />
      </Fieldset>
      <Fieldset title={text.room}>
        <div className={styles['row']}>
          <NumberInput
            label={text.capacity}
            description={text.capacityHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={fields.capacity}
            min={ROOM.least}
            max={ROOM.most}
            clampBehavior="none"
            error={faults.at('/capacity')}
            onChange={(value) => change({ capacity: String(value) })}
          />
          <TextInput
            label={text.bot}
            description={text.botHelp}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={fields.bot}
            error={faults.at('/bot')}
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ currentTarget: { value } }) => change({ bot: value })}
          />
        </div>
      </Fieldset>
    </>
  )
}
