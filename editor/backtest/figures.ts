/** The figures of a flow's triggers that can be tried out, and the values to try. */
import { signalFaces, signalNames } from '#engine/signals/faces/index.ts'
import { cardOf } from '../document/card.ts'
import { changeData, type Command } from '../document/commands/index.ts'
import { nodeOf, type FlowDocument } from '../document/document.ts'
import { listOf, readAt, recordOf, textOf, writeAt } from '../inspector/node/place.ts'
import { words } from '../words/en.ts'

/** One number that a trigger compares with. */
export interface Figure {
  readonly key: string
  readonly trigger: string
  /** The trigger as its card says it. */
  readonly triggerTitle: string
  readonly signal: string
  readonly signalTitle: string
  readonly field: string
  readonly label: string
  /** Where it stands in the trigger's data. */
  readonly place: string
  /** As drawn, or the usual value; null where there is none. */
  readonly present: number | null
  readonly least: number
  readonly most: number
  readonly step: number
}

export interface Range {
  readonly low: number
  readonly high: number
  readonly step: number
}

/** More values than this are not tried in one go. */
export const MOST_VALUES = 21
/** So many steps to either side of the present value are tried at first. */
const REACH = 4

/** Every figure of every trigger, in the document's order. A signal watched twice is tried where it stands first. */
export function figuresOf(document: FlowDocument): readonly Figure[] {
  const triggers = document.nodes.filter((node) => node.type === 'trigger')
  const all = triggers.flatMap((node) =>
    listOf(recordOf(node.data)['signals']).flatMap((row, index) => {
      const name = signalNames.find((each) => each === textOf(recordOf(row)['signal']))
      if (name === undefined) return []
      const { title, fields, config } = signalFaces[name]
      const usual = config.safeParse({ signal: name })
      return fields.flatMap(({ key, label, kind, min, max, step }): Figure[] => {
        if (kind !== 'number') return []
        const value = recordOf(row)[key] ?? (usual.success ? readAt(usual.data, key) : undefined)
        return [
          {
            key: `${node.id} ${name} ${key}`,
            trigger: node.id,
            triggerTitle: `${cardOf(node).title} ${node.id}`,
            signal: name,
            signalTitle: title,
            field: key,
            label,
            place: `signals/${index}/${key}`,
            present: typeof value === 'number' ? value : null,
            least: min ?? 0,
            most: max ?? 100,
            step: step ?? 1,
          },
        ]
      })
    }),
  )
  const seen = new Set<string>()
  return all.filter(({ key }) => !seen.has(key) && seen.add(key))
}

/** `Trigger unsure: Bot is unsure, Confidence below` */
export function figureName({ triggerTitle, signalTitle, label }: Figure): string {
  return words.backtest.sweep.name(triggerTitle, signalTitle, label)
}

/** A range around the present value that has few enough values. */
export function usualRange({ present, least, most, step }: Figure): Range {
  const middle = present ?? (least + most) / 2
  const [low, high] = [Math.max(least, middle - REACH * step), Math.min(most, middle + REACH * step)]
  return { low: rounded(low, step), high: rounded(high, step), step }
}

/** Why a range cannot be tried: its ends are the wrong way round, or its steps too many. */
export function faultOf({ low, high, step }: Range): 'wrong' | 'tooMany' | null {
  if (!(step > 0) || !(high > low)) return 'wrong'
  return stepsIn({ low, high, step }) >= MOST_VALUES ? 'tooMany' : null
}

/** The values of a range without fault, its ends included, and `present` where it lies within; smallest first. */
export function valuesOf(range: Range, present: number | null): readonly number[] {
  const { low, high, step } = range
  const values = Array.from({ length: stepsIn(range) + 1 }, (_, index) => rounded(low + index * step, step))
  const isWithin = present !== null && present > low && present < high
  return [...new Set([...values, ...(isWithin ? [present] : [])])].sort((one, other) => one - other)
}

function stepsIn({ low, high, step }: Range): number {
  return Math.floor((high - low) / step + 1e-9)
}

/** Sets a figure to a value; one entry of the history. */
export function setFigure(document: FlowDocument, { trigger, place }: Figure, value: number): Command | undefined {
  const node = nodeOf(document, trigger)
  return node && changeData(trigger, writeAt(node.data, place, value))
}

/** Without the dust of binary fractions: as many digits as the step has, and two more. */
function rounded(value: number, step: number): number {
  const digits = Math.min(10, (String(step).split('.')[1]?.length ?? 0) + 2)
  return Number(value.toFixed(digits))
}
