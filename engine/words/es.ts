import type { Words } from './words.ts'

export const es: Words = {
  yes: 'Sí', no: 'No', helped: 'Me ha ayudado', stillNeed: 'Todavía necesito ayuda', noneOfThese: 'Ninguno de estos',
  retry: {
    text: 'Perdón, no lo he entendido. ¿Puede escribirlo otra vez?',
    number: 'Escriba un número, por ejemplo 42.',
    email: 'Eso no parece una dirección de correo. ¿Puede comprobarla?',
    phone: 'Eso no parece un número de teléfono. Incluya el prefijo, por ejemplo +34 915 29 82 10.',
    date: 'Escriba la fecha así: 2026-03-31.',
    yesno: 'Responda sí o no.',
    choice: 'Elija una de las opciones.',
    score: 'Elija un número de la escala.',
    slot: 'Elija una de las horas.',
  },
  askName: '¿Cómo se llama?', askEmail: '¿En qué correo podemos localizarle?', askBrief: 'En una o dos frases, ¿qué debemos saber?',
  minutes: (count) => count === 1 ? '1 minuto' : `${count} minutos`,
  aFewMinutes: 'unos minutos',
  joined: (name) => `${name} se ha unido y ve todo lo que ha escrito.`,
  lostAgent: 'Perdón, hemos perdido a la persona que le atendía. Conserva su lugar y la siguiente lo verá todo.',
  lostPerson: 'Perdón, hemos perdido a la persona que le atendía.',
  ticketFailed: 'Su mensaje no se ha podido registrar ahora. No se pierde nada; seguimos aquí.',
  slotTaken: 'Esa hora acaba de ocuparse. ¿Alguna de estas?',
  courtesy: ['por', 'favor', 'gracias', 'entonces', 'muchas'],
  otherwise: ['no', 'nunca', 'pero', 'qué', 'que', 'cómo', 'por qué', 'cuándo', 'quién', 'cuál', 'dónde', 'cancelar'],
  surely: ['sí', 'si'],
  says: {
    yes: ['sí', 'si', 'claro', 'sí por favor', 'si por favor', 'vale', 'de acuerdo', 'por supuesto', 'ok', 'correcto', 'exacto', 'eso es', 'está bien'],
    no: ['no', 'no gracias', 'ahora no', 'no hace falta', 'mejor no', 'para nada', 'claro que no'],
    helped: ['me ha ayudado', 'ayudó', 'resuelto', 'ya funciona', 'solucionado'],
    stillNeed: ['todavía necesito ayuda', 'aún necesito ayuda', 'no me ayuda', 'no ayuda', 'sigue sin funcionar'],
    thanks: ['gracias', 'muchas gracias', 'perfecto', 'genial', 'muy bien'],
  },
}
