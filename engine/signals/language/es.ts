import type { Language } from './language.ts'

export const spanish: Language = {
  code: 'es',
  stopWords:
    'el la los las un una unos unas de del al y o pero no si es son era soy eres ser esta estan estoy he ha ' +
    'han hay yo tu usted ella nosotros me te se nos le les lo mi mis tus su sus este esto ese esa eso que quien ' +
    'cual cuando donde como por para porque con sin en a muy mas tambien ya puedo puede quiero quisiera hacer ' +
    'gracias hola buenos buenas dias tardes favor bueno vale ok todavia otra vez',
  negations: 'no nunca jamas nada ningun ninguna sin tampoco ni',
  intensifiers: 'muy tan demasiado realmente totalmente absolutamente completamente super',
  moods: {
    [-3]:
      'horrible terrible pesimo pesima fatal mierda odio furioso furiosa indignante verguenza vergonzoso estafa ' +
      'estafadores ladrones inutil inutiles asco asqueroso idiotas',
    [-2]:
      'malo mala enojado enojada enfadado enfadada frustrado frustrada frustrante ridiculo inaceptable ' +
      'decepcionado decepcionada decepcionante estupido tonto queja reclamo abogado harto harta molesto molesta ' +
      'peor mentira',
    [-1]:
      'problema problemas error errores fallo falla roto lento retraso esperando confuso dificil perdido ' +
      'lamentablemente',
    1: 'bien bueno buena gracias amable util facil rapido claro resuelto',
    2: 'genial contento contenta feliz encanta encantado estupendo guay',
    3: 'excelente perfecto fantastico maravilloso increible magnifico',
  },
  expected: 'funciona sirve ayuda ayudas ayudan entiende entiendes responde contesta normal posible resuelve',
  misspelt: 'humano operador asesor agente hablar alguien representante persona quiero quisiera necesito transferir',
  lookalikes:
    'perdon perdona consulta consultar mano quiere quiera quieto queso necesita hablas hablan gente vive ' +
    'tal tema carcel sabes salen sed cuero hallar',
  roles: {
    person:
      'humano humana humanos agente agentes operador operadora asesor asesora representante encargado encargada ' +
      'supervisor supervisora gerente empleado responsable ejecutivo ejecutiva trabajador tecnico',
    someone: 'alguien persona algien algen',
    desk: 'soporte atencion servicio equipo recepcion',
    bot: 'robot maquina ordenador computadora ia',
    real: 'real reales verdad humano humana verdadero verdadera fisica viva carne',
    other: 'otra otro mas',
    talk: 'hablar hable habla charlar platicar conversar contacto ablar',
    reach: 'contactar llamar',
    move:
      'transferir transfiera transfiere transfiereme transfierame transferirme pasar pase pasame paseme pasarme ' +
      'comunicar comuniqueme comunicarme comunicame conectar conecteme conectame conectarme poner pongame ponme ' +
      'derivar poneme',
    want: 'quiero necesito quisiera deseo dame deme prefiero gustaria exijo solicito busco pido',
    may: 'puedo puede podria hay posible pueden podrian',
    link: 'con a al',
    article: 'un una el la los su tu',
    not: 'nunca jamas sin ningun ninguna tampoco',
    self: 'yo me mi nos conmigo',
    you: 'tu usted ti contigo te',
    third: 'clientes usuarios',
    be: 'soy eres es estoy',
    help: 'ayude ayudar ayuda atienda atender',
    light: 'favor gracias hola ahora ya mismo mejor buenas buenos dias tardes directamente por solo si tan',
    turn: 'pero sino',
    supposing: 'si antes',
    counted: 'dos tres cuatro cinco cuantos cuantas varias por',
    told: 'dijo ha habia era fue',
  },
}
