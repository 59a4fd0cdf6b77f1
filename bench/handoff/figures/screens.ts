import { quantile } from '../../quantile.ts'
import type { HandoffFigure } from '../figure.ts'
import type { Followed, Held } from '../load/orders.ts'
import { fromScreenToScreen } from '../stage/passing.ts'
import { heldBy, hire, hireOne } from '../stage/people.ts'
import { customerAt, deskOf } from '../stage/screens.ts'
import { playOn } from '../stage/stage.ts'

/** Conversations of one agent, and how often somebody in all of them says something. */
const EACH = 5
const PER_SECOND = 10
const WARM_UP = 10

export const screens: HandoffFigure = {
  name: 'screens',
  lines: [
    {
      what: 'from Enter on one screen to the words on the other, 99 in 100, the slower way',
      reach: { atMost: 250 },
      unit: ' ms',
    },
  ],
  measure: ({ messages, open }) =>
    playOn(async (stage) => {
      const agents = await hire(stage, Math.ceil(open / EACH), 2 * EACH)
      const held = await heldBy(stage, agents, open)
      const loader = stage.loader()
      // Everybody looks: the agents at their desks, the customers at their windows.
      const desks = agents.map(({ key }): Followed => ({ path: '/v1/desk/stream', key, of: null }))
      const windows = held.map(customersSide)
      await loader.ask(stage.url, 'follow', [...desks, ...windows])
      await loader.ask(stage.url, 'talk', { held, perSecond: PER_SECOND })

      const sarah = await hireOne(stage, 'sarah', 'Sarah Lind', EACH)
      const browser = await stage.browser()
      const customer = await customerAt(browser, await stage.host())
      const conversation = await customer.asksForPerson()
      const taken = { type: 'agent.accept', agent: sarah.id }
      await stage.call('POST', `/v1/conversations/${conversation}/events`, taken, sarah.key)
      const desk = await deskOf(browser, stage.url, sarah.key, conversation)

      const toDesk: number[] = []
      const toCustomer: number[] = []
      for (let message = -WARM_UP; message < messages; message++) {
        const there = await fromScreenToScreen(customer, desk, `Parcel ${message} has not come.`)
        const back = await fromScreenToScreen(desk, customer, `Parcel ${message} comes today.`)
        if (message >= 0) {
          toDesk.push(there)
          toCustomer.push(back)
        }
      }
      const said = await loader.ask(stage.url, 'quiet', null)
      return [
        {
          value: Math.max(quantile(toDesk, 0.99), quantile(toCustomer, 0.99)),
          beside:
            `${messages} each way: to the desk ${inWords(toDesk)}, to the customer ${inWords(toCustomer)}; ` +
            `${said} other messages in ${open} other conversations meanwhile`,
        },
      ]
    }),
}

function customersSide({ id, customer }: Held): Followed {
  return { path: `/v1/conversations/${id}/stream`, key: customer, of: { conversation: id, by: 'customer' } }
}

function inWords(times: readonly number[]): string {
  const [half, most, all] = [0.5, 0.99, 1].map((share) => quantile(times, share).toFixed(0))
  return `half within ${half}, 99 in 100 within ${most}, all within ${all} ms`
}
