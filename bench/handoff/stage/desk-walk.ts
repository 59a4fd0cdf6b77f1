/** The rooms of the desk, an agent's and a supervisor's, with something in each of them. */
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { words } from '../../../desk/words/en.ts'
import { words as signInWords } from '../../../ui/sign-in/words.ts'
import { ADMIN_KEY } from '../../live/administrator.ts'
import { hireOne, queued } from './people.ts'
import { newPage } from './screens.ts'
import type { Walk } from './widget-walk.ts'

const keyMade = z.object({ key: z.string() })

export async function deskWalk({ stage, browser, scheme, look }: Walk): Promise<void> {
  const at = async (path: string, key: string): Promise<Page> => {
    const page = await newPage(browser, { scheme })
    await page.goto(`${stage.url}${path}#key=${key}`)
    return page
  }
  const guest = await at('/desk', 'nobody')
  await guest.getByText(signInWords.ended).waitFor()
  await look(guest, 'desk: signing in')
  await guest.context().close()

  const eva = await hireOne(stage, 'eva', 'Eva Roth', 5)
  const desk = await at('/desk', eva.key)
  await desk.getByText(words.inbox.empty.title).waitFor()
  await look(desk, 'desk: nobody waits')
  const [waiting] = await queued(stage, 1)
  if (waiting === undefined) throw new Error('Nobody waits.')
  const offer = desk.getByRole('article').filter({ has: desk.getByRole('button', { name: words.offers.accept }) })
  await offer.waitFor()
  await look(desk, 'desk: an offer')
  await offer.getByRole('button', { name: words.offers.accept }).click()
  await desk.getByText(words.conversation.standing.mine).waitFor()
  await desk.getByRole('heading', { name: words.context.reason }).waitFor()
  await look(desk, 'desk: a conversation')
  const field = desk.getByRole('region', { name: words.conversation.label, exact: true }).getByRole('textbox')
  await field.press('Escape')
  for (const [key, name] of Object.entries({ t: 'transfer', h: 'handback', e: 'resolve', '?': 'keys' })) {
    await desk.keyboard.press(key)
    await desk.getByRole('dialog').waitFor()
    await look(desk, `desk: ${name}`)
    await desk.keyboard.press('Escape')
    await desk.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await supervisorsRooms()
  await desk.setViewportSize({ width: 390, height: 844 })
  await look(desk, 'desk: a conversation on a phone')
  await desk.goto(`${stage.url}/desk`)
  await desk.getByRole('navigation', { name: words.shell.rooms }).waitFor()
  await look(desk, 'desk: the list on a phone')
  await desk.context().close()
  const end = { type: 'agent.resolve', resolution: 'Done.' }
  await stage.call('POST', `/v1/conversations/${waiting.id}/events`, end, eva.key)
  await stage.call('PUT', `/v1/agents/${eva.id}/presence`, { status: 'offline' })

  async function supervisorsRooms(): Promise<void> {
    const { key } = keyMade.parse(await stage.call('POST', '/v1/keys', { role: 'supervisor', name: 'Lea' }, ADMIN_KEY))
    const board = await at('/desk/board', key)
    await board.getByRole('table').first().waitFor()
    await board.getByText(eva.name).first().waitFor()
    await look(board, 'desk: the board')
    const reply = { shortcut: 'late', title: 'Late parcel', text: 'I am sorry.' }
    await stage.call('PUT', '/v1/canned-replies/late', reply, key)
    await board.goto(`${stage.url}/desk/replies`)
    await board.getByText('Late parcel').waitFor()
    await look(board, 'desk: canned replies')
    await board.getByRole('button', { name: words.replies.add }).click()
    await board.getByRole('dialog').waitFor()
    await look(board, 'desk: a canned reply')
    await board.context().close()
  }
}
