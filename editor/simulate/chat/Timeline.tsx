import { ActionIcon, Button, Slider, Text } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import type { Run, RunEvent } from '../run/run.ts'
import { clockTime } from '../run/time.ts'
import style from './Chat.module.css'

/** Goes back to any step of the run, and on from there. */
export function Timeline({ run, send }: { readonly run: Run; readonly send: (event: RunEvent) => void }) {
  const { simulation, shown } = run
  const last = (simulation?.steps.length ?? 1) - 1
  if (simulation === null || last === 0) return null
  const { timezone, language } = simulation.flow
  const show = (step: number): void => send({ type: 'show', step })
  const time = clockTime(simulation.steps[shown]?.now ?? simulation.now, timezone, language)
  return (
    <div className={style['timeline']} role="group" aria-label={words.simulate.timeline}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        disabled={shown === 0}
        aria-label={words.simulate.earlier}
        onClick={() => show(shown - 1)}
      >
        <Icon name="back" />
      </ActionIcon>
      <Slider
        size="sm"
        min={0}
        max={last}
        value={shown}
        onChange={show}
        label={(step) => words.simulate.step(step + 1, last + 1)}
        thumbLabel={words.simulate.timeline}
        thumbValueText={`${words.simulate.step(shown + 1, last + 1)}, ${time}`}
      />
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        disabled={shown === last}
        aria-label={words.simulate.later}
        onClick={() => show(shown + 1)}
      >
        <Icon name="forward" />
      </ActionIcon>
      <Text size="xs" className={style['quiet'] ?? ''}>
        {words.simulate.step(shown + 1, last + 1)}
      </Text>
      {shown < last && (
        <>
          <Text size="xs" style={{ gridColumn: '1 / 4' }}>
            {words.simulate.earlierShown}
          </Text>
          <Button size="compact-xs" variant="light" onClick={() => show(last)}>
            {words.simulate.toEnd}
          </Button>
        </>
      )}
    </div>
  )
}
