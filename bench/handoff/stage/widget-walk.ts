/** The widget from its button to the survey, and on a phone, on the demo page. */
import type { Browser, Page } from 'playwright-core'
import { wordsIn } from '../../../widget/words.ts'
import { hireOne } from './people.ts'
import { customerAt, type Scheme } from './screens.ts'
import { FLOW, type Stage } from './stage.ts'

export interface Walk {
  readonly stage: Stage
  readonly browser: Browser
  readonly scheme: Scheme
  look(page: Page, view: string): Promise<void>
}

const words = wordsIn('en')

export async function widgetWalk({ stage, browser, scheme, look }: Walk): Promise<void> {
  const tom = await hireOne(stage, 'tom', 'Tom Berg', 5)
  const customer = await customerAt(browser, `${stage.url}/demo?flow=${FLOW}`, { scheme })
  const { page, log } = customer
  const chat = page.locator('baton-chat')
  const button = (name: string) => chat.getByRole('button', { name, exact: true })
  await chat.locator('.launcher').waitFor()
  await look(page, 'widget: shut')
  const conversation = await customer.asksForPerson()
  const does = (event: object) => stage.call('POST', `/v1/conversations/${conversation}/events`, event, tom.key)
  await look(page, 'widget: in line')
  await does({ type: 'agent.accept', agent: tom.id })
  await does({ type: 'agent.message', text: 'Good morning, which parcel is it?' })
  await log.getByText('which parcel').waitFor()
  await look(page, 'widget: with a person')
  await button(words.more).click()
  await look(page, 'widget: menu')
  await button(words.transcript).click()
  await look(page, 'widget: transcript by mail')
  await page.keyboard.press('Escape')
  await does({ type: 'agent.resolve', resolution: 'Done.' })
  await button('3').waitFor()
  await look(page, 'widget: survey')
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'widget: on a phone')
  await page.context().close()
  await stage.call('PUT', '/v1/agents/tom/presence', { status: 'offline' })
}
