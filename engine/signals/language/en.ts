import type { Language } from './language.ts'

export const english: Language = {
  code: 'en',
  stopWords:
    'a an the this that these those there here it its is are was were am be been being i im ive id ill me my ' +
    'mine myself we us our ours you your yours u ur he she they them their his her him and or but so if then than ' +
    'because as of at by for from in into on onto off out over to too up with about can could cant cannot may ' +
    'might will would wont should shall do does did done doing dont doesnt didnt have has had having havent not ' +
    'no yes yeah yep nope ok okay please pls plz thanks thank thx hello hi hey sir maam what whats when where ' +
    'wheres which who whom whose why how hows just only also still again really very much many more most some any ' +
    'all both each few get got getting give want wanted need tell know let lets help go going one same now well ' +
    'like actually anyway sorry sure right fine good great alright kindly morning evening',
  negations:
    'not no never dont doesnt didnt isnt arent wasnt werent cant cannot couldnt wont wouldnt havent hasnt ' +
    'nothing none nor neither without hardly barely aint',
  intensifiers:
    'very really so extremely absolutely totally completely utterly super too incredibly truly fucking ' +
    'bloody damn such',
  moods: {
    [-3]:
      'awful terrible horrible horrendous disgusting disgrace disgraceful worst hate hated furious outrageous ' +
      'outraged pathetic appalling scam scammers scammed fraudsters thieves useless bullshit shit shitty crap ' +
      'fuck fucking incompetent idiot idiots moron morons despicable atrocious abysmal garbage livid wtf ' +
      'nightmare infuriating joke',
    [-2]:
      'bad angry annoyed annoying frustrated frustrating frustration ridiculous unacceptable disappointed ' +
      'disappointing stupid dumb poor upset mad fed sick rubbish ruined ignored ignoring lied lying liar ' +
      'complaint complain sue lawyer rude dreadful lousy insane unbelievable unprofessional wasted wasting waste ' +
      'hopeless nonsense trash damn hell sucks suck worse rip ripoff regret',
    [-1]:
      'wrong problem problems issue issues broken fail failed fails failing error errors slow late delayed delay wait ' +
      'waiting confused confusing unhappy worried worry annoy difficult missing lost stuck unfortunately tired ' +
      'unclear tedious boring complicated sad',
    1:
      'good fine nice ok okay thanks thank helpful glad easy clear kind quick solved fixed better pleased fair works ' +
      'cool',
    2:
      'great happy love lovely wonderful appreciate appreciated brilliant awesome enjoy enjoyed cheers fast ' +
      'delighted impressed best',
    3: 'amazing excellent fantastic perfect outstanding superb incredible marvellous marvelous',
  },
  expected:
    'work working help helping helped helpful answer answering answered solve solved resolved understand ' +
    'understood listen listening useful respond responding acceptable happy pleased satisfied impressed good ' +
    'great possible fair',
  misspelt:
    'human humans agent agents person representative representatives operator advisor adviser consultant ' +
    'supervisor manager specialist employee someone somebody anyone anybody colleague speak speaking talk talking ' +
    'chat touch discuss transfer transferring transferred connect connected escalate forward handoff want need ' +
    'give send prefer rather would could asking looking waiting request demand insist assistance customer service ' +
    'support department sales team staff complaint complain contact reach another real please through before ' +
    'instead without cancel changed think never robot machine with this help from asked billing avoid connecting ' +
    'supervisors managers',
  lookalikes:
    'manage managed manages manger walking taking contract contracts contacts contacted compact connects ' +
    'correct services serviced transfers personal persona agency urgent argent humane advised advises advise ' +
    'advisory employer employers employed consulting supervision specialise specialize specials constant ' +
    'representation lease pleased parker consultancy prefers supports supported supporter speaks speaker speakers ' +
    'peak break steak sneak spear supporters walk tank talks tall tale talked task what cart chart char coat ' +
    'cheat hat cat chap chats feed seed deed needy weed went wait wand wants gives given live gave hive spend ' +
    'sends sand tend bend lend end send read rear deal meal seal reals world cold mould father gather lather sale ' +
    'wales tales scales males sales stuff stiff staffs term teams tea beam steam tough beach teach each reaches ' +
    'cancer charged changes charger thing thin thick thinks thank fever requests requested demands complaints ' +
    'departments cooking booking hooking writing baiting wailing healing machines robots threw thorough never ' +
    'ever taken wont waltz dead lead head bead width wish wit his thus tis held hell heal helm yelp form frog frm ' +
    'masked willing filling killing building bidding night stoff stops stoop wash avoided root roots persons ' +
    'resistance apartment smith fifth sixth',
  roles: {
    person:
      'human humans humain agent agents representative representatives rep reps operator operators advisor ' +
      'advisors adviser advisers supervisor supervisors manager managers csr colleague colleagues ahuman anagent ' +
      'hooman hoomans',
    someone: 'someone somebody anyone anybody person people aperson sb ppl individual guy',
    desk:
      'support service services team department desk helpdesk care helpline hotline sales billing complaints ' +
      'handler',
    local:
      'restaurant reception receptionist concierge office centre center branch headquarters staff crew member ' +
      'members cleaner cleaners clerk teller banker technician specialist specialists consultant consultants ' +
      'employee employees associate counselor boss superior management folks',
    bot:
      'bot bots robot robots machine machines computer computers chatbot chatbots ai automaton automated ' +
      'automation algorithm virtual assistant siri alexa cortana software program script recording',
    real: 'real live actual actually genuine proper physical living breathing flesh',
    quality:
      'customer client technical tech professional trained qualified competent experienced senior friendly ' +
      'helpful damn fucking flipping bloody english spanish french german dutch italian portuguese',
    other: 'else another different other',
    talk:
      'speak speaking talk talking chat chatting converse conversing tlak takl tlk tak spk spek seak spak cht ' +
      'chta',
    reach:
      'contact contacting reach reaching call calling phone ring hold see touch word conversation complain ' +
      'complaint deal dealing',
    move:
      'transfer transferring transferred transfered connect connecting connected put patch patched pass passed ' +
      'hand handed forward forwarded redirect redirected escalate escalated escalating switch switched route ' +
      'routed send direct directed refer referred link hook bump turn handoff handover get take move bring',
    want:
      'want wants wanted need needs needed wanna gimme get give bring find prefer rather require request ' +
      'requesting demand seek looking asking ask asked wnat wan wnt ned nedd neeed gettin geting gotta lemme ' +
      'insist summon fetch waiting desire',
    may: 'can could may might let possible way able chance would wondering option cn cna',
    link: 'to with w wih wth wiht wit ot tot tothe toa witha withh tto through thru',
    article: 'a an the your any some ur thee teh one of these those that',
    not:
      'not dont donot never without wont cant cannot couldnt wouldnt doesnt didnt isnt arent shouldnt neednt dnt ' +
      'nt avoid refuse neither nor avoiding cancel forget skip changed stop quit unnecessary needless hate',
    self: 'i im id ill ive me we us my mine our myself',
    you: 'you u ya yourself youre',
    third: 'they them users user customers he she clients visitors everyone others',
    be: 'am are is was were im youre be been r ur whos',
    help:
      'help helps assist assistance look handle check review answer respond reply take deal explain fix solve ' +
      'sort resolve join intervene investigate understand understands',
    light:
      'please pls plz plss hi hello hey hiya ok okay now asap immediately kindly sir maam just yes yeah yep so ' +
      'then um uh well thanks thank thx thankyou cheers right directly instead only today really urgently urgent ' +
      'very much quickly simply again sorry already finally sure morning good afternoon dear here ever bother ' +
      'even maybe further also either still dude man god damn fucking freaking bloody guys hmm no nope',
    turn: 'but however except although though',
    supposing: 'if incase before after',
    counted:
      'one two three four five six seven eight nine ten many how few several extra disabled little each per ' +
      'every more',
    trade:
      'estate travel letting insurance free secret user change cleaning project growth product password task ' +
      'property hotel event wedding community office talent sports literary store smooth publicity account ' +
      'relationship device file download package window cache customs nice awful good bad young old first mobile ' +
      'network logical bleaching talking walking',
    thing:
      'sized resource resources rights error errors body bodies nature readable fee fees commission commissions ' +
      'name names id code codes salary salaries job jobs position positions license licence badge portal app ' +
      'discount discounts ticket tickets plan article website sample login account interface version versions ' +
      'traffic hours url trafficking anatomy hair evolution address',
    thinks:
      'make think feel believe see mind wish require care plan intend going bother have necessary reason point ' +
      'use desire dare',
    told:
      'told said says promised hung transferred answered gave asked was were had has did didnt never refused ' +
      'wasnt just helped sent already called wrote explained tried could couldnt',
  },
}
