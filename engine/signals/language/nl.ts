import type { Language } from './language.ts'

export const dutch: Language = {
  code: 'nl',
  stopWords:
    'de het een en of maar niet geen is zijn was waren ben bent heb hebt heeft had ik jij je hij zij ze wij ' +
    'we jullie mij me jou ons mijn jouw haar onze hun u uw dit dat deze die er hier daar wat wie waar wanneer ' +
    'waarom hoe welke in op aan met van voor naar bij te om uit over door als dan ook nog wel al zo heel erg ' +
    'graag alstublieft aub bedankt dank hallo hoi ja nee kan kunt kunnen wil wilt moet zou worden wordt weer nu ' +
    'goed dag',
  negations: 'niet geen nooit niets zonder nergens',
  intensifiers: 'heel erg zeer echt zo ontzettend enorm totaal compleet absoluut te super',
  moods: {
    [-3]:
      'verschrikkelijk vreselijk waardeloos schandalig schandalige schande haat woedend oplichters oplichting ' +
      'nutteloos kut klote belachelijke rampzalig idioten afschuwelijk',
    [-2]:
      'slecht slechte boos kwaad teleurgesteld teleurstellend gefrustreerd frustrerend belachelijk onacceptabel ' +
      'stom dom klacht advocaat irritant geirriteerd zat erger leugen onzin',
    [-1]:
      'probleem problemen fout fouten kapot defect traag laat vertraging wacht wachten verward moeilijk helaas ' +
      'kwijt',
    1: 'goed goede bedankt dank fijn aardig handig makkelijk snel duidelijk opgelost',
    2: 'blij tevreden leuk mooi prachtig top geweldige',
    3: 'geweldig uitstekend perfect fantastisch fantastische',
  },
  expected: 'werkt helpt lukt begrijpt antwoordt goed tevreden normaal mogelijk',
  misspelt: 'medewerker praten spreken iemand klantenservice mensen persoon nodig',
  lookalikes:
    'niemand operatie sprak platen persen contant consulaat zicht wensen vraag draag verbonden heb wat neem ' +
    'kant neer reed neef neen leed schat taak toch raden reken heden treden staf',
  roles: {
    person:
      'mensen medewerker medewerkster medewerkers adviseur collega leidinggevende klantenservicemedewerker ' +
      'klantadviseur vertegenwoordiger chef',
    someone: 'iemand persoon',
    desk: 'klantenservice klantendienst helpdesk afdeling receptie personeel',
    bot: 'robot machine computer',
    real: 'echt echte menselijk menselijke levend levende',
    other: 'anders andere',
    talk: 'praten spreken chatten praat spreek contact',
    reach: 'bereiken bellen contacteren',
    move: 'doorverbinden verbind doorverbind doorschakelen doorzetten verbinden doorsturen overdragen',
    want: 'wil graag nodig geef liever wens eis wilt',
    may: 'kan kunt mag zou kunnen mogelijk',
    link: 'met aan naar',
    article: 'een de het n jullie uw',
    not: 'niet geen nooit zonder onnodig',
    self: 'ik mij me ons we',
    you: 'jij jou jullie u',
    third: 'klanten gebruikers',
    be: 'ben bent is',
    help: 'helpen help',
    light: 'alstublieft alsjeblieft aub hallo hoi nu meteen gewoon bedankt direct even ja nee dank door',
    turn: 'maar',
    supposing: 'als voordat',
    counted: 'twee drie vier vijf hoeveel per',
    told: 'zei heeft had was',
  },
}
