/** What the people of a path say: sensible for what is asked, so that a path reads as a story. */
import type { AskedAs } from '../kinds/ask/face.ts'

/** Questions about different things, for any trade: no two are the same question to the signal `loop`. */
export const QUESTIONS = [
  'I have a question about my account',
  'How do I change my address?',
  'What are your opening hours?',
  'Where do I find my last invoice?',
  'Is there a fee for that?',
  'How long does it usually take?',
  'Which papers do I need?',
  'Can I do it online?',
] as const
export const SMALL_TALK = 'ok thanks'
export const PERSON_WANTED = 'Can I talk to a person, please?'
export const NO_ANSWER = 'I would rather not say'
export const BOT_ANSWER = 'Here is what I found for you.'
export const BOT_FALLBACK = 'Sorry, I do not know that.'
export const BOT_ASKS = 'this needs a person'
export const AGENT_ANSWER = 'I have looked into it for you.'
export const AGENT_NOTE = 'Done; the bot may go on.'
export const AGENT_RESOLUTION = 'Solved.'

/** Answers to a question, the likeliest first; a check may let only some of them in. */
export const ANSWERS: Readonly<Record<Exclude<AskedAs, 'choice'>, readonly string[]>> = {
  text: ['It is about my last order', 'A-10234', 'QX7R2P', 'Mia Meyer', '12345', 'mia@example.org', '10115'],
  number: ['42', '7', '1', '12345', '120000', '0', '0.5', '-1'],
  email: ['mia@example.org'],
  phone: ['+49 30 1234567'],
  date: ['2026-03-24', '2026-12-24', '1990-05-17'],
  yesno: ['yes', 'no'],
}
