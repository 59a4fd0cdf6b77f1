import { Alert, EmptyState, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { FindingList } from './FindingList.tsx'
import { countsOf, findingsOf, type Finding } from './findings.ts'
import { LongestWait } from './LongestWait.tsx'
import style from './Problems.module.css'

type Shown = 'all' | Finding['severity']

/** Of the ways that can be shown, one at a time is: a finding's, by its key, or that of the longest wait. */
const WAIT = 'the longest wait'

/** What is wrong with the open flow; each finding leads to its card, and shows what leads there. */
export function Problems() {
  const problems = useEditor((state) => state.problems)
  const faults = useEditor((state) => state.faults)
  const isLooking = useEditor((state) => state.checked === null && state.opening === 'open')
  const [shown, setShown] = useState<Shown>('all')
  const [way, setWay] = useState<string | null>(null)
  const findings = useMemo(() => findingsOf(problems, faults), [problems, faults])
  const { errors, warnings } = countsOf(findings)
  const isMixed = errors > 0 && errors < findings.length
  const listed = isMixed && shown !== 'all' ? findings.filter((each) => each.severity === shown) : findings

  return (
    <section className={style['panel']} aria-label={words.problems.title}>
      <Group className={style['head']} justify="space-between" gap="xs">
        <Title order={2} size="h5">
          {words.problems.title}
        </Title>
        <Text size="sm" aria-live="polite">
          {isLooking ? words.problems.looking : summary(errors, warnings)}
        </Text>
        {isMixed && (
          <SegmentedControl
            fullWidth
            w="100%"
            size="xs"
            aria-label={words.problems.filter}
            value={shown}
            onChange={setShown}
            data={[
              { value: 'all', label: words.problems.all(findings.length) },
              { value: 'error', label: words.problems.errors(errors) },
              { value: 'warning', label: words.problems.warnings(warnings) },
            ]}
          />
        )}
      </Group>
      {faults.length > 0 && (
        <Alert m="xs" p="xs" color="orange" variant="light">
          {words.problems.unreadFirst}
        </Alert>
      )}
      {findings.length === 0 && !isLooking ? (
        <EmptyState
          className={style['none'] ?? ''}
          mt="xl"
          px="md"
          size="sm"
          title={words.problems.none}
          description={words.problems.noneMore}
        />
      ) : (
        <FindingList findings={listed} way={way} onWay={setWay} />
      )}
      <LongestWait isShown={way === WAIT} onShow={(isShown) => setWay(isShown ? WAIT : null)} />
    </section>
  )
}

function summary(errors: number, warnings: number): string {
  const parts = [errors > 0 ? words.problems.errors(errors) : '', warnings > 0 ? words.problems.warnings(warnings) : '']
  return parts.filter(Boolean).join(', ')
}
