/** A queue set by somebody who does not program: each choice is read back in words, and saved as the engine takes it. */
import { describe, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { violationsOn } from '#test/driver/browser.ts'
import { testStudio, type Designer, type DesignerOptions } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'

const hello = flowNamed('hello')
const studio = testStudio([hello])
const { relax, sla, week } = words.inspector

/** Every field of a queue filled in. */
const FULL = {
  team: 'support',
  skills: { spanish: 4 },
  prefer: { refunds: 2 },
  language: 'es',
  tier: true,
  sameAgent: '2m',
  text: 'Wait.',
  maxWaiting: 30,
  relax: [
    { after: '2m', drop: ['spanish'], teams: ['overflow'] },
    { after: '4m', lower: { spanish: 2 }, drop: ['tier'] },
  ],
  sla: {
    firstResponse: '5m',
    schedule: {
      timezone: 'Europe/Berlin',
      week: { mon: [['09:00', '17:00']] },
      exceptions: [{ name: 'Summer break', from: '2026-08-03', to: '2026-08-14' }],
    },
    warnAt: 0.5,
    raise: 20,
  },
}

test('what the queue asks for with time is chosen, and read back in words', async () => {
  const ann = await atQueue('chosen', { team: 'support', text: 'Wait.', skills: { spanish: 4 }, language: 'es' })
  await ann.page.getByText('At first: somebody of team support who has Spanish 4 and speaks Spanish.').waitFor()
  await ann.sees.button(relax.add).click()
  await ann.page.getByText('After 1 minute: Spanish is no longer needed.').first().waitFor()
  await ann.sees.field(relax.teams).fill('overflow')
  await ann.page.keyboard.press('Enter')
  await ann.page.getByText('After 1 minute: Spanish is no longer needed, team overflow helps too.').first().waitFor()
  await ann.sees.field(relax.lowerTo('Spanish')).fill('2')
  await ann.page
    .getByText('After 1 minute: Spanish is no longer needed, Spanish 2 is enough, team overflow helps too.')
    .first()
    .waitFor()
  await isKept(ann, 'chosen', 'relax', [{ after: '1m', drop: ['spanish'], teams: ['overflow'], lower: { spanish: 2 } }])
})

test('a promised first answer is written, warned of and raised, and goes when its length goes', async () => {
  const ann = await atQueue('promised', { team: 'support', text: 'Wait.' })
  const length = ann.sees.field('First answer within')
  await length.fill('5 min')
  await length.press('Enter')
  await ann.sees.field(sla.warn).fill('50')
  await ann.sees.field(sla.raise).fill('20')
  await ann.page
    .getByText(
      /^Without an answer, the team is warned after 2 minutes and 30 seconds and the customer goes up by 20 points\. After 5 minutes/,
    )
    .waitFor()
  await isKept(ann, 'promised', 'sla', { firstResponse: '5m', warnAt: 0.5, raise: 20 })
  await ann.sees.field(sla.hours).click()
  await ann.page.getByRole('option', { name: words.inspector.week.own }).click()
  await ann.page.getByText(new RegExp(`^Counted in ${sla.ownHours}`)).waitFor()
  await length.fill('')
  await length.press('Enter')
  await ann.sees.field(sla.warn).waitFor({ state: 'detached' })
  await isKept(ann, 'promised', 'sla', undefined)
})

test('days that are not like their weekdays get a name, a range and hours of their own', async () => {
  const schedule = { timezone: 'Europe/Berlin', week: { mon: [['09:00', '17:00']] } }
  const ann = await atQueue('days', {
    team: 'support',
    text: 'Wait.',
    sla: { firstResponse: '5m', schedule, warnAt: 0.8 },
  })
  await ann.sees.button(week.addException).click()
  await ann.sees.field(week.exceptionName).fill('Summer break')
  await ann.sees.panel.getByLabel(week.exceptionFrom('Summer break')).fill('2026-08-03')
  await ann.sees.panel.getByLabel(week.exceptionTo('Summer break')).fill('2026-08-14')
  await ann.sees.button(week.add('Summer break')).click()
  const exceptions = [{ name: 'Summer break', from: '2026-08-03', to: '2026-08-14', hours: [['09:00', '17:00']] }]
  await isKept(ann, 'days', 'sla', { firstResponse: '5m', schedule: { ...schedule, exceptions }, warnAt: 0.8 })
})

test('what asks for nothing less is refused where it stands, with its cure', async () => {
  const ann = await atQueue('empty', { team: 'support', text: 'Wait.', language: 'es' })
  await ann.sees.button(relax.add).click()
  await ann.page.getByText('After 1 minute: speaking Spanish is no longer needed.').first().waitFor()
  await ann.sees.field(relax.drop).press('Backspace')
  await ann.page.getByText(relax.nothing).waitFor()
  await ann.sees.panel
    .getByText(/must ask for less/)
    .first()
    .waitFor()
})

test('trying it tells the place, how long, the first answer that is due, who was asked and why', async () => {
  const ann = await atQueue('tried', {
    team: 'support',
    text: 'Wait.',
    skills: { spanish: 4 },
    sla: { firstResponse: '5m', warnAt: 0.5 },
  })
  await ann.shows('simulator')
  await ann.page.keyboard.press('Alt+Shift+3')
  const support = ann.sees.panel.getByRole('group', { name: 'support', exact: true })
  await support.getByLabel(words.simulate.setting.eta).fill('4m')
  await support.getByLabel(words.simulate.setting.within).fill('9m')
  await ann.page.keyboard.press('Alt+Shift+1')
  await ann.sees.button('I want to talk to a person').click()
  const told = ann.sees.panel.getByRole('list', { name: words.simulate.queued.label }).getByRole('listitem')
  await expect
    .poll(() => told.allTextContents())
    .toEqual([
      words.simulate.queued.place(1),
      words.simulate.queued.about('4:00'),
      words.simulate.queued.within('9:00'),
      words.simulate.queued.teams(['support']),
      words.simulate.queued.due('5:00', false),
    ])
  await ann.sees.said
    .getByText(/^Offered to .+: Spanish \d+/)
    .first()
    .waitFor()
  await ann.page.keyboard.press('Alt+Shift+2')
  await ann.sees.panel.getByRole('heading', { name: words.simulate.decisions.title }).waitFor()
  await ann.sees.panel.getByText(/^Because: Spanish \d+/).waitFor()
})

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test('nothing keeps anybody out of a queue with every field filled in', async () => {
    const ann = await atQueue(`full-${scheme}`, FULL, { scheme })
    await ann.page
      .getByText(/^After 4 minutes: /)
      .first()
      .waitFor()
    await ann.page.getByText(new RegExp(`^Counted in ${sla.ownHours}`)).waitFor()
    expect(await violationsOn(ann.page, '[role="tabpanel"]')).toEqual([])
  })
})

/** At the form of the one queue of a flow, which holds this. */
async function atQueue(id: string, data: object, options: DesignerOptions = {}): Promise<Designer> {
  await studio.keeps({
    ...hello,
    id,
    name: id,
    nodes: hello.nodes.map((node) => (node.id === 'line' ? { ...node, data } : node)),
  })
  const ann = await studio.designer(options)
  await ann.opens(id)
  await ann.page.keyboard.press('Control+f')
  await ann.page.getByRole('textbox', { name: words.canvas.find.search }).fill('line')
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.press('Escape')
  await ann.sees.panel.getByRole('group', { name: relax.whole }).waitFor()
  return ann
}

async function isKept(who: Designer, flow: string, field: string, value: unknown): Promise<void> {
  await expect
    .poll(async () => (await who.draft(flow)).nodes.find(({ id }) => id === 'line')?.data[field])
    .toEqual(value)
}
