import type { Language } from './language.ts'

export const portuguese: Language = {
  code: 'pt',
  stopWords:
    'o a os as um uma uns umas de do da dos das em no na nos nas por para com sem e ou mas nao sim sou es ' +
    'era ser esta estou estao tem tenho temos eu tu voce ele ela eles me te se lhe meu minha meus seu sua este ' +
    'isto esse essa isso que quem qual quando onde como porque muito mais tambem ainda ja so posso pode quero ' +
    'queria fazer obrigado obrigada ola oi bom boa dia tarde favor ate',
  negations: 'nao nunca jamais nada nenhum nenhuma sem nem',
  intensifiers: 'muito tao demais realmente totalmente absolutamente completamente super',
  moods: {
    [-3]:
      'horrivel terrivel pessimo pessima merda odeio furioso furiosa vergonha vergonhoso golpe fraude ladroes ' +
      'inutil lixo idiotas absurdo droga',
    [-2]:
      'ruim mau irritado irritada irritante frustrado frustrada frustrante ridiculo inaceitavel decepcionado ' +
      'decepcionada estupido reclamacao advogado cansado pior chateado chateada mentira',
    [-1]:
      'problema problemas erro erros falha quebrado lento atraso atrasado esperando confuso dificil perdido ' +
      'infelizmente travado',
    1: 'bom boa obrigado obrigada gentil util facil rapido claro resolvido',
    2: 'otimo otima feliz contente adoro amo satisfeito',
    3: 'excelente perfeito fantastico maravilhoso incrivel',
  },
  expected: 'funciona ajuda ajudou resolve resolveu responde entende adianta normal possivel',
  misspelt: 'atendente humano alguem pessoa falar quero preciso gostaria',
  lookalikes:
    'prever query quedo muero precio falam preciso precisa tive sendo quer cha chao chato chata dever calar ' +
    'falhar tema servico',
  roles: {
    person:
      'humano humana humanos atendente atendentes agente operador operadora representante gerente supervisor ' +
      'supervisora responsavel funcionario funcionaria consultor consultora tecnico especialista',
    someone: 'alguem pessoa algum',
    desk: 'suporte atendimento equipe equipa assistencia sac',
    bot: 'robo robot maquina computador ia',
    real: 'real verdade verdadeira verdadeiro humano humana carne',
    other: 'outra outro',
    talk: 'falar fala falo conversar conversa contato contacto flar',
    reach: 'contatar contactar ligar chamar chama',
    move: 'transferir transfira transfere passar passe passa conectar conecte encaminhar encaminhe direcionar',
    want: 'quero preciso gostaria queria desejo prefiro solicito chame exijo',
    may: 'posso pode poderia tem possivel podia podem',
    link: 'com a ao para pra',
    article: 'um uma o a os seu sua',
    not: 'nao nunca jamais sem nenhum nenhuma',
    self: 'eu me mim',
    you: 'voce tu ti te voces',
    third: 'clientes usuarios',
    be: 'sou es estou',
    help: 'ajude ajudar ajuda atender',
    light: 'favor obrigado obrigada ola oi agora ja bom boa dia tarde diretamente por logo sim so',
    turn: 'mas',
    supposing: 'se caso antes',
    counted: 'duas dois tres quatro cinco quantos quantas',
    told: 'disse tinha era foi falou',
  },
}
