/** Steps by which a queue asks for less with time: what is no longer needed, what less is enough, who helps too. */
import { MultiSelect, TagsInput, Text } from '@mantine/core'
import { words } from '../../words/en.ts'
import { DurationInput } from '../duration/DurationInput.tsx'
import { stepDuration } from '../duration/duration.ts'
import { useErrorAt, useErrorUnder, useNodeData, useNodeForm } from '../node/form.tsx'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { useTeams } from '../people.ts'
import { askingInWords, stepInWords } from '../queue/asking.ts'
import { needName, OTHER_NEEDS, teamName } from '../queue/names.ts'
import { FigureInput } from '../rows/FigureInput.tsx'
import { RowList } from '../rows/RowList.tsx'
import type { FieldProps } from './field.ts'
import classes from './Relax.module.css'

const said = words.inspector.relax

export function Relax({ field, shape, value }: FieldProps) {
  const { change } = useNodeForm()
  const teams = useTeams()
  const queue = recordOf(useNodeData())
  const others = teams.map((team) => team.id).filter((id) => id !== queue['team'])
  return (
    <div>
      <RowList
        field={field}
        shape={shape}
        value={value}
        parts={['after', 'drop', 'lower', 'teams']}
        addLabel={said.add}
        nameOf={(row) => textOf(recordOf(row)['after'])}
        fresh={(rows) => freshStep(rows, needsOf(queue), others)}
      >
        {(row, place) => (
          <>
            <DurationInput
              label={said.after}
              place={`${place}/after`}
              value={textOf(row['after'])}
              onChange={(after) => change(`${place}/after`, after ?? '')}
            />
            <Drop place={`${place}/drop`} value={row['drop']} needs={needsOf(queue)} />
            <Lower place={`${place}/lower`} value={row['lower']} skills={recordOf(queue['skills'])} />
            <Helping place={`${place}/teams`} value={row['teams']} others={others} />
            <Text size="xs" className={classes['meaning'] ?? ''}>
              {stepInWords(row, queue, teams) ?? said.nothing}
            </Text>
          </>
        )}
      </RowList>
      <div className={classes['whole']} role="group" aria-label={said.whole}>
        <span className={classes['title']}>{said.whole}</span>
        <ol>
          {askingInWords(queue, teams).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      </div>
    </div>
  )
}

/** What the queue asks for and so may stop asking for. */
function needsOf(queue: Readonly<Record<string, unknown>>): readonly string[] {
  const { language, tier, skills } = queue
  return [
    ...Object.keys(recordOf(skills)),
    ...OTHER_NEEDS.filter((need) => (need === 'language' ? textOf(language) !== '' : tier === true)),
  ]
}

/** A step that already asks for less: what was not dropped yet, else another team, else the language. */
function freshStep(rows: readonly unknown[], needs: readonly string[], teams: readonly string[]): unknown {
  const after = rows.length === 0 ? '1m' : stepDuration(textOf(recordOf(rows.at(-1))['after']), 1)
  const taken = (key: string): readonly string[] => rows.flatMap((row) => listOf(recordOf(row)[key]).map(textOf))
  const need = needs.find((each) => !taken('drop').includes(each))
  const team = teams.find((each) => !taken('teams').includes(each))
  if (need === undefined && team !== undefined) return { after, teams: [team] }
  return { after, drop: [need ?? needs.at(-1) ?? 'language'] }
}

interface PartProps {
  readonly place: string
  readonly value: unknown
}

function Drop({ place, value, needs }: PartProps & { readonly needs: readonly string[] }) {
  const { change, readOnly } = useNodeForm()
  const error = useErrorUnder(place)
  const dropped = listOf(value).map(textOf)
  return (
    <MultiSelect
      size="xs"
      label={said.drop}
      error={error}
      value={dropped}
      readOnly={readOnly}
      hidePickedOptions
      data={[...new Set([...needs, ...dropped])].map((need) => ({ value: need, label: needName(need) }))}
      nothingFoundMessage={said.noNeeds}
      onChange={(next) => change(place, next.length === 0 ? undefined : next)}
    />
  )
}

/** A level for each skill that the queue requires; empty: as before. */
function Lower({ place, value, skills }: PartProps & { readonly skills: Readonly<Record<string, unknown>> }) {
  const lowered = recordOf(value)
  const names = [...new Set([...Object.keys(skills), ...Object.keys(lowered)])]
  return names.length === 0 ? null : (
    <div className={classes['levels']} role="group" aria-label={said.lower}>
      {names.map((skill) => (
        <Level
          key={skill}
          place={`${place}/${skill}`}
          skill={skill}
          value={lowered[skill]}
          usual={textOf(skills[skill])}
        />
      ))}
    </div>
  )
}

function Level({ place, skill, value, usual }: PartProps & { readonly skill: string; readonly usual: string }) {
  const { type } = useNodeForm()
  const error = useErrorAt(place)
  return (
    <FigureInput
      small
      whole
      label={said.lowerTo(needName(skill))}
      value={value}
      usual={usual}
      error={error}
      least={1}
      most={10}
      onChange={(level) => type(place, level)}
    />
  )
}

function Helping({ place, value, others }: PartProps & { readonly others: readonly string[] }) {
  const { change, readOnly } = useNodeForm()
  const teams = useTeams()
  const error = useErrorUnder(place)
  const helping = listOf(value).map(textOf)
  return (
    <TagsInput
      size="xs"
      label={said.teams}
      error={error}
      value={helping}
      data={[...others]}
      readOnly={readOnly}
      placeholder={helping.length === 0 ? said.teamsExample : ''}
      renderOption={({ option }) => <span>{teamName(option.value, teams)}</span>}
      onChange={(next) => change(place, next.length === 0 ? undefined : next)}
    />
  )
}
