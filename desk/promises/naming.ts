/** How the customers of promises are called. What they call themselves is text of theirs, and is shown as such. */
import type { CallbackView, TicketView } from '#ui/answers.ts'
import { words } from '../words/en.ts'

export function ticketName({ name, email }: Pick<TicketView, 'name' | 'email'>): string {
  return firstOf(name, email) ?? words.promises.unknown
}

export function callerName({ customer }: Pick<CallbackView, 'customer'>): string {
  return firstOf(customer['name'], customer['email'], customer['phone'], customer['id']) ?? words.promises.unknown
}

/** Under which number, when one is known. */
export function phoneOf({ customer }: Pick<CallbackView, 'customer'>): string | undefined {
  return firstOf(customer['phone'], customer['tel'])
}

function firstOf(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '')
}
