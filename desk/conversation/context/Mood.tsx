import { now } from '../../clock/clock.ts'
import { moment } from '../../clock/telling.ts'
import { words } from '../../words/en.ts'
import styles from './Context.module.css'
import { moodOf, plot } from './plot.ts'

const text = words.context
const [WIDTH, HEIGHT] = [300, 64]

interface Props {
  /** Scores from -1 to 1; times as the package has them, ISO 8601. */
  readonly sentiment: readonly { readonly at: number | string; readonly score: number }[]
}

/** The mood over the conversation as a small chart, and in words for who does not see it. */
export function Mood({ sentiment }: Props) {
  const points = plot(
    sentiment.map(({ score }) => score),
    WIDTH,
    HEIGHT,
  )
  const [first, last] = [sentiment[0], sentiment.at(-1)]
  if (first === undefined || last === undefined) return null
  return (
    <figure className={styles['mood']}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text.moodOf(sentiment.length, inWords(first.score), inWords(last.score))}
      >
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} className={styles['zero']} />
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className={styles['course']} />
        {points.map(({ x, y }, index) => {
          const { at = 0, score = 0 } = sentiment[index] ?? {}
          return (
            <circle key={index} cx={x} cy={y} r={3.5} data-mood={moodOf(score)} className={styles['point']}>
              <title>{text.moodAt(moment(new Date(at).getTime(), now()), inWords(score))}</title>
            </circle>
          )
        })}
      </svg>
      <figcaption>
        <span>{inWords(first.score)}</span>
        <strong data-mood={moodOf(last.score)}>{inWords(last.score)}</strong>
      </figcaption>
    </figure>
  )
}

function inWords(score: number): string {
  return text.moods[moodOf(score)]
}
