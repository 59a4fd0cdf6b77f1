import type { Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { countdown } from '../run/time.ts'
import style from './Chat.module.css'

const said = words.simulate.queued

/** What the queue tells while somebody waits in it: the place, how long, and the first answer it owes. */
export function Queued({ simulation }: { readonly simulation: Simulation }) {
  const { view, now, snapshot } = simulation
  const { waiting } = snapshot.machine.context
  if (view.phase !== 'queued' || view.queue === undefined) return null
  const { position, eta, within, priority, team } = view.queue
  const facts = [
    ...(position === null ? [] : [said.place(position)]),
    ...(eta === null ? [] : [said.about(countdown(eta))]),
    ...(within === null ? [] : [said.within(countdown(within))]),
    ...(priority === 0 ? [] : [said.priority(priority)]),
    said.teams([team, ...(waiting?.teams ?? [])]),
  ]
  const sla = waiting?.sla ?? null
  return (
    <ul className={style['queued']} aria-label={said.label}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
      {sla !== null && (
        <li data-state={sla.state}>
          {sla.state === 'breached'
            ? said.late(countdown(now - sla.due))
            : said.due(countdown(sla.due - now), sla.state === 'warned')}
        </li>
      )}
    </ul>
  )
}
