/** What a mail says of its own, in the languages that the engine speaks. */
export interface MailWords {
  readonly subject: string
  readonly greeting: string
  readonly footer: string
  readonly you: string
  readonly assistant: string
  readonly person: string
  file(name: string): string
}

const en: MailWords = {
  subject: 'Your conversation with us',
  greeting: 'Here is the conversation that you asked us to send you.',
  footer: 'You get this mail because it was asked for in the chat. If that was not you, you need do nothing.',
  you: 'You',
  assistant: 'Assistant',
  person: 'Our team',
  file: (name) => `[File: ${name}]`,
}

const de: MailWords = {
  subject: 'Ihr Gespräch mit uns',
  greeting: 'Hier ist das Gespräch, um das Sie uns gebeten haben.',
  footer:
    'Sie erhalten diese Nachricht, weil sie im Chat angefordert wurde. Waren Sie es nicht, müssen Sie nichts tun.',
  you: 'Sie',
  assistant: 'Assistent',
  person: 'Unser Team',
  file: (name) => `[Datei: ${name}]`,
}

const fr: MailWords = {
  subject: 'Votre conversation avec nous',
  greeting: 'Voici la conversation que vous nous avez demandée.',
  footer:
    'Vous recevez ce message parce qu’il a été demandé dans le chat. Si ce n’était pas vous, vous n’avez rien à faire.',
  you: 'Vous',
  assistant: 'Assistant',
  person: 'Notre équipe',
  file: (name) => `[Fichier : ${name}]`,
}

const es: MailWords = {
  subject: 'Su conversación con nosotros',
  greeting: 'Esta es la conversación que nos pidió.',
  footer: 'Recibe este mensaje porque se pidió en el chat. Si no fue usted, no tiene que hacer nada.',
  you: 'Usted',
  assistant: 'Asistente',
  person: 'Nuestro equipo',
  file: (name) => `[Archivo: ${name}]`,
}

const languages: Readonly<Record<string, MailWords>> = { en, de, fr, es }

/** The words of a language such as `de-AT`; English when there are none. */
export function mailWords(language: string): MailWords {
  const base = language.slice(0, 2).toLowerCase()
  return (Object.hasOwn(languages, base) ? languages[base] : undefined) ?? en
}
