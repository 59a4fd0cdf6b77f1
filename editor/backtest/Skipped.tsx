import { Button, Collapse } from '@mantine/core'
import { useState } from 'react'
import type { Report } from '#engine/backtest/report.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'

const said = words.backtest
/** More are not named one by one. */
const MOST = 100

/** Conversations that could not be played again, by why. */
export function Skipped({ skipped }: Pick<Report, 'skipped'>) {
  const [isOpen, setOpen] = useState(false)
  if (skipped.length === 0) return null
  return (
    <div>
      <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen((was) => !was)}>
        {said.skipped(skipped.length)}
      </Button>
      <Collapse expanded={isOpen}>
        <ul className={classes['notes']} aria-label={said.skippedWhy}>
          {[...byWhy(skipped)].map(([why, these]) => (
            <li key={why}>
              {why}:{' '}
              {these
                .slice(0, MOST)
                .map(({ conversation }) => conversation)
                .join(', ')}
              {these.length > MOST && ` ${words.insights.more(these.length - MOST)}`}
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  )
}

function byWhy(skipped: Report['skipped']): ReadonlyMap<string, Report['skipped']> {
  const groups = new Map<string, Report['skipped'][number][]>()
  for (const each of skipped) {
    const group = groups.get(each.why)
    if (group) group.push(each)
    else groups.set(each.why, [each])
  }
  return groups
}
