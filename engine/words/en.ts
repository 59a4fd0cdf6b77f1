import type { Words } from './words.ts'

export const en: Words = {
  yes: 'Yes', no: 'No', helped: 'That helped', stillNeed: 'I still need help', noneOfThese: 'None of these',
  retry: {
    text: 'Sorry, I did not get that. Could you write it again?',
    number: 'Please write it as a number, for example 42.',
    email: 'That does not look like an email address. Could you check it?',
    phone: 'That does not look like a phone number. Please include the country code, for example +44 20 7946 0018.',
    date: 'Please write the date like 2026-03-31.',
    yesno: 'Please answer with yes or no.',
    choice: 'Please choose one of the options.',
    score: 'Please choose a number from the scale.',
    slot: 'Please choose one of the times.',
  },
  askName: 'What is your name?', askEmail: 'Which email address can we reach you at?', askBrief: 'In one or two sentences, what should we know?',
  minutes: (count) => count === 1 ? '1 minute' : `${count} minutes`,
  aFewMinutes: 'a few minutes',
  joined: (name) => `${name} has joined and can see everything you wrote.`,
  lostAgent: 'Sorry, we lost the line to your colleague. You keep your place and the next one sees everything.',
  lostPerson: 'Sorry, we lost the line to your colleague.',
  ticketFailed: 'Sorry, your message could not be filed just now. Nothing you wrote is lost; we go on here.',
  slotTaken: 'That time has just been taken. One of these?',
  courtesy: ['please', 'thanks', 'thank', 'you', 'thx', 'cheers', 'then', 'so', 'well', 'that', 'would', 'be', 'great', 'nice', 'do', 'it', 'lets', 'let', 's'],
  otherwise: ['not', 'no', 'never', 'dont', "don't", "doesn't", "won't", 'nothing', 'but', 'cancel', 'stop', 'what', 'how', 'why', 'when', 'who', 'which', 'where'],
  surely: ['yes', 'yeah', 'yep', 'yup'],
  says: {
    yes: ['yes', 'y', 'yeah', 'yep', 'yup', 'sure', 'ok', 'okay', 'please', 'yes please', 'please do', 'of course', 'go ahead', 'definitely', 'absolutely', 'correct', 'right', 'that is right', "that's right", 'exactly', 'i agree', 'agreed', 'oh yes', 'yes i do', 'yes i would', 'i do', 'sounds good', 'why not'],
    no: ['no', 'n', 'nope', 'nah', 'no thanks', 'no thank you', 'not now', 'never mind', 'nevermind', 'not needed', 'not really', "don't", 'do not', "please don't", 'please do not', "rather not", "i'd rather not", 'absolutely not', 'definitely not', 'of course not', 'sure not', 'yeah no', 'ok no', 'no way', 'not at all', 'no need', "no i don't", 'no i do not'],
    helped: ['that helped', 'it helped', 'helped', 'that helps', 'solved', 'fixed', 'it works', 'it works now', 'that worked', 'got it thanks'],
    stillNeed: ['i still need help', 'still need help', 'that did not help', "that didn't help", 'did not help', "didn't help", 'not helpful', 'does not help', "doesn't help", 'not solved', 'still broken', 'still not working'],
    thanks: ['thanks', 'thank you', 'thank you very much', 'thanks a lot', 'many thanks', 'great', 'perfect', 'super', 'cheers', 'all good', 'good', 'nice', 'awesome', 'great thanks', 'thx'],
  },
}
