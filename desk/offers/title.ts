/** The page's title: what rings, or who wrote while nobody looked. */
import { useEffect, useRef, useState } from 'react'
import { customerName } from '../conversation/naming.ts'
import { standingOf } from '../conversation/standing.ts'
import { live } from '../live/store.ts'
import { me } from '../session/me.ts'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { notice } from './notices.ts'

export function useTitle(offered: number): void {
  const written = useUnseen()
  const count = offered + written
  useEffect(() => {
    document.title = `${count === 0 ? '' : words.shell.unread(count)}${words.shell.product}`
  }, [count])
}

/** Conversations of mine in which the customer wrote while the page was hidden. */
function useUnseen(): number {
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set())
  const heard = useRef(new Map<string, string>())
  useEffect(() => {
    const seen = (): void => {
      if (!document.hidden) setUnseen(new Set())
    }
    document.addEventListener('visibilitychange', seen)
    const unwatch = live.subscribe(({ desk }, before) => {
      const person = me()
      if (desk.conversations === before.desk.conversations || person === null) return
      for (const each of desk.conversations.values()) {
        const { last } = each.about
        if (last === null || standingOf(each, person) !== 'mine') continue
        const known = heard.current.get(each.id)
        heard.current.set(each.id, last.at)
        if (known === undefined || known >= last.at || last.from !== 'customer' || !document.hidden) continue
        setUnseen((ids) => new Set(ids).add(each.id))
        notice(words.offers.message(customerName(each.about)), last.text, `message ${each.id}`, () =>
          navigate(paths.conversation(each.id)),
        )
      }
    })
    return () => {
      document.removeEventListener('visibilitychange', seen)
      unwatch()
    }
  }, [])
  return unseen.size
}
