/** The desk as agents and supervisors work at it, each at a real browser, against a really started server. */
import { afterEach, describe, expect, test } from 'vitest'
import { words } from '#desk/words/en.ts'
import { words as signInWords } from '#ui/sign-in/words.ts'
import { violationsOn } from '../driver/browser.ts'
import type { Staff } from '../driver/staff.ts'
import { testOffice, type Customer } from './office.ts'

const office = testOffice()
const { act, happened, standing } = words.conversation

afterEach(() => office.empties())

describe('An agent', () => {
  test('is offered a conversation, takes it, and knows everything before the first word', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.offer('Eleni').getByRole('timer').waitFor()
    expect(await sarah.page.title()).toContain('(1)')
    await sarah.accepts('Eleni')
    await sarah.sees('Where is my parcel?')
    await sarah.sees(happened.accepted('Sarah'))
    await sarah.package.getByText('Eleni').first().waitFor()
    await sarah.package.getByRole('heading', { name: words.context.reason }).waitFor()
    expect(await eleni.reads()).toContainEqual(expect.stringContaining('Sarah'))
  })

  test('answers with a canned reply in the customer’s and their own name, and notes what only staff read', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.pressSequentially('/late')
    await sarah.page.getByRole('option', { name: 'Late parcel' }).waitFor()
    await sarah.field.press('Enter')
    await expect.poll(() => sarah.field.inputValue()).toBe('I am sorry about your parcel, Eleni. Sarah looks into it.')
    await sarah.field.press('Enter')
    await sarah.seesOnce('I am sorry about your parcel, Eleni. Sarah looks into it.')
    await sarah.field.press('Control+/')
    await sarah.field.fill('The depot has it.')
    await sarah.field.press('Enter')
    await sarah.transcript.getByText(words.conversation.note('Sarah')).waitFor()
    const read = await eleni.reads()
    expect(read).toContain('I am sorry about your parcel, Eleni. Sarah looks into it.')
    expect(read).not.toContain('The depot has it.')
  })

  test('answers with the canned reply they meant, however late the list of them comes', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    const asked: string[] = []
    let arrive = (): void => undefined
    const late = new Promise<void>((resolve) => {
      arrive = resolve
    })
    await sarah.page.route('**/replies?*', async (route) => {
      const q = new URL(route.request().url()).searchParams.get('q') ?? ''
      asked.push(q)
      if (q !== '') await late
      await route.continue()
    })
    await sarah.field.pressSequentially('/')
    await sarah.page.getByRole('option').nth(1).waitFor()
    await sarah.field.pressSequentially('late')
    await expect.poll(() => asked).toContain('late')
    await sarah.field.press('Enter')
    expect(await sarah.field.inputValue()).toBe('/late')
    arrive()
    await expect.poll(() => sarah.field.inputValue()).toBe('I am sorry about your parcel, Eleni. Sarah looks into it.')
  })

  test('puts the suggested answer after what they have begun to write', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.page.route('**/handoff', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), suggestedResolution: 'It is there.' } })
    })
    await sarah.accepts('Eleni')
    await sarah.field.fill('Dear Eleni,')
    await sarah.package.getByRole('button', { name: words.context.use }).click()
    await expect.poll(() => sarah.field.inputValue()).toBe('Dear Eleni,\nIt is there.')
  })

  test('who writes one private note after another tells the customer none of them', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.press('Control+/')
    await sarah.writes('She was here in May.')
    await sarah.sees('She was here in May.')
    await sarah.writes('And in June.')
    await sarah.seesOnce('And in June.')
    expect(await eleni.reads()).not.toContain('And in June.')
  })

  test('who ends a word with Enter while an input method composes it sends nothing yet', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.fill('ありが')
    // As Safari tells of it: the composition is over, and only the key's code says that the Enter was the method's.
    await sarah.field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229 })
    expect(await sarah.field.inputValue()).toBe('ありが')
    await sarah.field.fill('/late')
    await sarah.page.getByRole('option', { name: 'Late parcel' }).waitFor()
    await sarah.field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229 })
    expect(await sarah.field.inputValue()).toBe('/late')
  })

  test('transfers with a note to a second agent, who takes it and hands it back to the bot', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    const tom = await office.agent('tom', 'Tom')
    await tom.opens()
    await sarah.button(act.transfer).click()
    const dialog = sarah.page.getByRole('dialog')
    await dialog.getByText('Tom', { exact: true }).click()
    await dialog.getByLabel(words.conversation.transfer.note).fill('She wants it before Friday.')
    await dialog.getByRole('button', { name: words.conversation.transfer.submit }).click()
    await tom.accepts('Eleni')
    await tom.sees('She wants it before Friday.')
    await tom.sees(happened.transferred('Sarah', 'Tom'))
    await sarah.page.getByText(words.conversation.transfer.accepted('Tom', 'Eleni')).waitFor()
    await tom.button(act.handback).click()
    await tom.page.getByLabel(words.conversation.handback.note).fill('Delivery is on Thursday.')
    await tom.page.getByRole('dialog').getByRole('button', { name: words.conversation.handback.submit }).click()
    await tom.talk.getByText(standing.bot, { exact: true }).waitFor()
    await tom.sees(happened.handedBack('Tom'))
  })

  test('is told when the other declines, and that the customer keeps the place', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    const tom = await office.agent('tom', 'Tom')
    await tom.opens()
    await sarah.button(act.transfer).click()
    await sarah.page.getByRole('dialog').getByText('Tom', { exact: true }).click()
    await sarah.page.getByRole('dialog').getByRole('button', { name: words.conversation.transfer.submit }).click()
    await tom.offer('Eleni').getByRole('button', { name: words.offers.decline }).click()
    await sarah.page.getByText(words.conversation.transfer.declined('Tom', 'Eleni')).waitFor()
  })

  test('who comes second is told kindly who has it', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    const tom = await office.agent('tom', 'Tom')
    await tom.opens(`/desk/c/${eleni.id}`)
    // Sarah's answer is on its way while Tom's arrives.
    let isTaken = (): void => undefined
    const first = new Promise<void>((resolve) => {
      isTaken = resolve
    })
    await sarah.page.route('**/events', async (route) => {
      await first
      await route.continue()
    })
    await sarah.offer('Eleni').getByRole('button', { name: words.offers.accept }).click()
    await tom.button(new RegExp(`^${act.take}`)).click()
    await tom.mine.waitFor()
    isTaken()
    await sarah.page.getByText(/Tom took this a moment ago/).waitFor()
    await sarah.offer('Eleni').waitFor({ state: 'hidden' })
  })

  test('and the customer see each other write', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    // Who goes on writing tells it again and again.
    const isSeen = async (): Promise<boolean> => {
      await eleni.types(true)
      return sarah.talk.getByText(words.conversation.typing('Eleni')).isVisible()
    }
    await expect.poll(isSeen, { interval: 1_000 }).toBe(true)
    const seen = eleni.seesTyping()
    await sarah.field.pressSequentially('I am looking, one moment', { delay: 150 })
    await seen
  })

  test('goes through the list by J and K', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    const jonas = await office.customer('Jonas')
    await jonas.says('I want to talk to a person')
    await sarah.offer('Jonas').waitFor()
    await sarah.field.press('Escape')
    await sarah.page.keyboard.press('k')
    await expect.poll(() => sarah.page.url()).toContain(jonas.id)
    await sarah.page.keyboard.press('j')
    await expect.poll(() => sarah.page.url()).toContain(eleni.id)
  })

  test('resolves with a reason', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.writes('Here it is.')
    await sarah.button(act.resolve).click()
    await sarah.page.getByRole('dialog').getByText('Problem solved').click()
    await sarah.page.getByRole('dialog').getByRole('button', { name: words.conversation.resolve.submit }).click()
    await sarah.sees(happened.resolved('Sarah', 'Problem solved'))
  })

  test('sends a file, which is shown with the message', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    const choosing = sarah.page.waitForEvent('filechooser')
    await sarah.button(words.compose.attach).click()
    await (
      await choosing
    ).setFiles({ name: 'invoice <b>.txt', mimeType: 'text/plain', buffer: Buffer.from('42 euros') })
    await sarah.button(words.compose.remove('invoice <b>.txt')).waitFor()
    await sarah.field.press('Enter')
    await sarah.transcript.getByRole('button', { name: /invoice <b>\.txt/ }).waitFor()
    await sarah.talk.getByText(words.conversation.sending).waitFor({ state: 'hidden' })
    expect((await eleni.reads()).at(-1)).toBe('')
  })

  test('does all of it by the keyboard alone', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    const { keyboard } = sarah.page
    await sarah.offer('Eleni').waitFor()
    await keyboard.press('a')
    await sarah.mine.waitFor()
    await expect.poll(() => sarah.field.evaluate((field) => field === document.activeElement)).toBe(true)
    await keyboard.type('By hand')
    await keyboard.press('Enter')
    await sarah.seesOnce('By hand')
    await keyboard.press('Escape')
    await keyboard.press('n')
    await keyboard.type('Noted')
    await keyboard.press('Enter')
    await sarah.sees('Noted')
    await keyboard.press('Escape')
    await keyboard.press('?')
    await sarah.page.getByRole('dialog').getByText(words.actions.handback).waitFor()
    await keyboard.press('Escape')
    await sarah.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await keyboard.press('/')
    await keyboard.type('elen')
    await sarah.list.getByRole('link', { name: /Eleni/ }).first().waitFor()
    await keyboard.press('Escape')
    await keyboard.press('h')
    await sarah.page.getByRole('dialog').waitFor()
    await keyboard.type('All is said')
    await keyboard.press('Control+Enter')
    await sarah.sees(happened.handedBack('Sarah'))
    expect(await eleni.reads()).toContain('By hand')
    expect(sarah.device.presses()).toBe(0)
  })
})

describe('Nothing is lost', () => {
  test('when the page is loaded again in the middle of a sentence', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.fill('Half a sen')
    await sarah.page.reload()
    await expect.poll(() => sarah.field.inputValue()).toBe('Half a sen')
  })

  test('when the line breaks: it is said, and what was written goes out once when it is back', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.device.goesOffline()
    await sarah.page.getByText(words.shell.line.waiting).waitFor()
    await sarah.writes('Written in the tunnel')
    await sarah.transcript.getByText('Written in the tunnel').waitFor()
    await eleni.says('Are you there?')
    await sarah.device.comesOnline()
    await sarah.sees('Are you there?')
    await sarah.page.getByText(words.shell.line.waiting).waitFor({ state: 'hidden' })
    await sarah.seesOnce('Written in the tunnel')
    expect((await eleni.reads()).filter((text) => text === 'Written in the tunnel')).toHaveLength(1)
  })

  test('when the answer to a message is lost and the page is loaded again: it counts once', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.page.route('**/events', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await sarah.writes('Only once')
    await expect.poll(() => eleni.reads()).toContain('Only once')
    await sarah.page.unrouteAll({ behavior: 'ignoreErrors' })
    await sarah.page.reload()
    await sarah.seesOnce('Only once')
    expect((await eleni.reads()).filter((text) => text === 'Only once')).toHaveLength(1)
  })

  test('when the conversation was taken away meanwhile: the text comes back with the reason', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await office.agent('tom', 'Tom')
    await sarah.device.goesOffline()
    await sarah.writes('Too late')
    const lead = await office.server.as('supervisor')
    await lead.call('POST', `/v1/conversations/${eleni.id}/events`, { type: 'agent.transfer', agent: 'tom' })
    await lead.call('POST', `/v1/conversations/${eleni.id}/events`, { type: 'agent.accept', agent: 'tom' })
    await sarah.device.comesOnline()
    await sarah.talk.getByText(/Tom (has this one|took this a moment ago)/).waitFor()
    const unsent = sarah.talk.getByRole('alert').filter({ hasText: words.compose.unsent })
    await unsent.getByText('Too late', { exact: true }).waitFor()
    await unsent.getByText(/Tom/).waitFor()
    expect(await violationsOn(sarah.page)).toEqual([])
    expect(await eleni.reads()).not.toContain('Too late')
    await unsent.getByRole('button', { name: words.compose.letGo }).click()
    await unsent.waitFor({ state: 'detached' })
    expect(await sarah.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Too late')
  })

  test('when a handback is refused: its note stands in the field for notes, with the reason', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.page.route('**/events', (route) =>
      route.fulfill({ status: 409, json: { status: 409, title: 'Not now', detail: 'The bot is not there.' } }),
    )
    await sarah.button(act.handback).click()
    const dialog = sarah.page.getByRole('dialog')
    await dialog.getByLabel(words.conversation.handback.note).fill('She has paid twice.')
    await dialog.getByRole('button', { name: words.conversation.handback.submit }).click()
    await sarah.page.getByText(words.session.notDone['agent.handback']).waitFor()
    await expect.poll(() => sarah.field.inputValue()).toBe('She has paid twice.')
    await sarah.talk.getByText('The bot is not there.').waitFor()
    await sarah.named('button', words.compose.addNote).waitFor()
  })

  test('when one writes in two tabs: what was sent in the one does not stand in the other to be sent again', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.fill('It comes on')
    const other = await sarah.device.tab()
    await other.goto(`${office.server.url}/desk/c/${eleni.id}`)
    const field = other.getByRole('region', { name: words.conversation.label, exact: true }).getByRole('textbox')
    await expect.poll(() => field.inputValue()).toBe('It comes on')
    await sarah.writes('It comes on Friday.')
    await sarah.seesOnce('It comes on Friday.')
    await expect.poll(() => field.inputValue()).toBe('')
  })
})

describe('A supervisor', () => {
  test('watches, whispers to the agent alone, and gives the conversation to somebody else', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await office.agent('tom', 'Tom')
    const lead = await office.supervisor()
    await lead.opens('/desk/board')
    await lead.button(words.board.of(words.board.watch, 'Eleni')).click()
    await lead.sees('Where is my parcel?')
    await sarah.writes('I am looking.')
    await lead.sees('I am looking.')
    await lead.writes('Offer her free express.')
    await sarah.sees('Offer her free express.')
    await sarah.transcript.getByText(/^Whisper from/).waitFor()
    expect(await eleni.reads()).not.toContain('Offer her free express.')
    await lead.button(words.conversation.more).click()
    await lead.named('menuitem', /Reassign/).click()
    await lead.page.getByRole('dialog').getByText('Tom', { exact: true }).click()
    await lead.page.getByRole('dialog').getByRole('button', { name: words.conversation.transfer.submitAssign }).click()
    await sarah.mine.waitFor({ state: 'hidden' })
  })

  test('takes over in the name they chose', async () => {
    const [sarah] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await office.agent('joana', 'Joana')
    const lead = await office.supervisor()
    await lead.opens('/desk/board')
    await lead.button(/You read along|supervisor/).click()
    await lead.page.getByRole('menuitemradio', { name: 'Joana' }).click()
    await lead.page.keyboard.press('Escape')
    await lead.button(words.board.of(words.board.watch, 'Eleni')).click()
    await lead.button(act.takeOver).click()
    await lead.mine.waitFor()
    await lead.writes('Joana here.')
    await lead.seesOnce('Joana here.')
    await sarah.talk.getByText(standing.theirs('Joana')).first().waitFor()
    // The name is theirs: who signs in after them on this device has chosen none.
    await lead.page.goto(`${office.server.url}/desk/board#key=${office.server.admin.key}`)
    await lead.page.reload()
    await lead.button(/You read along|supervisor/).waitFor()
  })

  test('sees who waits and who works, and says who is there', async () => {
    const sarah = await office.agent('sarah', 'Sarah')
    await sarah.opens()
    const lead = await office.supervisor()
    await lead.opens('/desk/board')
    await lead.page.getByLabel(words.board.presenceOf('Sarah')).selectOption('away')
    await sarah.button(/You are away/).waitFor()
  })

  test('sees what the server refused to change taken back, and all else as it has become meanwhile', async () => {
    await office.agent('sarah', 'Sarah')
    await office.agent('joana', 'Joana')
    const lead = await office.supervisor()
    await lead.opens('/desk/board')
    const presenceOf = (name: string) => lead.page.getByLabel(words.board.presenceOf(name))
    let refuse = (): void => undefined
    const refused = new Promise<void>((resolve) => {
      refuse = resolve
    })
    await lead.page.route('**/agents/sarah/presence', async (route) => {
      await refused
      await route.fulfill({ status: 409, json: { title: 'Not now', detail: 'Not now.' } })
    })
    await presenceOf('Sarah').selectOption('away')
    await office.server.admin.call('PUT', '/v1/agents/joana/presence', { status: 'offline' })
    await expect.poll(() => presenceOf('Joana').inputValue()).toBe('offline')
    refuse()
    await lead.page.getByText(words.presence.failed).waitFor()
    await expect.poll(() => presenceOf('Sarah').inputValue()).toBe('online')
    expect(await presenceOf('Joana').inputValue()).toBe('offline')
  })
})

describe('Two who lead', () => {
  test('and write the same canned reply lose neither’s work: the later is shown the earlier’s text before it is replaced', async () => {
    const text = words.replies
    const [one, other] = [await office.supervisor(), await office.supervisor()]
    for (const { opens, button } of [one, other]) {
      await opens('/desk/replies')
      await button(text.edit('Greeting')).click()
    }
    const [mine, theirs] = [one.page.getByRole('dialog'), other.page.getByRole('dialog')]
    await mine.getByLabel(text.text).fill('Good day, how can I help?')
    await mine.getByRole('button', { name: text.save }).click()
    await one.page.getByText('Good day, how can I help?').waitFor()
    await theirs.getByLabel(text.text).fill('Hi, what can I do for you?')
    await theirs.getByRole('button', { name: text.save }).click()
    await theirs.getByText(text.overtaken('Good day, how can I help?')).waitFor()
    await theirs.getByRole('button', { name: text.save }).click()
    await other.page.getByRole('listitem').getByText('Hi, what can I do for you?').waitFor()
  })
})

describe('The desk', () => {
  test('shows hostile texts as texts', async () => {
    const [sarah, eleni] = await atWork('<img src=x onerror=alert(1)>')
    await sarah.accepts('<img src=x onerror=alert(1)>')
    const tricks = [
      '<script>document.title = "owned"</script>',
      '\u202Etxet sdrawkcab',
      '{{ customer.email }}',
      '[x](javascript:alert(1))',
    ]
    for (const text of tricks) await eleni.says(text)
    for (const text of tricks) await sarah.sees(text)
    expect(await sarah.page.locator('img[src=x]').count()).toBe(0)
    expect(await sarah.page.title()).not.toContain('owned')
  })

  test('draws a very long transcript from its end, and the rest as one asks for it', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    for (let index = 0; index < 150; index += 1) await eleni.says(`Line ${index}.`)
    await sarah.page.reload()
    await sarah.sees('Line 149.')
    expect(await sarah.transcript.getByText('Line 0.', { exact: true }).count()).toBe(0)
    // Going to the top brings the page before it, as often as there is one.
    await expect
      .poll(async () => {
        await sarah.transcript.press('Home')
        return sarah.transcript.getByText('Line 0.', { exact: true }).count()
      })
      .toBe(1)
  })

  test('tells an agent that the board is for supervisors', async () => {
    const sarah = await office.agent('sarah', 'Sarah')
    await sarah.opens('/desk/board')
    await sarah.page.getByText(words.shell.noRight.title).waitFor()
  })

  test('says that nobody waits, and offers to go online', async () => {
    const sarah = await office.agent('sarah', 'Sarah')
    await office.server.admin.call('PUT', '/v1/agents/sarah/presence', { status: 'offline' })
    await sarah.opens()
    await sarah.button(words.inbox.empty.goOnline).click()
    await sarah.button(/You are online/).waitFor()
  })

  test('tells who writes in a conversation that it was erased, and keeps nothing of it on the device', async () => {
    const [sarah, eleni] = await atWork('Eleni')
    await sarah.accepts('Eleni')
    await sarah.field.fill('Your parcel, Eleni, is')
    await erases(eleni)
    const { forgotten, back } = words.conversation
    await sarah.page.getByText(forgotten.title).waitFor()
    await sarah.page.getByText(forgotten.explain).waitFor()
    expect(await sarah.page.getByText('Where is my parcel?').count()).toBe(0)
    expect(await sarah.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Your parcel')
    await sarah.button(back).click()
    await sarah.page.getByText(words.inbox.empty.title).waitFor()
  })

  test('tells who reads along that a conversation was erased, and who comes later what may have been', async () => {
    const eleni = await office.customer('Eleni')
    await eleni.says('Where is my parcel?')
    const lead = await office.supervisor()
    await lead.opens(`/desk/c/${eleni.id}`)
    await lead.sees('Where is my parcel?')
    await erases(eleni)
    await lead.page.getByText(words.conversation.forgotten.title).waitFor()
    expect(await lead.page.getByText('Where is my parcel?').count()).toBe(0)
    await lead.page.reload()
    await lead.page.getByText(words.conversation.missing.explain).waitFor()
  })

  test('asks for another key when the server does not know this one', async () => {
    const guest = await office.guest()
    await guest.page.goto(`${office.server.url}/desk#key=nobody`)
    await guest.page.getByText(signInWords.ended).waitFor()
    expect(guest.page.url()).not.toContain('nobody')
  })
})

/** Sarah is online at her desk, and a customer who asked for a person is on the way to her. */
async function atWork(name: string): Promise<readonly [Staff, Customer]> {
  const sarah = await office.agent('sarah', 'Sarah')
  await sarah.opens()
  const customer = await office.customer(name)
  await customer.says('Where is my parcel?')
  await customer.says('I want to talk to a person')
  return [sarah, customer]
}

/** As an administrator does it, with all that is kept of the customer. */
async function erases({ id }: Customer): Promise<void> {
  await office.server.admin.call('DELETE', `/v1/customers/${id}`)
}
