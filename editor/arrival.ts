/**
 * The flow that the address names is asked for, and the page for it is loaded, before anything is drawn: both are on
 * their way while the app starts. Only the first to ask for that flow gets this answer, and only once.
 */
import type { FlowDraft } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { session } from '#ui/session.ts'
import { routeOf } from './shell/route.ts'

const route = routeOf(window.location.pathname)
let arriving = route.page === 'flow' && session.key() !== null ? { id: route.id, draft: ask(route.id) } : undefined
if (route.page === 'flow') void import('./shell/FlowPage.tsx')

/** A flow's draft from the server: the one that is on its way already, or asked for now. */
export function getFlow(id: string): Promise<FlowDraft> {
  const asked = arriving
  arriving = undefined
  return asked?.id === id ? asked.draft : api.getFlow(id)
}

function ask(id: string): Promise<FlowDraft> {
  const draft = api.getFlow(id)
  // Who takes it hears why it failed.
  draft.catch(() => undefined)
  return draft
}
