/** Supervisors set up agents, teams and schedules at a real browser, against a really started server. */
import { afterEach, describe, expect, test } from 'vitest'
import { words } from '#desk/words/en.ts'
import type { Staff } from '../driver/staff.ts'
import { testOffice } from './office.ts'
import { tabsTo } from './tabbing.ts'

const office = testOffice()
const text = words.setup

afterEach(() => office.empties())

describe('A supervisor', () => {
  test('adds an agent with teams, skills and languages, who is then called by their name', async () => {
    const lead = await at('/desk/setup')
    await lead.page
      .getByRole('navigation', { name: text.list.agents })
      .getByRole('button', { name: text.add.agents })
      .click()
    await lead.page.getByLabel(text.name).fill('María Ruiz')
    expect(await lead.page.getByRole('textbox', { name: text.id, exact: true }).inputValue()).toBe('maria-ruiz')
    await lead.page.getByRole('combobox', { name: text.agent.teams }).click()
    await lead.page.getByRole('option', { name: 'Support' }).click()
    await lead.page.keyboard.press('Escape')
    await lead.button(text.agent.addSkill).click()
    await lead.page.getByRole('textbox', { name: text.agent.skill(1), exact: true }).fill('refunds')
    await lead.page.getByLabel(text.agent.level('refunds')).fill('7')
    await lead.page.getByRole('combobox', { name: text.agent.languages }).pressSequentially('es,')
    await lead.page.getByLabel(text.agent.capacity).fill('2')
    await lead.button(text.save).click()
    await lead.page.getByText(text.saved('María Ruiz')).waitFor()
    expect(await office.server.admin.call('GET', '/v1/agents/maria-ruiz')).toMatchObject({
      name: 'María Ruiz',
      teams: ['support'],
      skills: { refunds: 7 },
      languages: ['es'],
      channels: [],
      tiers: [],
      capacity: 2,
    })
    await expect.poll(() => lead.page.url()).toContain('/desk/setup/agents/maria-ruiz')
  })

  test('changes one skill, and all that is said elsewhere of the agent stays', async () => {
    await office.server.admin.call('PUT', '/v1/agents/olga', {
      name: 'Olga',
      teams: ['support'],
      skills: { orders: 3, 'a/b': 2 },
      tiers: ['gold'],
      bot: 'helper',
    })
    const lead = await at('/desk/setup/agents/olga')
    await lead.page.getByLabel(text.agent.level('orders')).fill('9')
    await lead.button(text.save).click()
    await lead.page.getByText(text.saved('Olga')).waitFor()
    expect(await office.server.admin.call('GET', '/v1/agents/olga')).toMatchObject({
      skills: { orders: 9, 'a/b': 2 },
      tiers: ['gold'],
      bot: 'helper',
    })
  })

  test('reads what is wrong beside the field it is about, and goes there', async () => {
    await office.server.admin.call('PUT', '/v1/agents/pia', { name: 'Pia', skills: { 'a/b': 2 } })
    const lead = await at('/desk/setup/agents/pia')
    await lead.page.getByLabel(text.agent.level('a/b')).fill('400')
    await lead.page.getByLabel(text.agent.capacity).fill('900')
    await lead.button(text.save).click()
    const level = lead.page.getByRole('textbox', { name: text.agent.skill(1), exact: true })
    await expect.poll(() => level.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => level.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await lead.page.getByLabel(text.agent.capacity).getAttribute('aria-invalid')).toBe('true')
    await lead.page.getByLabel(text.agent.capacity).fill('3')
    await expect.poll(() => lead.page.getByLabel(text.agent.capacity).getAttribute('aria-invalid')).not.toBe('true')
  })

  test('is told that an id is taken, or that a skill stands there twice, before anything is sent', async () => {
    await office.server.admin.call('PUT', '/v1/agents/quinn', { name: 'Quinn', capacity: 4 })
    const lead = await at('/desk/setup/agents/+')
    await lead.page.getByLabel(text.name).fill('Somebody')
    await lead.page.getByRole('textbox', { name: text.id, exact: true }).fill('quinn')
    for (const row of [1, 2]) {
      await lead.button(text.agent.addSkill).click()
      await lead.page.getByRole('textbox', { name: text.agent.skill(row), exact: true }).fill('refunds')
    }
    await lead.button(text.save).click()
    await lead.page.getByText(text.fault.taken).waitFor()
    await lead.page.getByText(text.fault.twice).waitFor()
    expect(await office.server.admin.call('GET', '/v1/agents/quinn')).toMatchObject({ name: 'Quinn', capacity: 4 })
  })

  test('finds what they wrote when they come back, also after loading the page again, until they discard it', async () => {
    await office.server.admin.call('PUT', '/v1/agents/rosa', { name: 'Rosa' })
    const lead = await at('/desk/setup/agents/rosa')
    await lead.page.getByLabel(text.name).fill('Rosa Luz')
    await lead.page.getByRole('link', { name: text.parts.teams }).click()
    await lead.page.getByText(text.choose.teams.title).waitFor()
    await lead.page.goBack()
    await expect.poll(() => lead.page.getByLabel(text.name).inputValue()).toBe('Rosa Luz')
    await lead.page.reload()
    await expect.poll(() => lead.page.getByLabel(text.name).inputValue()).toBe('Rosa Luz')
    await lead.button(text.discard).click()
    expect(await lead.page.getByLabel(text.name).inputValue()).toBe('Rosa')
  })

  test('is told that somebody else saved meanwhile, and may take theirs', async () => {
    await office.server.admin.call('PUT', '/v1/agents/sven', { name: 'Sven' })
    const lead = await at('/desk/setup/agents/sven')
    await lead.page.getByLabel(text.name).fill('Sven B.')
    await office.server.admin.call('PUT', '/v1/agents/sven', { name: 'Sven A.' })
    await lead.page.reload()
    await lead.page.getByText(text.changedMeanwhile).waitFor()
    await lead.button(text.showTheirs).click()
    expect(await lead.page.getByLabel(text.name).inputValue()).toBe('Sven A.')
  })

  test('goes on writing while it is saved: that is kept, and not told as saved', async () => {
    await office.server.admin.call('PUT', '/v1/agents/ugo', { name: 'Ugo' })
    const lead = await at('/desk/setup/agents/ugo')
    const name = lead.page.getByLabel(text.name)
    let answer = (): void => {}
    const asked = new Promise<void>((resolve) => {
      void lead.page.route('**/v1/agents/ugo', async (route) => {
        if (route.request().method() !== 'PUT') return route.fallback()
        await new Promise<void>((go) => {
          answer = go
          resolve()
        })
        return route.fallback()
      })
    })
    await name.fill('Ugo B.')
    await lead.button(text.save).click()
    await asked
    await name.fill('Ugo Bianchi')
    answer()
    await lead.page.getByText(text.saved('Ugo B.')).waitFor()
    expect(await name.inputValue()).toBe('Ugo Bianchi')
    await lead.page.getByText(text.unsaved).first().waitFor()
    await lead.page.unrouteAll({ behavior: 'ignoreErrors' })
    await lead.button(text.save).click()
    await lead.page.getByText(text.saved('Ugo Bianchi')).waitFor()
    expect(await office.server.admin.call('GET', '/v1/agents/ugo')).toMatchObject({ name: 'Ugo Bianchi' })
  })

  test('makes a sign-in link that opens the agent’s desk', async () => {
    await office.server.admin.call('PUT', '/v1/agents/tara', { name: 'Tara', teams: ['support'] })
    const lead = await at('/desk/setup/agents/tara')
    await lead.button(words.board.link.title('Tara')).click()
    const url = await lead.page.getByRole('dialog').getByLabel(words.board.agent.link).inputValue()
    const tara = await office.guest()
    await tara.page.goto(url)
    await tara.button(/^Tara\. You are/).waitFor()
  })

  test('sets up a team: who goes first, how long an offer rings, when somebody is away, and weights', async () => {
    const lead = await at('/desk/setup/teams/+')
    await lead.page.getByLabel(text.name).fill('Billing')
    await lead.page.getByText(text.team.policies.longestIdle).click()
    await lead.page.getByLabel(text.team.offerFor).fill('soon')
    await lead.page.getByLabel(text.team.awayAfter).fill('3')
    await lead.button(text.team.addWeight).click()
    await lead.page.getByRole('textbox', { name: text.team.channel(1), exact: true }).fill('phone')
    await lead.page.getByLabel(text.team.weight('phone')).fill('2.5')
    await lead.button(text.save).click()
    await lead.page.getByText(/Must be a duration/).waitFor()
    await lead.page.getByLabel(text.team.offerFor).fill('45s')
    await lead.button(text.save).click()
    await lead.page.getByText(text.saved('Billing')).waitFor()
    expect(await office.server.admin.call('GET', '/v1/teams/billing')).toEqual({
      id: 'billing',
      name: 'Billing',
      offerFor: '45s',
      routing: 'longestIdle',
      awayAfter: 3,
      weights: { phone: 2.5 },
    })
  })

  test('sets up a schedule: zone, week, holiday, exception and break, with faults beside the day', async () => {
    const lead = await at('/desk/setup/schedules/+')
    const { page } = lead
    await page.getByLabel(text.name).fill('Office')
    await page.getByRole('combobox', { name: text.schedule.zone }).fill('Lisbon')
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click()
    await page.getByLabel(text.schedule.from('Monday', 1)).fill('8')
    await page.getByLabel(text.schedule.until('Monday', 1)).fill('half past')
    await page.getByLabel(text.schedule.date(text.schedule.holidays)).fill('2027-12-25')
    await page.keyboard.press('Enter')
    await lead.button(text.schedule.addException).click()
    await page.getByLabel(text.schedule.exceptionName(1)).fill('Summer')
    await page.getByLabel(text.schedule.firstDate('Summer')).fill('2027-08-02')
    await page.getByLabel(text.schedule.lastDate('Summer')).fill('2027-08-13')
    await page.getByLabel(text.schedule.date(text.schedule.breaks)).fill('2027-03-01')
    await page.keyboard.press('Enter')
    await lead.button(text.save).click()
    await expect.poll(() => page.getByLabel(text.schedule.until('Monday', 1)).getAttribute('aria-invalid')).toBe('true')
    await page.getByText(/Write an end as hours and minutes/).waitFor()
    await page.getByLabel(text.schedule.until('Monday', 1)).fill('12.30')
    await lead.button(text.schedule.likeMonday).click()
    await lead.button(text.save).click()
    await page.getByText(text.saved('Office')).waitFor()
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['08:00', '12:30']]]))
    expect(await office.server.admin.call('GET', '/v1/schedules/office')).toEqual({
      id: 'office',
      name: 'Office',
      timezone: 'Europe/Lisbon',
      week,
      holidays: ['2027-12-25'],
      exceptions: [{ name: 'Summer', from: '2027-08-02', to: '2027-08-13' }],
      breaks: { '2027-03-01': [['09:00', '17:00']] },
    })
  })

  test('does it by the keyboard alone', async () => {
    await office.server.admin.call('PUT', '/v1/agents/uma', { name: 'Uma' })
    const lead = await at('/desk')
    const { keyboard } = lead.page
    await keyboard.press('Alt+5')
    await tabsTo(lead.page, lead.page.getByRole('link', { name: /Uma/ }))
    await keyboard.press('Enter')
    await lead.page.getByLabel(text.name).waitFor()
    await tabsTo(lead.page, lead.page.getByRole('textbox', { name: text.name }))
    await keyboard.press('End')
    await keyboard.type(' Thurm')
    await keyboard.press('Control+Enter')
    await lead.page.getByText(text.saved('Uma Thurm')).waitFor()
    expect(lead.device.presses()).toBe(0)
  })
})

test('An agent is told that the setup is for supervisors', async () => {
  const sarah = await office.agent('sarah', 'Sarah')
  await sarah.opens('/desk/setup')
  await sarah.page.getByText(words.shell.noRight.title).waitFor()
})

async function at(path: string): Promise<Staff> {
  const lead = await office.supervisor()
  await lead.opens(path)
  return lead
}
