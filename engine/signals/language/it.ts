import type { Language } from './language.ts'

export const italian: Language = {
  code: 'it',
  stopWords:
    'il lo la i gli le l un uno una di del della dei delle da dal in nel nella su sul con per tra fra e ed o ' +
    'ma non si no sono sei era essere ho hai ha abbiamo avete hanno io tu lui lei noi voi loro mi ti ci vi me te ' +
    'mio mia miei tuo sua suo questo questa quello che chi cosa quando dove come perche quale quanto anche ancora ' +
    'gia solo molto piu bene grazie ciao buongiorno salve favore posso puo vorrei voglio fare a al alla',
  negations: 'non no mai niente nulla nessun nessuno nessuna senza ne',
  intensifiers: 'molto troppo davvero veramente cosi totalmente assolutamente completamente proprio',
  moods: {
    [-3]:
      'orribile terribile pessimo pessima schifo schifoso merda odio furioso furiosa vergogna vergognoso truffa ' +
      'truffatori ladri inutile inutili idioti disastro',
    [-2]:
      'cattivo arrabbiato arrabbiata frustrato frustrante ridicolo inaccettabile deluso delusa deludente stupido ' +
      'reclamo avvocato stufo stufa peggio assurdo bugia',
    [-1]:
      'problema problemi errore errori guasto rotto lento ritardo aspetto aspettare confuso difficile purtroppo ' +
      'perso bloccato',
    1: 'bene buono buona grazie gentile utile facile veloce chiaro risolto',
    2: 'contento contenta felice bello ottimo adoro soddisfatto',
    3: 'eccellente perfetto fantastico meraviglioso incredibile magnifico',
  },
  expected: 'funziona serve aiuta aiuti capisce capisci risponde rispondi normale possibile risolve',
  misspelt: 'operatore operatrice umano parlare qualcuno voglio vorrei bisogno',
  lookalikes: 'usano amano perso operato servire umani voglia bisogna vorbei vive neve assistente agenti seno',
  roles: {
    person:
      'umano umana umani operatore operatrice operatori agente consulente addetto addetta responsabile ' +
      'impiegato collega rappresentante supervisore direttore tecnico',
    someone: 'qualcuno persona qualcuna',
    desk: 'assistenza servizio supporto reception',
    bot: 'robot macchina computer ia',
    real: 'vera vero reale umano umana vivo carne',
    other: 'altro altra',
    talk: 'parlare parlo parla chattare contatto discutere conversare parlarne',
    reach: 'contattare chiamare',
    move:
      'passare passami passarmi passatemi passi trasferire trasferiscimi trasferirmi trasferisci collegare ' +
      'collegami collegarmi mettere mettimi mettermi mettetemi connettimi connettermi',
    want: 'voglio vorrei bisogno dammi datemi preferisco desidero serve chiedo esigo preferirei volevo',
    may: 'posso puo potrei potete possibile potrebbe',
    link: 'con a al all ad',
    article: 'un una il lo l la uno dell',
    not: 'non mai senza nessun nessuno',
    self: 'io mi me ci noi',
    you: 'tu te ti voi',
    third: 'clienti utenti',
    be: 'sono sei e',
    help: 'aiuti aiutare aiuto',
    light: 'favore grazie ciao ora adesso subito buongiorno salve direttamente per piacere si no solo',
    turn: 'ma bensi',
    supposing: 'se prima',
    counted: 'due tre quattro cinque quanti quante per',
    told: 'ha aveva era disse',
  },
}
