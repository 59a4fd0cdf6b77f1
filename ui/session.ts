/** The session of this page. */
import { createSession, KEY } from './sign-in/session.ts'

export const session = createSession(
  window.localStorage,
  {
    hash: window.location.hash,
    clear: () =>
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search),
  },
  (hear) =>
    window.addEventListener('storage', ({ key }) => {
      // null: everything was cleared.
      if (key === KEY || key === null) hear()
    }),
)

export { isPersons, personOf } from './sign-in/session.ts'
