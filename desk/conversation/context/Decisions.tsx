/** Who was offered the conversation and why, and while it waits, who could have it and who could not. */
import { useQuery } from '@tanstack/react-query'
import type { ConversationView, Routing } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { now } from '../../clock/clock.ts'
import { length, moment } from '../../clock/telling.ts'
import { words } from '../../words/en.ts'
import styles from './Context.module.css'

const text = words.context.decisions
/** Who comes and goes changes why it waits, without an event of its own. */
const MEANWHILE = 10_000

/** Asked for anew with every change of the conversation (an offer, an answer to it, a need that time has relaxed). */
export function Decisions({ view }: { readonly view: ConversationView }) {
  const { data } = useQuery({
    queryKey: ['routing', view.id, view.version],
    queryFn: () => api.routing(view.id),
    // What was known of this conversation stays until more is; of another one nothing is.
    placeholderData: (before, query) => (query?.queryKey[1] === view.id ? before : undefined),
    refetchInterval: ({ state }) => (state.data?.now == null ? false : MEANWHILE),
  })
  if (data === undefined || (data.now === null && data.decisions.length === 0)) return null
  const waits = data.now !== null
  return (
    <details className={styles['decisions']} open={waits}>
      <summary>{waits ? text.whyNobody : text.whyThis}</summary>
      {data.now !== null && <Present now={data.now} />}
      {data.decisions.length > 0 && (
        <ol>
          {data.decisions.map((each, index) => (
            <li key={index} data-outcome={each.outcome}>
              <span dir="auto">{each.reason ?? each.agent.name}</span>
              <small>
                {text.outcome[each.outcome]} · {moment(Date.parse(each.at), now())}
              </small>
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

function Present({ now: { position, expected, within, fits, lacks } }: { readonly now: NonNullable<Routing['now']> }) {
  const time = expected === null ? text.unknown : text.about(length(expected), within === null ? null : length(within))
  return (
    <>
      <p>
        {text.position(position)} {time}
      </p>
      {fits.length === 0 && lacks.length === 0 && <p>{text.nobody}</p>}
      <ul>
        {fits.map(({ agent, room, why }) => (
          <li key={agent.id} data-outcome={room ? 'open' : 'withdrawn'} dir="auto">
            {text.of(agent.name, why)}
          </li>
        ))}
        {lacks.map(({ agent, why }) => (
          <li key={agent.id} data-outcome="declined" dir="auto">
            {text.of(agent.name, why)}
          </li>
        ))}
      </ul>
    </>
  )
}
