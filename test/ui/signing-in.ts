/** People who sign in by name, at any of the apps. */
import type { Page } from 'playwright-core'
import { words } from '#ui/sign-in/words.ts'
import type { Caller } from '../driver/server.ts'

export interface Member {
  readonly id: string
  readonly name: string
  readonly password: string
}

interface About {
  readonly name: string
  readonly role: 'admin' | 'designer' | 'supervisor' | 'agent'
  readonly agent?: string
}

/** Adds somebody; the server makes the password. */
export async function member(admin: Caller, about: About): Promise<Member> {
  // What `POST /v1/users` answers where no password is given.
  return (await admin.call('POST', '/v1/users', about)) as Member
}

/** Writes name and password, and sends them off. */
export async function signsIn(page: Page, { name, password }: Pick<Member, 'name' | 'password'>): Promise<void> {
  await page.getByLabel(words.name, { exact: true }).fill(name)
  await page.getByLabel(words.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.submit, exact: true }).click()
}
