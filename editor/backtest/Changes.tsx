import { Text, Title, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { CHANGES, type Change, type Report } from '#engine/backtest/report.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'

const said = words.backtest

interface Props {
  readonly counts: Report['changes']
  readonly only: Change | null
  readonly onOnly: (only: Change | null) => void
}

/** How many conversations each change touches; one pressed lists only those. */
export function Changes({ counts, only, onOnly }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={4} size="h6" id={id}>
        {said.changes}
      </Title>
      <Text size="xs" c="dimmed">
        {said.changesHelp}
      </Text>
      <ul className={classes['tiles']}>
        {CHANGES.map((change) => (
          <li key={change}>
            <UnstyledButton
              className={classes['tile']}
              aria-pressed={only === change}
              disabled={counts[change] === 0}
              onClick={() => onOnly(only === change ? null : change)}
            >
              <b>{counts[change]}</b>
              <span>{said.change[change]}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
