/** Designers sign in at the editor by name, and lose nothing when their session ends. */
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { words as signIn } from '#ui/sign-in/words.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { flowNamed } from '#test/driver/index.ts'
import { member, signsIn, type Member } from '../ui/signing-in.ts'

const studio = testStudio([flowNamed('hello')])

test('a designer signs in with a password and publishes', async () => {
  const dana = await member(studio.server.admin, { name: 'Dana', role: 'designer' })
  const at = await signedIn(dana)
  await at.chooses('welcome')
  await at.writes('Message', 'Hello from Dana')
  await at.isSaved()
  await at.sees.button(words.shell.publish).click()
  await at.sees.panel.getByRole('button', { name: /^Publish/ }).click()
  await expect.poll(() => publishedVersions()).toBe(2)
  expect(await audited('flow.published')).toContain('Dana')
})

test('a designer whose session ends in the middle of a word goes on with it', async () => {
  const dora = await member(studio.server.admin, { name: 'Dora', role: 'designer' })
  const at = await signedIn(dora)
  await at.chooses('welcome')
  await at.writes('Message', 'Half a wor')
  const password = await newPassword(dora)
  await at.writes('Message', 'Half a word')
  await at.page.getByText(signIn.ended).waitFor()
  await signsIn(at.page, { name: dora.name, password })
  await at.page.getByText(signIn.ended).waitFor({ state: 'hidden' })
  expect(await at.sees.field('Message').textContent()).toContain('Half a word')
  await at.isSaved()
  expect(JSON.stringify(await at.draft('hello'))).toContain('Half a word')
})

test('a designer whose session has ended before the page was opened finds the flow once signed in', async () => {
  const dina = await member(studio.server.admin, { name: 'Dina', role: 'designer' })
  const at = await signedIn(dina)
  const password = await newPassword(dina)
  await at.page.reload()
  await at.page.getByText(signIn.ended).waitFor()
  await signsIn(at.page, { name: dina.name, password })
  await at.sees.canvas.waitFor()
})

test('who signs out of the editor is asked to sign in, and reads no flow before', async () => {
  const at = await signedIn(await member(studio.server.admin, { name: 'Dilan', role: 'designer' }))
  await at.page.keyboard.press('Alt+Shift+Q')
  await at.page.getByRole('heading', { name: words.shell.signIn }).waitFor()
  expect(await at.sees.canvas.count()).toBe(0)
  expect(at.page.url()).toBe(`${studio.server.url}/flows/hello`)
})

test('a password is changed from the editor, and a key that is no person’s has none to change', async () => {
  const dolly = await member(studio.server.admin, { name: 'Dolly', role: 'designer' })
  const at = await signedIn(dolly)
  await at.page.keyboard.press('Alt+Shift+U')
  await at.page.getByRole('dialog', { name: signIn.change.title }).waitFor()
  const admin = await studio.designer()
  await admin.opens('hello')
  await admin.page.keyboard.press('Alt+Shift+U')
  await admin.page.keyboard.press('?')
  await admin.page.getByRole('dialog', { name: words.shell.help.title }).waitFor()
  expect(await admin.page.getByRole('dialog', { name: signIn.change.title }).count()).toBe(0)
})

async function signedIn(person: Member): Promise<Designer> {
  const at = await studio.designer({ key: null })
  await at.page.goto(`${studio.server.url}/flows/hello`)
  await signsIn(at.page, person)
  await at.sees.canvas.waitFor()
  return at
}

/** An administrator sets one, which ends the sessions of the person. */
async function newPassword({ id }: Member): Promise<string> {
  const { password } = (await studio.server.admin.call('PUT', `/v1/users/${id}/password`, {})) as Member
  return password
}

async function publishedVersions(): Promise<number> {
  // What API.md’s list of versions answers.
  const { items } = (await studio.server.admin.call('GET', '/v1/flows/hello/versions')) as { items: unknown[] }
  return items.length
}

/** Who did it, by the audit log. */
async function audited(action: string): Promise<readonly string[]> {
  const { items } = (await studio.server.admin.call('GET', `/v1/audit?action=${action}`)) as {
    items: { actor: { name?: string } }[]
  }
  return items.flatMap(({ actor }) => actor.name ?? [])
}
