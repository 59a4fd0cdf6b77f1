/** What a word can do in a sentence that asks for a person; a word may do several things. */
export type Role =
  /** agent, human, representative: asking for one is asking for a person */
  | 'person'
  /** someone, person, people: a person only with a verb of contact or "real", "else" */
  | 'someone'
  /** support, reception, team: a place where people answer */
  | 'desk'
  /** reception, cleaner: asked for by speaking to them only, named for many reasons */
  | 'local'
  /** bot, machine, AI */
  | 'bot'
  /** real, live, actual */
  | 'real'
  /** customer (service), trained: goes before the person */
  | 'quality'
  /** else, another, different */
  | 'other'
  /** speak, chat, "in touch" */
  | 'talk'
  /** contact, reach, call: takes the person without "to" */
  | 'reach'
  /** transfer, connect, put (me through) */
  | 'move'
  /** want, need, give me */
  | 'want'
  /** can, could, let, possible */
  | 'may'
  /** to, with */
  | 'link'
  /** a, the, your */
  | 'article'
  /** not, never, without */
  | 'not'
  /** I, me, we */
  | 'self'
  /** you */
  | 'you'
  /** they, users, customers: somebody else does it */
  | 'third'
  /** am, are, is */
  | 'be'
  /** help, assist, look: what one wants a person for */
  | 'help'
  /** please, hello, now: says nothing about it */
  | 'light'
  /** but: the sentence turns here */
  | 'turn'
  /** if, before: only supposed */
  | 'supposing'
  /** two, many, per: people are counted, not asked for */
  | 'counted'
  /** estate (agent), project (manager): another trade */
  | 'trade'
  /** (human) resources, (agent) fee: about a thing, not a person */
  | 'thing'
  /** think, bother, plan: what a negation may govern on its way to the verb */
  | 'thinks'
  /** told, said, was: after a person it makes a report */
  | 'told'

/**
 * One language as the signals know it: our own words, lower case, without accents, separated by blanks.
 * Adding a language is one file like its siblings plus one line in `words.ts`.
 */
export interface Language {
  readonly code: string
  /** Words without meaning of their own: articles, pronouns, courtesies. */
  readonly stopWords: string
  /** Words that turn a feeling round. */
  readonly negations: string
  /** Words that make the next one stronger. */
  readonly intensifiers: string
  /** Words of feeling by weight, from awful (-3) to wonderful (3). */
  readonly moods: Readonly<Record<-3 | -2 | -1 | 1 | 2 | 3, string>>
  /** Words that say nothing alone and something bad when negated ("works", "helps"). */
  readonly expected: string
  /** Words of `roles` that are forgiven their misspellings; four letters at least. */
  readonly misspelt: string
  /** Real words within a slip of one of `misspelt`: never taken for it. */
  readonly lookalikes: string
  /** Words of asking for a person, by role. */
  readonly roles: Readonly<Partial<Record<Role, string>>>
}
