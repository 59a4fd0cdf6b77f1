/** A whole flow from an empty editor to a handoff over HTTP: by mouse, and by keyboard alone. */
import { expect, test } from 'vitest'
import { parseFlow, type Flow } from '#engine/index.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import type { Hands } from '#test/driver/designer-hands.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import '#test/driver/matchers.ts'

const studio = testStudio()

test('a flow drawn with the mouse from an empty editor is checked, published and run over HTTP', async () => {
  // The least width that everything must be usable at.
  const ann = await studio.designer({ width: 1280, height: 800 })
  await ann.opensGallery()
  await drawsAWholeFlow(ann, ann.byMouse, 'By mouse')
  await runsOverHttp(await publishedFlow('By-mouse'))
})

test('the same is done by keyboard alone', async () => {
  const ben = await studio.designer()
  await ben.opensGallery()
  await drawsAWholeFlow(ben, ben.byKeyboard, 'By keyboard')
  expect(ben.device.presses()).toBe(0)
  await runsOverHttp(await publishedFlow('By-keyboard'))
})

async function drawsAWholeFlow({ sees }: Designer, hands: Hands, name: string): Promise<void> {
  await hands.beginsFlow(name)
  await hands.drawsAfter({ from: 'start', by: 'then' }, 'say')
  await hands.writes('say', 'Message', 'Good day. What can I do for you?')
  await hands.drawsAfter({ from: 'say', by: 'then' }, 'listen')
  await hands.draws('trigger')
  await hands.drawsAfter({ from: 'trigger', by: 'fires' }, 'queue')
  await hands.writes('queue', 'Team', 'parcels')
  await hands.drawsAfter({ from: 'queue', by: 'after ' }, 'close')
  await hands.drawsAfter({ from: 'queue', by: 'a person accepts' }, 'agent')
  await hands.leads({ from: 'agent', by: 'resolved' }, 'close')
  await hands.leads({ from: 'queue', by: 'nobody is there' }, 'close')
  await hands.drawsAfter({ from: 'agent', by: 'back to the bot' }, 'handback')
  await hands.checks()
  await sees.check.waitFor()
  await hands.publishes('The first one')
}

async function publishedFlow(id: string): Promise<Flow> {
  const parsed = parseFlow(await studio.server.admin.call('GET', `/v1/flows/${id}`))
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => fault.message).join(' '))
  return parsed.flow
}

async function runsOverHttp(flow: Flow): Promise<void> {
  const { customer, bot, agent, conversation } = await converseOverHttp(studio.server, flow, {
    customer: { name: 'Ann' },
  })
  expect(conversation).toBeIn('bot')
  await customer.says('Where is my parcel?')
  await bot.replies('On its way.')
  await customer.says('I want to talk to a person')
  expect(conversation).toBeIn('queued.queue')
  await agent.accepts('sarah')
  expect(conversation).toBeIn('agentActive')
  await agent.says('Hello Ann.')
  await agent.handsBack('It comes tomorrow.')
  expect(conversation).toBeIn('bot')
  await bot.replies('Anything else?')
}
