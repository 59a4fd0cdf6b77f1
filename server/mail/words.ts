/** What a mail says of its own, in the languages that the engine speaks. */
export interface MailWords {
  readonly subject: string
  readonly greeting: string
  readonly footer: string
  readonly you: string
  readonly assistant: string
  readonly person: string
  file(name: string): string
  /** The subject of a mail with an agent's answer, and of one with other news. */
  replied(name: string): string
  readonly news: string
  readonly answerInChat: string
  readonly replyFooter: string
}

const en: MailWords = {
  subject: 'Your conversation with us',
  greeting: 'Here is the conversation that you asked us to send you.',
  footer: 'You get this mail because it was asked for in the chat. If that was not you, you need do nothing.',
  you: 'You',
  assistant: 'Assistant',
  person: 'Our team',
  file: (name) => `[File: ${name}]`,
  replied: (name) => `${name} has answered you`,
  news: 'News about your request',
  answerInChat: 'To answer, come back to the chat:',
  replyFooter:
    'You get this mail because you left your address in the chat and were not there. Once it is resolved, no more will come.',
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
  replied: (name) => `${name} hat Ihnen geantwortet`,
  news: 'Neues zu Ihrer Anfrage',
  answerInChat: 'Zum Antworten kommen Sie zurück in den Chat:',
  replyFooter:
    'Sie erhalten diese Nachricht, weil Sie im Chat Ihre Adresse hinterlassen haben und nicht da waren. Ist die Sache erledigt, kommen keine weiteren.',
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
  replied: (name) => `${name} vous a répondu`,
  news: 'Des nouvelles de votre demande',
  answerInChat: 'Pour répondre, revenez dans le chat :',
  replyFooter:
    'Vous recevez ce message parce que vous avez laissé votre adresse dans le chat et n’y étiez plus. Une fois la demande réglée, il n’y en aura plus d’autre.',
}

const es: MailWords = {
  subject: 'Su conversación con nosotros',
  greeting: 'Esta es la conversación que nos pidió.',
  footer: 'Recibe este mensaje porque se pidió en el chat. Si no fue usted, no tiene que hacer nada.',
  you: 'Usted',
  assistant: 'Asistente',
  person: 'Nuestro equipo',
  file: (name) => `[Archivo: ${name}]`,
  replied: (name) => `${name} le ha respondido`,
  news: 'Novedades sobre su consulta',
  answerInChat: 'Para responder, vuelva al chat:',
  replyFooter:
    'Recibe este mensaje porque dejó su dirección en el chat y no estaba allí. Una vez resuelta la consulta, no recibirá más.',
}

const languages: Readonly<Record<string, MailWords>> = { en, de, fr, es }

/** The words of a language such as `de-AT`; English when there are none. */
export function mailWords(language: string): MailWords {
  const base = language.slice(0, 2).toLowerCase()
  return (Object.hasOwn(languages, base) ? languages[base] : undefined) ?? en
}
