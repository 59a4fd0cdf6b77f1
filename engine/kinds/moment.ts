/**
 * What a kind's guards, changes and acts may see. The machine hands them its context and the event; the flow's tools
 * render its texts and evaluate its conditions; `world` is what the engine cannot know by itself.
 */
import type {
  AgentName,
  Attachment,
  HoursFacts,
  LastAgent,
  Nlu,
  PassedOver,
  QueueFacts,
} from '../conversation/events.ts'
import type { Json } from '../flow/values.ts'
import type { Effect, ExpectedInput, QuickReply } from '../step/effect.ts'
import type { MachineContext, Memory, Reason } from '../step/snapshot.ts'
import type { Words } from '../words/words.ts'

/** The world at one event. What is asked for and not there is noted, so that the server can bring it. */
export interface World {
  readonly now: number
  /** What was said so far, in summary; the message of this event counted in. */
  readonly memory: Memory
  queue(team: string): QueueFacts | undefined
  hours(schedule: string): HoursFacts | undefined
  slots(query: string): readonly number[] | undefined
  booked(calendar: string): readonly number[] | undefined
  agent(id: string): AgentName | undefined
  /** Who helped this customer last; null: nobody. */
  last(): LastAgent | null | undefined
  /** When business time is over, by `<schedule>:<from>:<length>`; null: never. */
  due(query: string): number | null | undefined
  readonly signals: Readonly<Partial<Record<string, number | boolean | string | null>>>
  readonly nlu: Nlu | undefined
}

/** An event inside the machine: an outside event, a trigger, a timer or an effect's end. Fields a type lacks are absent. */
export interface MachineEvent {
  readonly type: string
  readonly world?: World | undefined
  readonly text?: string | undefined
  readonly attachments?: readonly Attachment[] | undefined
  readonly customer?: Readonly<Record<string, Json>> | undefined
  readonly choice?: string | undefined
  readonly intent?: string | undefined
  readonly fallback?: boolean | undefined
  readonly nlu?: Nlu | undefined
  readonly agent?: string | AgentName | undefined
  readonly by?: string | undefined
  readonly team?: string | undefined
  readonly note?: string | undefined
  readonly summary?: string | undefined
  readonly resolution?: string | undefined
  readonly score?: number | undefined
  readonly comment?: string | undefined
  readonly until?: number | undefined
  readonly skipped?: readonly PassedOver[] | undefined
  readonly why?: string | undefined
  readonly value?: Json | undefined
  readonly ok?: boolean | undefined
  readonly what?: string | undefined
  readonly promise?: 'ticket' | 'callback' | undefined
  readonly at?: number | undefined
  /** The place that a promise has kept. */
  readonly since?: number | undefined
  readonly priority?: number | undefined
  readonly reason?: Reason | string | undefined
}

/** The flow as its kinds use it while a conversation runs. */
export interface FlowTools {
  /** The flow's id. */
  readonly flow: string
  readonly language: string
  readonly timezone: string
  kindAt(node: string): string | undefined
  /** The bot of the listen at a node, when it names one. */
  botAt(node: string): string | undefined
  /** The queue priority a trigger asks for; 0 when it asks for none. */
  priorityOf(trigger: string): number
  /** The text at `path` of a node's data, rendered; empty when the data has none. */
  text(moment: Moment, path: string): string
  /** The same for a web address: what is filled in is percent-encoded, so that a value cannot become another path. */
  url(moment: Moment, path: string): string
  /** The condition at `path`, evaluated; null when something it reads is missing. */
  value(moment: Moment, path: string, value?: Json): Json
  /** Whether an edge leaves a node by this outlet. */
  connected(node: string, outlet: string): boolean
  /** Whether a text asks for a person, by the same rules as the signal. */
  asksForPerson(text: string): boolean
}

export interface Moment<Data = unknown> {
  readonly context: MachineContext
  readonly event: MachineEvent
  readonly node: string
  readonly data: Data
  /** The rung of a ladder, counted from 0; null elsewhere. */
  readonly rung: number | null
  readonly world: World
  readonly tools: FlowTools
  readonly words: Words
  /** The same moment with another context: a draft that earlier changes have written on. */
  with(context: MachineContext): Moment<Data>
}

/** The context while a change writes on it. */
export type Draft = { -readonly [Key in keyof MachineContext]: MachineContext[Key] }

type WithoutId<Each> = Each extends unknown ? Omit<Each, 'id'> : never

/** What an act brings forth: a text for the customer, a line for people only, or an effect. */
export type Output =
  | {
      readonly type: 'message'
      readonly from: 'bot' | 'agent' | 'system'
      readonly text: string
      readonly quickReplies?: readonly QuickReply[]
      readonly input?: ExpectedInput
      readonly agent?: AgentName
      readonly attachments?: readonly Attachment[]
      /** It reaches a customer who is not in the chat too. */
      readonly notice?: true
    }
  | { readonly type: 'note'; readonly agent: string | null; readonly text: string }
  | Exclude<WithoutId<Effect>, { readonly type: 'message' }>

export type Guard<Data> = { guard(moment: Moment<Data>, params: Readonly<Record<string, Json>>): boolean }['guard']
export type Change<Data> = { change(draft: Draft, moment: Moment<Data>): void }['change']
/** When something is due, epoch ms; null: never. */
export type Instant<Data> = { instant(moment: Moment<Data>): number | null }['instant']
export type Act<Data> = { act(moment: Moment<Data>): readonly Output[] }['act']
