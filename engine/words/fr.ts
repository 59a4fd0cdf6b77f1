import type { Words } from './words.ts'

export const fr: Words = {
  yes: 'Oui', no: 'Non', helped: 'Cela m’a aidé', stillNeed: 'J’ai encore besoin d’aide', noneOfThese: 'Aucun de ceux-ci',
  retry: {
    text: 'Désolé, je n’ai pas compris. Pouvez-vous l’écrire autrement ?',
    number: 'Écrivez un nombre, par exemple 42.',
    email: 'Cela ne ressemble pas à une adresse e-mail. Pouvez-vous vérifier ?',
    phone: 'Cela ne ressemble pas à un numéro de téléphone. Indiquez l’indicatif, par exemple +33 1 42 76 40 40.',
    date: 'Écrivez la date ainsi : 2026-03-31.',
    yesno: 'Répondez par oui ou par non.',
    choice: 'Choisissez une des options.',
    score: 'Choisissez un nombre sur l’échelle.',
    slot: 'Choisissez un des horaires.',
  },
  askName: 'Comment vous appelez-vous ?', askEmail: 'À quelle adresse e-mail pouvons-nous vous joindre ?', askBrief: 'En une ou deux phrases, que devons-nous savoir ?',
  minutes: (count) => count === 1 ? '1 minute' : `${count} minutes`,
  aFewMinutes: 'quelques minutes',
  joined: (name) => `${name} vous a rejoint et voit tout ce que vous avez écrit.`,
  lostAgent: 'Désolé, nous avons perdu votre interlocuteur. Vous gardez votre place et la personne suivante verra tout.',
  lostPerson: 'Désolé, nous avons perdu votre interlocuteur.',
  ticketFailed: 'Votre message n’a pas pu être enregistré à l’instant. Rien n’est perdu, nous continuons ici.',
  slotTaken: 'Cet horaire vient d’être pris. L’un de ceux-ci ?',
  courtesy: ['merci', 'svp', 's', 'il', 'vous', 'te', 'plaît', 'plait', 'alors', 'bien'],
  otherwise: ['pas', 'ne', 'jamais', 'mais', 'non', 'quoi', 'comment', 'pourquoi', 'quand', 'qui', 'quel', 'quelle', 'où', 'annuler'],
  surely: ['oui', 'ouais'],
  says: {
    yes: ['oui', 'ouais', 'oui merci', 'oui svp', 'd accord', "d'accord", 'volontiers', 'bien sûr', 'bien sur', 'ok', 'exact', 'exactement', 'tout à fait', 'je veux bien'],
    no: ['non', 'non merci', 'pas maintenant', 'pas besoin', 'pas vraiment', 'surtout pas', 'plutôt pas'],
    helped: ['cela m a aidé', "cela m'a aidé", "ça m'a aidé", 'ça marche', 'résolu', 'c est réglé', "c'est réglé"],
    stillNeed: ["j ai encore besoin d aide", "j'ai encore besoin d'aide", "ça ne marche pas", 'toujours pas', "ça n'aide pas"],
    thanks: ['merci', 'merci beaucoup', 'parfait', 'super', 'très bien', 'génial'],
  },
}
