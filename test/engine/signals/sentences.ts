/** Our own sentences; what they ask is in the name of their list. One to a line. */
const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())

export const asksForPersonInEnglish = lines(`
  I'd like to speak with somebody in your team
  agent
  Agent please!
  HUMAN!!!
  operator
  can you get me a human
  is there anyone I can talk to about this?
  let me talk to your manager
  I need to speak to a supervisor right now
  put me through to someone who can actually fix this
  Please put me through
  could you connect me with customer support
  transfer me
  transfer me to billing please
  I want to escalate this to a manager
  how do I reach a real person
  what is the number to talk to a person
  I'm done with this bot, give me a person
  this is useless, human please
  are there any humans working there?
  Why can't I talk to a human?
  can't I just speak to a person
  no, I want to talk to a human
  No. Human.
  I don't want a refund I want a human
  I do not want to talk to a bot, I want an agent
  I don't want to talk to a robot
  stop sending me links and get me an agent
  would it be possible to have an advisor call me back
  can someone from your support team call me
  have someone call me please
  I'd rather speak with an actual human being
  I would prefer a live agent
  live chat with a person please
  talk to agent
  speak to rep
  hook me up with a representative
  I won't leave until I speak to a manager
  not helpful, get me an agent
  my order is broken and I need to talk to someone about it
  Hello, I was hoping to speak to someone about my invoice
  is it possible to chat with a member of staff
  just let me speak to a person
  I've asked three times now, can I please talk to a human
  would you mind transferring me to a colleague of yours
  I am talking to a machine, I want to talk to a person
  may I be connected to an operator
  I want to be transferred to a human agent
  Could another agent take a look at this?
  could someone else help me with this
  do you have a real person there
  Any real people there I could chat to?
  I'd like to have a word with the person in charge
  can I get an agent on the line
  looking for a human to help me
  requesting a human
  I want to talk to sales
  can I speak to Maria from accounting
  how can I get in touch with customer service?
  I wonder if I could speak to someone
  if you can't help me, then transfer me to a person
  ok enough, escalate this to a human
  I demand to see a manager
  I'm tired of talking to a machine
  still waiting for an agent
  bring me a human operator
  can a human look at my case
  need help from a real person
  get someone on the phone for me
  you're a bot, I need a person
  Can I please speak to a live person?
  representative
  speak to representative
  I need assistance from a human
  let me speak with someone in charge
  This bot is not helping. I want to speak with a real person.
  Please connect me with a live agent
  connect to agent
  i want to speak with a customer service rep
  get me a supervisor
  Is there a way to speak to a human being?
  I'd like to talk with one of your representatives
  can i get a human on the phone
  what number do i call to speak to a person
  is there a phone number where I can reach someone?
  i need a person not a bot
  you are not understanding me, let me talk to someone
  switch me to a human
  handoff to agent
  I would like to be connected with customer care
  please have a manager contact me
  may I speak to the manager
  could I have a chat with one of your colleagues
  can somebody real help me please
  I need human support
  need to speak with an adviser about my mortgage
  I want to make a complaint to a manager
  I've had enough of this chatbot, is there someone I can speak to?
  just connect me to somebody
  let me chat with a support agent
  i wanna talk to a human being
  ugh, human now
  how can i talk to a representative
  can you put me in touch with your technical team?
  forward me to a person who understands
  hi there, agent needed
  i need an agent asap
  Can't you just transfer me to someone who knows what they're doing
  I want to talk to your boss
  please escalate
  I don't want to chat with a machine anymore
  Is someone available to talk to me?
  can I call someone about this?
  can i have somebody call me back
  I'd like a callback from an agent
  I cannot get a hold of a human being
  no one is helping me, get a supervisor
  not you, a real human
  I'd rather deal with a person
  can you let me talk to a person instead of you
  could you transfer this chat to a human please
  I would like someone to call me
  please help me get in contact with a staff member
  where can i find a human to talk to
  I give up. Agent.
  speak to a human representative about billing
  talk to a live representative please and thank you
  you're useless. customer service agent please
  I asked for a human
  i already told you i want a human
  I still want to talk to an agent
  why won't you let me talk to someone
  it doesn't work and I want to talk to a technician
  no that's wrong, can I speak with a person
  please stop and transfer me to a human
  send me to a real agent
  move me over to a human agent
  I need to get through to a person
  yes please connect me to an agent
  yes, get me a human
  yes a human
  ok transfer me then
  I'd love to speak to someone who isn't a robot
  my wife and I want to speak with an advisor
  do you have an actual customer service person i can talk to
`)

export const asksWithTypos = lines(`
  i want to speek to a human
  can i tlak to an agnet
  agnet please
  humna please
  let me talk to a humn
  conect me to a representitive
  trasnfer me to an operater
  I need to speak to a persn
  give me a real preson
  i wnat a human
  can i spaek with someone
  can i speak to sombody
  speak to a custmer service representative
  pls conenct me with an advisr
  I want to talk to a superviser
  put me thru to an agent
  i need a huamn now
  HUMAAAAN
  talk ot a human
  can I plese talk to a manger of yours, a real person
`)

export const asksInOtherLanguages = lines(`
  Ich möchte mit einem Menschen sprechen
  Kann ich bitte mit einem Mitarbeiter reden?
  Mitarbeiter bitte
  Verbinden Sie mich mit einem Berater
  Ich will einen echten Menschen
  Ich brauche einen Ansprechpartner
  Bitte leiten Sie mich an einen Kollegen weiter
  Je veux parler à un humain
  Est-ce que je peux parler à quelqu'un ?
  Un conseiller s'il vous plaît
  Passez-moi un conseiller
  Pouvez-vous me transférer à un agent ?
  J'aimerais parler avec une vraie personne
  Quiero hablar con una persona
  ¿Puedo hablar con un agente?
  Necesito un humano
  Páseme con un operador
  Me puede comunicar con un asesor por favor
  Vorrei parlare con un operatore
  Posso parlare con una persona reale?
  Operatore
  Mi passi un operatore per favore
  Quero falar com um atendente
  Posso falar com alguém?
  Preciso falar com uma pessoa de verdade
  Me transfere para um humano
  Ik wil met een medewerker praten
  Kan ik iemand spreken?
  Verbind me door met een medewerker
  Ik wil een mens spreken
`)

export const refuses = lines(`
  no need for an agent
  don't transfer me
  Please do not connect me to an agent
  I don't want to talk to a human
  I don't need a person, just the tracking number
  no human please
  I'd rather not speak to anyone
  can I do this without talking to a person
  there is no need to get me an agent
  I do not think I need an agent
  a human is not needed
  you don't have to transfer me to anyone
  please never put me through to sales again
  if I need an agent I will tell you
  before you transfer me to an agent, tell me the price
  instead of an agent just send me the form
  rather than talking to a representative I would use the website
  not a human, just the bot please
  I can't talk to an agent right now
  no agent needed thanks
  thanks but I don't wish to speak to anybody
  do I have to speak to an agent for that?
  stop transferring me to agents
  I want to avoid talking to a person
  I really don't want you to escalate this to a manager
  Ich möchte nicht mit einem Mitarbeiter sprechen
  Ich brauche keinen Berater
  Je ne veux pas parler à un conseiller
  No quiero hablar con un agente
  Non voglio parlare con un operatore
  Não quero falar com um atendente
  Ik wil niet met een medewerker praten
  I don't need to talk to anybody, I just want the tracking link
  please no agents, you are doing fine
  don't escalate this
  do not hand me over to a person
  I don't want to be transferred
  I'd prefer not to talk to a person
  it's fine, no need to connect me with someone
  no I don't want to speak to a representative
  you don't need to get a human for this
  thanks, I won't need an agent after all
  I no longer want to talk to an agent
  never mind, I don't need the agent anymore
  forget the agent
  cancel the transfer to the agent
  I changed my mind about talking to a human
  I'd rather continue with the bot than talk to a person
  can we solve this without a human
  without involving an agent please
  I hate talking to people on the phone
  I prefer the bot to a human
  is it really necessary to talk to an agent?
`)

export const onlyLooksLikeAsking = lines(`
  the agent told me it would arrive on Monday
  your agent was very rude to me
  I spoke to an agent yesterday and she promised a refund
  is this a real person
  who am I talking to
  I am looking for a real estate agent
  my estate agent needs a copy of the contract
  I work in human resources
  what is the email of your human resources department
  how much do you pay your agents
  I want to become an agent
  I am an agent myself
  someone stole my card
  I want to send money to someone else
  transfer 200 euros to another person
  can someone explain why my card was declined
  a table for one person
  we are two people
  change the contact person on my account
  I need a person's name for the form
  how many agents do you have
  I want to talk about my order
  can we speak in French
  call me a taxi
  is there a limit per person
  add one person to my booking
  the support article did not help
  do you support Apple Pay
  my manager wants a receipt
  does anyone know how this works
  what does human error mean
  I need a new travel agent
  I am the project manager
  connect me to the wifi
  put me down for two seats
  transfer me 20 euros
  how do I connect my bot to Slack
  the user agent of my browser is wrong
  I already talked to a person about that
  my representative sample is too small
  can I talk to you about my invoice
  you talk like a real person
  forward the email to my agent's address
  nice talking to you
  I met someone at your office
  thank the agent for me
  Wo finde ich die Telefonnummer meines Vermieters
  Sind Sie ein Mensch?
  Es-tu un humain ?
  ¿Eres una persona?
  Sei un essere umano?
  Você é um robô?
  Ben je een mens?
  will I be charged if I talk to an agent
  how long does it take to reach an agent
  what are the opening hours of your support
  when will the agent arrive
  has an agent looked at my ticket yet
  an agent was supposed to call me yesterday
  did your manager approve my refund
  I was talking to an agent and got disconnected
  the human who helped me was great
  my operator is Vodafone
  the previous representative gave me a wrong number
  I'm a customer service representative at another company
  do agents see my messages
  the gate agent took my bag
  remove a person from the lease
  which person should I address the letter to
  someone keeps calling me
  can someone else pick up my parcel
  tell the manager I said thanks
  please update my contact details
  transfer my number to another operator
  switch me to the annual plan
  is there a human behind this
  do humans read this chat
  so you are a robot
  can you speak to the driver for me
  the bot is broken
  call my boss please
  call the restaurant and book a table
  text my manager that i am late
  get me directions to the nearest service center
  take me to the closest branch office
  how long does it take to reach the office
  can you get me a cab to the reception
  set up a meeting with the sales team tomorrow
  schedule a call with my team at noon
  remind me to call customer service at 5
  remind me to talk to my manager
  what should i say to my manager
  add speak to the bank to my to do list
  who handles customer support in your company
  does your customer service work on sundays
  what is the phone number of customer service
  i got a call from someone claiming to be from your support team
  someone from your team called me
  a person from the bank called me yesterday
  is it safe to share my pin with an agent
  someone pretending to be an agent asked for my pin
  do you know any good real estate agents
  find me a person to fix my sink
  book a flight for one person
  what does a person need to open an account
  is the person at the desk allowed to open my account
  i want to send a gift to a person in france
  i want to pay a person i met
  i need to transfer money to my landlord
  i want to transfer to another person's account
  transfer 50 to john
  connect me to the internet
  can i get a card for another person
  give me the name of the person who designed you
  give someone access to my account
  let someone else use my card
  let my wife use the account
  can i let people top up my card
  get people to rate my app
  i want people to see my profile
  how do i speak like a native
  how to speak to my computer
  can you talk to my bot
  how do i make my bot hand over to a human
  does rasa support human handoff
  how do i build a handoff to a human agent in my assistant
  how can my assistant transfer users to an agent
  my users want to talk to a human
  what is the best way to connect users with a live agent
  i want my chatbot to connect people to agents
  our agents use your software
  how many live agents can use the dashboard
  you sound like a human
  can you pass as a human
  act like a human
  do you think humans are smart
  do you like people
  have you ever met a real person
  are there people on mars
  is there someone you love
  is somebody controlling you
  are real people reading this
  am i chatting with a live agent
  am i chatting with customer service
  is this customer service
  is this the support team
  i have an agent id and need to log in
  agent portal login
  agent commission
  support staff salaries
  the representative of my district
  who is the us representative for ohio
  what is the manager's salary
  manager approval is missing
  tell me a joke about managers
  i need to get in touch with my mother
  can i talk with my hands full
  let's talk about something else
  i would like to talk about someone
  stop talking to me
  i don't want to talk to you anymore
  speak to me in german please
  chat in english
  talk slower
  can i chat with friends in this app
  i need a human sized box
  i am only human
  human resources contact
  real madrid results
  live score
  live support for android 5
`)
