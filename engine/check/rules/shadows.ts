import type { Compiled } from '../../compile/compiled.ts'
import { isHeld, matchesWhenever, neverFires, type Trigger } from '../names/triggers.ts'
import type { CheckRule } from '../rule.ts'

/**
 * The first trigger that matches a message fires, in the document's order. One that matches only when an earlier one
 * does never fires: it is told as a reason at most. Signals are compared each with its like, so what is found is proved.
 */
export const shadows: CheckRule = {
  name: 'shadows',
  title: 'No trigger hides another',
  find: ({ compiled, pointerOf, pathTo }) =>
    compiled.triggers.flatMap((trigger, index) => {
      if (neverFires(trigger, compiled) !== undefined) return []
      const first = hiding(trigger, compiled.triggers.slice(0, index), compiled)
      if (first === undefined) return []
      // What is hidden comes about in no conversation; the path is one in which the other fires.
      const { path } = pathTo({ outlet: { node: first.id, outlet: 'fired' } })
      return [
        {
          rule: 'shadows',
          severity: 'warning',
          node: trigger.id,
          pointer: pointerOf(trigger.id),
          message: `“${trigger.id}” never fires: whenever it would, “${first.id}” before it does; put “${trigger.id}” first, or take it out`,
          ...(path === undefined ? {} : { path }),
        },
      ]
    }),
}

/** A trigger that takes all messages another would fire at; or the first of those that do so together, signal by signal. */
function hiding(trigger: Trigger, before: readonly Trigger[], compiled: Compiled): Trigger | undefined {
  const firing = before.filter((each) => !isHeld(each) && neverFires(each, compiled) === undefined)
  const alone = firing.find((each) => matchesWhenever(each, trigger, compiled))
  if (alone !== undefined || trigger.data.match === 'all') return alone
  const each = trigger.data.signals.map((signal) => {
    const part: Trigger = { ...trigger, data: { ...trigger.data, signals: [signal] } }
    return firing.find((one) => matchesWhenever(one, part, compiled))
  })
  return each.every((one) => one !== undefined) ? each[0] : undefined
}
