import { SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeadLetter } from '#ui/administration/answers.ts'
import { say } from '../../shell/said.ts'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Answered } from '../Answered.tsx'
import { administration } from '../client.ts'
import { Empty } from '../Empty.tsx'
import { Intro } from '../Intro.tsx'
import { Letter } from './Letter.tsx'

const text = words.admin.letters
const LETTERS = ['dead letters']
const sides = ['waiting', 'aside'] as const
type Side = (typeof sides)[number]

/** What failed for good, until a person has seen to it. */
export function DeadLetters() {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: LETTERS, queryFn: administration.deadLetters, refetchInterval: 10_000 })
  const changed = (said: string): void => {
    say({ tone: 'good', text: said })
    void queries.invalidateQueries({ queryKey: LETTERS })
  }
  return (
    <>
      <Intro title={words.admin.parts['dead-letters']} explain={text.explain} />
      <Answered query={query}>{(letters) => <Sides letters={letters} onChanged={changed} />}</Answered>
    </>
  )
}

interface SidesProps {
  readonly letters: readonly DeadLetter[]
  onChanged(said: string): void
}

function Sides({ letters, onChanged }: SidesProps) {
  const [side, setSide] = useState<Side>('waiting')
  if (letters.length === 0) return <Empty {...text.none} />
  const of = (each: Side) => letters.filter(({ asideAt }) => (asideAt === undefined) === (each === 'waiting'))
  const shown = of(side)
  return (
    <>
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={text.filter}
        value={side}
        data={sides.map((value) => ({ value, label: text[value](of(value).length) }))}
        onChange={setSide}
      />
      {shown.length === 0 ? (
        side === 'waiting' ? (
          <Empty {...text.none} />
        ) : (
          <Empty title={text.noneAside} />
        )
      ) : (
        <ul className={styles['list']}>
          {shown.map((letter) => (
            <Letter key={letter.id} letter={letter} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </>
  )
}
