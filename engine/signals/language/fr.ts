import type { Language } from './language.ts'

export const french: Language = {
  code: 'fr',
  stopWords:
    'le la les l un une des du de d et ou mais ne n pas plus est sont etait suis es etre a ai as avons avez ' +
    'ont avait je j tu il elle on nous vous ils elles me m te t se s mon ma mes ton ta tes son sa ses notre votre ' +
    'nos vos leur ce cet cette ces c ca qui que qu quoi quand comment pourquoi quel quelle dans sur sous avec ' +
    'sans pour par en au aux y si oui non merci bonjour salut svp plait peux peut pouvez veux voudrais faire fait ' +
    'tres bien aussi encore toujours tout tous',
  negations: 'ne n pas jamais rien aucun aucune sans ni',
  intensifiers: 'tres trop vraiment tellement totalement absolument completement extremement si',
  moods: {
    [-3]:
      'horrible affreux catastrophe catastrophique merde deteste hais furieux furieuse scandaleux scandale ' +
      'honteux honte escroquerie escrocs arnaque nul nulle inutile idiots lamentable',
    [-2]:
      'mauvais mauvaise colere enerve enervee enervant frustre frustrant ridicule inacceptable decu decue ' +
      'decevant stupide bete plainte avocat insupportable marre pire mensonge',
    [-1]:
      'probleme problemes erreur erreurs panne casse lent lente retard attends attendre confus difficile ' +
      'malheureusement perdu bloque',
    1: 'bon bonne bien merci gentil utile facile rapide clair resolu',
    2: 'super contente heureux heureuse ravi ravie adore genial aime top',
    3: 'excellent parfait fantastique formidable merveilleux incroyable',
  },
  expected: 'marche fonctionne aide repond comprend comprends comprenez normal content satisfait possible resolu',
  misspelt: 'conseiller humain parler quelquun operateur voudrais besoin',
  lookalikes:
    'conseille transfert supporte besoins vive achat sens rend vend tant precis precise changer touche ' +
    'niche lever agence aient',
  roles: {
    person:
      'humain humaine humains agent agents conseiller conseillere conseillers operateur operatrice ' +
      'teleconseiller responsable interlocuteur employe collegue superieur technicien representant vendeur',
    someone: 'quelquun personne qqn kelkun quelqu',
    desk: 'service equipe accueil assistance clientele',
    bot: 'robot machine ordinateur ia chatbot',
    real: 'vrai vraie vrais reel reelle humain humaine vivant physique',
    other: 'autre dautre',
    talk: 'parler parlez discuter echanger contact relation tchatter parle communiquer',
    reach: 'joindre contacter appeler avoir',
    move:
      'transferer transferez transfere passer passez passe connecter connectez mettre mettez mets rediriger ' +
      'redirigez orienter',
    want: 'veux voudrais souhaite souhaiterais besoin donnez demande aimerais prefere voulais exige desire veut faut',
    may: 'puis peux peut pourrais pouvez possible pourriez est',
    link: 'a avec au aux vers ac',
    article: 'un une le la l les des d de votre vos',
    not: 'pas jamais sans inutile aucun aucune ni',
    self: 'je j moi me m nous ma',
    you: 'tu toi vous te t',
    third: 'clients utilisateurs',
    be: 'suis es est etes sont',
    help: 'aider aide',
    light:
      's svp stp merci bonjour maintenant directement plutot vite sil plait oui non tout suite bonsoir enfin ' +
      'juste immediatement',
    turn: 'mais',
    supposing: 'si avant',
    counted: 'deux trois quatre cinq combien plusieurs par',
    told: 'a avait disait etait dit',
  },
}
