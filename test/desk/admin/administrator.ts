/** Who administers, at a desk of their own. */
import type { Locator } from 'playwright-core'
import { words } from '#desk/words/en.ts'
import type { AdminPart } from '#desk/shell/route.ts'
import type { DeviceOptions } from '../../driver/browser.ts'
import type { Staff } from '../../driver/staff.ts'
import { member, signsIn } from '../../ui/signing-in.ts'
import type { Office } from '../office.ts'

const text = words.admin
let administrators = 0

export type Administrator = Staff & {
  readonly name: string
  goesTo(part: AdminPart): Promise<void>
  /** One of the list that is open. */
  row(name: string): Locator
  /** Chooses what is done with one of the list. */
  does(what: string, name: string): Promise<void>
  /** What is shown once, read and put away. */
  takes(label: string): Promise<string>
}

/** Somebody with a name of their own, signed in. */
export async function administratorAt(
  office: Office,
  part: AdminPart,
  { role = 'admin', ...screen }: DeviceOptions & { readonly role?: 'admin' | 'supervisor' } = {},
): Promise<Administrator> {
  const name = `Anna ${(administrators += 1)}`
  const person = await member(office.server.admin, { name, role })
  const at = await office.guest(screen)
  await at.opens(`/desk/admin/${part}`)
  await signsIn(at.page, person)
  await at.page.getByRole('main', { name: text.title }).waitFor()
  const row = (of: string): Locator => at.page.getByRole('listitem', { name: of, exact: true })
  return {
    ...at,
    name,
    row,
    async goesTo(other) {
      await at.page.getByRole('navigation', { name: text.title }).getByRole('link', { name: text.parts[other] }).click()
      await at.page.getByRole('heading', { name: text.parts[other], level: 2 }).waitFor()
    },
    async does(what, of) {
      await row(of)
        .getByRole('button', { name: text.more(of) })
        .click()
      await at.page.getByRole('menuitem', { name: what, exact: true }).click()
    },
    async takes(label) {
      const shown = at.page.getByRole('dialog').getByLabel(label, { exact: true })
      await shown.waitFor()
      const secret = await shown.inputValue()
      await at.button(text.secret.done).click()
      await shown.waitFor({ state: 'hidden' })
      return secret
    },
  }
}
