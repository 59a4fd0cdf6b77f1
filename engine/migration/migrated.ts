/**
 * A conversation as it stands on another version of its flow: what `conversation.migrated` does. It decides nothing:
 * whether a conversation may move is `judge.ts`, asked before the event is written. A log is replayed by this alone, so
 * that a proof which grows stricter later never stands between a log and its snapshot.
 *
 * Law: nothing happens to the customer. State, context, owner, epoch, deadlines and awaited effect stay as they were; only
 * what the new version does not know any more is forgotten: deadlines it has not, triggers that had fired and are gone, a
 * queue that was to take up what it promised, for which the flow's own does, and where the bot was left last if that place
 * is gone (`judge.ts` proves that nobody asks for it).
 */
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import type { StateConfig } from '../compile/config.ts'
import type { ConversationEvent } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import type { Stepped } from '../step/result.ts'
import type { MachineSnapshot, Snapshot } from '../step/snapshot.ts'

export type Migrated = Extract<ConversationEvent, { readonly type: 'conversation.migrated' }>

/** @param now epoch milliseconds, never before the last step's */
export function migrated(to: Flow, before: Snapshot, event: Migrated, now: number): Stepped {
  const compiled = compiledFlow(to)
  const seq = before.seq + 1
  const snapshot: Snapshot = {
    ...before,
    flow: { id: before.flow.id, version: event.version },
    version: before.version + 1,
    seq,
    at: now,
    machine: {
      ...before.machine,
      history: historyIn(compiled, before.machine.history),
      context: contextIn(compiled, before.machine.context),
    },
    timers: before.timers.filter((timer) => compiled.timers.has(timer.id)),
    held: before.held.filter((trigger) => compiled.nodes.get(trigger)?.type === 'trigger'),
  }
  return {
    snapshot,
    log: [{ seq, at: now, kind: 'event', event }],
    effects: [],
    timers: snapshot.timers,
    messages: [],
    wants: [],
    ways: [],
  }
}

/** The state at a path, `phase.node` or `phase.node.rung`; undefined where the version has none. */
export function stateAt({ chart: { config } }: Compiled, path: string): StateConfig | undefined {
  return path.split('.').reduce<StateConfig | undefined>((state, part) => own(state?.states, part), config)
}

/** Where the bot was left, as far as the version knows those places; an entry of which a part is gone is gone. */
function historyIn(compiled: Compiled, history: MachineSnapshot['history']): MachineSnapshot['history'] {
  const isThere = (id: string): boolean => stateAt(compiled, id.slice(id.indexOf('.') + 1)) !== undefined
  const kept = Object.entries(history).filter(([, left]) => left.every(isThere))
  return kept.length === Object.keys(history).length ? history : Object.fromEntries(kept)
}

/** What was promised in a queue that is gone is taken up as if it had been promised in none. */
function contextIn({ nodes }: Compiled, context: MachineSnapshot['context']): MachineSnapshot['context'] {
  const { promisedIn } = context
  return promisedIn == null || nodes.get(promisedIn)?.type === 'queue' ? context : { ...context, promisedIn: null }
}

function own(states: StateConfig['states'], name: string): StateConfig | undefined {
  return states !== undefined && Object.hasOwn(states, name) ? states[name] : undefined
}
