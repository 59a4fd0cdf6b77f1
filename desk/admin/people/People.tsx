import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonView } from '#ui/administration/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { fits } from '#ui/kit/search.ts'
import { say } from '../../shell/said.ts'
import { MANY, SearchField } from '../../shell/SearchField.tsx'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Answered } from '../Answered.tsx'
import { administration } from '../client.ts'
import { Empty } from '../Empty.tsx'
import { Intro } from '../Intro.tsx'
import { SecretShown } from '../SecretShown.tsx'
import { AskAbout, type Asked } from './AskAbout.tsx'
import { PersonRow } from './PersonRow.tsx'

const text = words.admin.people
const PEOPLE = ['people']

/** Who signs in by name. */
export function People() {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: PEOPLE, queryFn: administration.people, refetchInterval: 30_000 })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [made, setMade] = useState<{ readonly name: string; readonly password: string } | null>(null)
  const changed = (said: string | null): void => {
    setAsked(null)
    if (said !== null) say({ tone: 'good', text: said })
    void queries.invalidateQueries({ queryKey: PEOPLE })
  }
  return (
    <>
      <Intro title={words.admin.parts.people} explain={text.explain}>
        <Button
          size="sm"
          leftSection={<Icon name="plus" size={15} />}
          onClick={() => setAsked({ what: 'edit', person: null })}
        >
          {text.add}
        </Button>
      </Intro>
      <Answered query={query}>{(people) => <List people={people} onAsk={setAsked} />}</Answered>
      {asked !== null && (
        <AskAbout
          asked={asked}
          onMade={(person) => {
            setMade(person)
            changed(null)
          }}
          onChanged={changed}
          onClose={() => setAsked(null)}
        />
      )}
      {made !== null && (
        <SecretShown
          title={text.made.title(made.name)}
          explain={text.made.explain}
          label={text.made.label}
          secret={made.password}
          onClose={() => setMade(null)}
        />
      )}
    </>
  )
}

interface ListProps {
  readonly people: readonly PersonView[]
  onAsk(asked: Asked): void
}

function List({ people, onAsk }: ListProps) {
  const [sought, setSought] = useState('')
  if (people.length === 0) return <Empty {...text.none} />
  const found = people
    .filter(({ name, email, agent, role }) => fits(sought, name, email ?? '', agent ?? '', words.admin.roles[role]))
    .toSorted((one, other) => Number(one.disabled) - Number(other.disabled) || one.name.localeCompare(other.name))
  return (
    <>
      {people.length >= MANY && <SearchField mb="sm" label={text.search} value={sought} onChange={setSought} />}
      {found.length === 0 ? (
        <Empty title={text.noneFit} />
      ) : (
        <ul className={styles['list']}>
          {found.map((person) => (
            <PersonRow key={person.id} person={person} onAsk={onAsk} />
          ))}
        </ul>
      )}
    </>
  )
}
