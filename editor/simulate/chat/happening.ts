import { durationText, type Simulation } from '#engine/simulate/index.ts'
import type { Json } from '#engine/index.ts'
import { words } from '../../words/en.ts'
import { agentName, nodeName, timerName } from '../run/names.ts'
import type { Happening } from '../run/rows.ts'

/** What happened besides messages, as one short sentence. */
export function inWords(happening: Happening, simulation: Simulation): string {
  const { happened } = words.simulate
  const name = (id: string): string => agentName(simulation, id)
  switch (happening.what) {
    case 'moved': {
      const to = happened.moved(nodeName(simulation.flow, happening.to))
      return happening.reason === null ? to : `${to} · ${happening.reason.sentence}`
    }
    case 'time':
      return happened.time(durationText(happening.length))
    case 'online':
    case 'offline':
    case 'accepted':
    case 'declined':
    case 'gone':
      return happened[happening.what](name(happening.agent))
    case 'offered':
      return happening.reason === null ? happened.offered(happening.agent) : happened.offeredFor(happening.reason)
    case 'offerEnded':
      return happened.offerEnded[happening.why](name(happening.agent))
    case 'deadline':
      return happened.deadline(timerName(happening.timer, words.simulate.timer))
    case 'effect':
      return happened.effect(happening.ok, short(happening.value))
    case 'intent':
      return happened.intent(happening.intent)
    case 'promised':
      return happened.promised[happening.promise]
    case 'told':
      return happened.told[happening.told]
    case 'migrated':
      return happened.migrated(happening.version)
    case 'left':
    case 'returned':
    case 'botDone':
    case 'botFailed':
    case 'handedBack':
      return happened[happening.what]
    case 'escalated':
      return happened.escalated(happening.reason)
    case 'transferred':
      return happened.transferred(name(happening.to))
    case 'resolved':
      return happened.resolved(happening.resolution)
    case 'scored':
      return happened.scored(happening.score)
    case 'note':
      return happened.note(happening.agent === null ? words.simulate.agent : name(happening.agent), happening.text)
    case 'understood':
      return happened.understood(
        happening.confidence === null ? null : String(happening.confidence),
        happening.fallback,
      )
    default:
      return happening satisfies never
  }
}

const LONGEST = 120

function short(value: Json): string {
  if (value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
