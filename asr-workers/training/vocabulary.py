"""The words that sentences are made of, collected by hand for this model."""

# Nouns in the singular.
NOUNS = """
time year people way day man woman child world school state family student group country problem hand part
place case week company system program question work government number night point home water room mother area
money story fact month lot right study book eye job word business issue side kind head house service friend
father power hour game line end member law car city community name president team minute idea body information
back parent face level office door health person art war history party result change morning reason research
girl guy moment air teacher force education foot boy age policy process music market sense nation plan college
interest death experience effect use class control field development role effort rate heart drug show leader
light voice wife police mind price report decision son view relationship town road arm difference value
building action season society tax director position player record paper space ground form event official
matter center couple site project activity star table need court oil situation cost industry figure street
image phone data picture practice piece land product doctor wall patient worker news test movie north south
east west love support technology step baby computer type attention film tree source hair window culture
chance brother energy period course summer plant opportunity term letter condition choice rule daughter
husband floor campaign material population call economy hospital church risk fire future bank security
standard board subject officer rest behavior performance top goal second bed order author blood agency nature
color store sound movement page race concern series language response animal factor decade article east artist
scene stock career treatment approach size dog fund media sign thought list individual quality pressure answer
resource meeting disease success cup amount ability staff character growth loss degree attack region
television box training trade deal election feeling bill message lead lawyer daughter environment agenda item
minute summary action owner deadline milestone sprint backlog ticket release version feature bug customer
client vendor partner supplier stakeholder manager engineer designer developer analyst intern colleague
coworker assistant budget forecast revenue profit margin expense invoice contract proposal estimate quote
discount salary bonus payroll quarter fiscal roadmap strategy objective metric target dashboard spreadsheet
slide deck presentation document draft template checklist note comment feedback review approval signature
calendar invite schedule slot timezone conference webinar workshop demo interview onboarding training session
recording transcript caption subtitle speaker microphone camera screen headset keyboard laptop monitor battery
charger cable adapter router network server client database table query index cache queue thread process
memory disk storage backup cluster container image pipeline deployment environment staging production sandbox
branch commit merge pull request repository module library framework package dependency interface endpoint
protocol token password account login permission role user admin profile session cookie browser plugin
extension script function method variable parameter argument string integer array object class instance
exception error warning failure crash outage incident alert log trace latency throughput bandwidth load
balancer gateway firewall certificate key encryption privacy compliance audit regulation license patent
copyright trademark apple orange banana lemon bread butter cheese milk coffee tea sugar salt pepper soup salad
sandwich pizza pasta rice chicken beef fish egg potato tomato onion carrot garlic bean corn cake cookie
chocolate juice wine beer breakfast lunch dinner snack kitchen restaurant menu recipe plate bowl knife fork
spoon glass bottle airport airplane train station bus taxi bicycle truck boat ship bridge tunnel highway
traffic parking garage ticket passport visa hotel suitcase luggage map flight trip journey vacation beach
mountain river lake ocean island forest desert valley hill garden park farm village castle museum library
theater stadium gym pool factory warehouse store shop mall supermarket pharmacy clinic laboratory weather rain
snow wind storm cloud thunder lightning sunshine temperature winter spring autumn fog ice heat flood
earthquake hurricane shirt jacket coat dress shoe sock hat glove belt pocket button watch ring necklace
umbrella blanket pillow towel mirror lamp candle clock curtain carpet chair sofa desk shelf drawer cabinet
ceiling roof stair elevator hallway basement fence gate yard horse cow sheep goat pig duck mouse rabbit lion
tiger bear wolf fox elephant monkey snake frog spider ant butterfly bird eagle owl cat puppy kitten brain skin
bone muscle stomach lung finger thumb knee shoulder elbow neck nose mouth tooth tongue ear lip chin cheek
throat ankle wrist toe soldier captain pilot driver farmer nurse dentist scientist professor judge lawyer
journalist editor writer poet singer actor painter musician chef waiter carpenter plumber electrician mechanic
accountant cashier clerk secretary librarian neighbor guest stranger tourist passenger citizen volunteer
champion coach referee athlete accident advantage adventure advice agreement ambition announcement apology
appearance application appointment argument arrangement assessment assignment association assumption
atmosphere attempt attitude audience average balance barrier basis battle beauty beginning belief benefit
birthday border brand breath budget burden capacity capital category celebration challenge channel chapter
charity circle circumstance claim climate collection combination comfort command comparison competition
complaint component concept conclusion conflict confusion connection consequence consideration construction
contact contest context contribution convention conversation correction courage creation credit crime crisis
criticism crowd curve custom cycle damage danger debate debt defense delay delivery demand description desire
destination detail device dialogue diet direction disaster discipline discovery discussion distance
distribution division doubt drama dream duty edge edition element emergency emotion emphasis employment engine
entrance equipment essay evening evidence examination example excitement exercise exhibition existence
expansion expectation explanation explosion expression extent failure faith fashion fault fear festival
fiction finding flavor focus foundation frame freedom frequency friendship fuel function furniture gift grade
graph guidance guide habit handle harmony hero hobby holiday honor hope horizon humor illness illustration
imagination impact implementation importance impression improvement incident income independence index
influence initiative injury innovation insight instruction instrument insurance intention introduction
invention investigation investment invitation journal judgment justice knowledge label labor layer league
lecture legend lesson liberty limit link literature location logic machine magazine maintenance majority
manner mass master mathematics maximum measure medicine melody mention mess metal minimum minority mission
mistake mixture mode model mood motion motor mystery narrative notice notion novel obligation observation
obstacle occasion operation opinion option organization origin outcome output package pain panel partnership
passage passion path pattern payment peace penalty percentage permission perspective phase phenomenon
philosophy phrase physics planet platform pleasure poem politics possession possibility potential poverty
preference preparation presence principle priority prison prize procedure profession promise promotion proof
property proportion protection psychology publication publicity purpose puzzle quantity range reaction reality
recognition recommendation reduction reference reflection reform refrigerator regret relation relief religion
reputation requirement reservation resolution respect responsibility revolution reward rhythm routine safety
sample satisfaction scale schedule scheme science score search section sector selection sequence shadow shape
share shelter shift shock signal silence skill sleep solution soul specialist spirit sport spot statement
statistic status strength stress structure struggle style substance suggestion surface surgery surprise survey
symbol sympathy talent task taste telephone temper tendency tension territory theme theory threat title tone
tool topic touch tour tournament tower track tradition tragedy transition transportation trend trial trouble
trust truth tune university variation variety vehicle victory video violence vision visit volume vote wage
weakness wealth weapon web wedding weight wheel wisdom wish witness wonder wood youth zone paragraph sentence
alphabet dictionary grammar accent dialect translation pronunciation whisper echo noise chorus concert guitar
piano violin drum trumpet orchestra opera ballet sculpture portrait canvas brush pencil crayon eraser notebook
envelope stamp postcard parcel mailbox newspaper headline interview podcast episode channel subscriber
audience telescope microscope satellite rocket orbit gravity atom molecule electron proton chemical acid
oxygen hydrogen carbon nitrogen iron copper silver gold aluminum steel plastic rubber cotton wool leather silk
diamond crystal marble concrete brick cement glass timber algorithm benchmark baseline compiler debugger
decoder encoder transformer tensor gradient vector matrix layer neuron dataset corpus vocabulary threshold
checkpoint inference accuracy precision recall hypothesis experiment notebook sensor hardware software
firmware processor chip circuit antenna frequency spectrum waveform sample codec packet buffer stream jitter
handshake header payload schema migration shard replica partition topic consumer producer webhook callback
listener scheduler worker executor daemon kernel hypervisor namespace cluster node pod volume secret manifest
registry artifact toolchain linter formatter refactoring regression rollback hotfix patch changelog
documentation tutorial walkthrough
""".split()

# Verbs in the infinitive.
VERBS = """
ask use find give tell work call try need feel become leave put mean keep let begin seem help talk turn start
show hear play run move like live believe hold bring happen write provide sit stand lose pay meet include
continue set learn change lead understand watch follow stop create speak read allow add spend grow open walk
win offer remember love consider appear buy wait serve die send expect build stay fall cut reach kill remain
suggest raise pass sell require report decide pull return explain hope develop carry break receive agree
support hit produce eat cover catch draw choose cause point listen realize place close involve increase handle
join share present finish discuss review approve reject schedule postpone cancel confirm assign complete
deliver deploy release update upgrade install configure monitor test debug fix merge commit push refactor
document design implement integrate migrate measure optimize analyze estimate plan budget negotiate sign
invoice order ship sell promote market launch announce publish record transcribe translate summarize highlight
clarify verify validate investigate resolve escalate track collect store delete restore archive export import
download upload copy paste print scan click type scroll select drag drop search filter sort group compare
calculate count predict train evaluate improve reduce remove replace repair protect secure encrypt
authenticate authorize restrict prevent avoid ignore accept admit advise afford aim announce apologize apply
appreciate approach argue arrange arrive assume assist attach attack attempt attend attract bake balance beat
behave belong bend bet bite blame blow boil borrow breathe brush burn bury celebrate challenge charge chase
check cheer chew clean climb collapse combine comfort commit communicate compete complain concentrate concern
conclude conduct connect consist construct consult contain contribute control convince cook cope correct cough
cross cry cure dance deal declare defend define demand deny depend describe deserve destroy determine differ
dig disagree disappear discover dislike divide doubt dream dress drink drive earn educate elect emerge
emphasize employ enable encourage engage enjoy ensure enter escape establish examine exist expand experience
explode explore express extend face fail fear feed fight fill fit float flow fly focus fold forbid force
forget forgive form freeze gain gather generate govern grab greet guarantee guard guess guide hang hate hide
hire hunt hurry hurt identify illustrate imagine impress inform insist inspire intend introduce invent invest
invite judge jump justify kick kiss knock know label land last laugh lay lean lend lift light limit link
locate lock look maintain manage manufacture mark marry match matter mention mind miss mix multiply notice
obey object observe obtain occur operate oppose organize owe own pack paint park participate pause perform
permit persuade phone pick plant please possess pour practice pray prefer prepare preserve press pretend
proceed process program promise propose prove publish punish purchase pursue question quit race rain react
recall recognize recommend recover refer reflect refuse regard regret relate relax rely remind rent repeat
represent request rescue reserve resist respect respond rest result retire reveal ride ring rise risk roll rub
ruin rule rush save say scare scream search see seek separate settle shake shine shoot shout shut sing sink
skip sleep slip smell smile smoke solve sound specify spell split spread stare state steal stick store stretch
strike struggle study submit succeed suffer suit supply suppose surprise surround survive suspect swear sweep
swim swing switch take taste teach tear tend thank think threaten throw tie touch tour trade transfer
transform travel treat trust vary view visit vote wake want warn wash waste wave wear weigh welcome whisper
wonder worry wrap yell
""".split()

# Adjectives.
ADJECTIVES = """
good new first last long great little own other old right big high different small large next early young
important few public bad same able local sure free low late hard major better strong possible whole full clear
recent certain personal open red difficult available likely short single medical current wrong private past
foreign fine common poor natural significant similar hot dead central happy serious ready simple left physical
general environmental financial blue democratic dark various entire close legal religious cold final main
green nice huge popular traditional cultural wide deep slow fast quick quiet loud bright heavy light soft
rough smooth sharp thick thin narrow broad empty busy lazy calm angry sad proud shy brave clever stupid wise
kind cruel gentle polite rude honest loyal lucky rich cheap expensive fresh clean dirty dry wet warm cool
sweet sour bitter salty spicy delicious tasty healthy sick tired hungry thirsty asleep awake alive dangerous
safe careful careless useful useless helpful harmful beautiful ugly pretty handsome elegant modern ancient
famous unknown familiar strange weird funny boring interesting exciting amazing wonderful terrible awful
horrible excellent perfect brilliant fantastic impressive ordinary special unique rare typical normal average
basic advanced complex complicated obvious hidden secret visible invisible accurate precise exact rough
approximate correct incorrect true false real fake actual virtual digital electronic mechanical electrical
chemical biological mathematical statistical scientific technical practical theoretical academic professional
amateur official formal informal casual urgent critical essential necessary optional extra additional previous
following upcoming daily weekly monthly quarterly annual yearly temporary permanent constant frequent
occasional regular irregular random automatic manual internal external global national international regional
urban rural domestic commercial industrial agricultural political economic social military royal civil
criminal mental emotional spiritual musical visual verbal written spoken silent flat round square straight
curved vertical horizontal upper lower inner outer front rear middle northern southern eastern western yellow
orange purple pink brown black white gray golden silver wooden metal plastic stable unstable robust fragile
flexible rigid scalable secure reliable responsible independent dependent confident nervous anxious curious
eager patient generous selfish friendly hostile lonely crowded comfortable uncomfortable suitable reasonable
acceptable responsible sensible sensitive aggressive passive active creative productive efficient effective
expensive affordable sustainable renewable portable compatible equivalent equal unequal minor tiny enormous
massive gigantic medium moderate extreme severe mild subtle dramatic gradual sudden immediate instant delayed
pending overdue incomplete complete partial remote asynchronous parallel sequential nested recursive dynamic
static mutable abstract concrete generic native legacy deprecated experimental
""".split()

# Adverbs.
ADVERBS = """
really very quickly slowly carefully easily quietly loudly clearly finally recently probably maybe certainly
definitely usually often sometimes rarely never always already still just only also again together soon later
today yesterday tomorrow tonight here there everywhere nowhere somewhere anyway otherwise instead perhaps
almost nearly hardly barely completely totally entirely partly mostly mainly especially particularly generally
specifically exactly roughly approximately simply basically actually honestly frankly obviously apparently
eventually gradually suddenly immediately directly automatically manually correctly properly safely
successfully regularly frequently occasionally constantly briefly previously currently originally initially
ultimately significantly slightly deeply highly fairly pretty quite rather too enough twice once forward
backward upstairs downstairs outside inside abroad overseas apart aside ahead meanwhile therefore however
nevertheless furthermore moreover besides hopefully fortunately unfortunately surprisingly seriously
personally officially temporarily permanently
""".split()

# First names.
FIRST_NAMES = """
james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph
jessica thomas sarah charles karen christopher nancy daniel lisa matthew betty anthony margaret mark sandra
donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian dorothy
george melissa edward deborah ronald stephanie timothy rebecca jason sharon jeffrey laura ryan cynthia jacob
kathleen gary amy nicholas angela eric shirley jonathan anna stephen brenda larry pamela justin emma scott
nicole brandon helen benjamin samantha samuel katherine gregory christine frank debra alexander rachel raymond
carolyn patrick janet jack catherine dennis maria jerry heather tyler diane aaron olivia jose julie adam joyce
nathan victoria henry ruth douglas virginia zachary lauren peter kelly kyle christina walter joan ethan evelyn
jeremy judith harold megan keith andrea christian cheryl roger hannah noah jacqueline carl martha terry gloria
sean teresa arthur ann austin sara lawrence madison jesse frances dylan kathryn bryan janice joe jean jordan
abigail billy alice bruce julia albert judy willie sophia gabriel grace alan denise juan amber wayne doris
ralph marilyn roy danielle oliver isabella lucas mia leo chloe oscar lily max ella felix clara simon nina
victor elena ivan priya raj anil sanjay chen wei ming yuki hiroshi kenji omar fatima ahmed layla sven ingrid
pierre claire hans greta luigi sofia carlos lucia pablo carmen dmitri natasha tom mike dave steve jim bob bill
sam ben nick alex chris matt dan kate jane rose
""".split()

# Last names.
LAST_NAMES = """
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez wilson anderson
thomas taylor moore jackson martin lee thompson white harris clark lewis robinson walker young allen king
wright scott torres hill green adams nelson baker hall rivera campbell mitchell carter roberts phillips evans
turner parker edwards collins stewart morris murphy cook rogers morgan cooper peterson bailey reed kelly
howard ward cox richardson watson brooks wood bennett gray hughes price sanders patel myers long foster powell
perry russell sullivan bell coleman butler henderson barnes fisher simmons jordan patterson graham reynolds
hamilton ford wallace cole west hayes bryant gibson ellis stevens murray freeman wells webb simpson tucker
porter hunter hicks crawford boyd mason kennedy warren dixon burns gordon shaw holmes rice robertson hunt
black daniels palmer mills grant knight ferguson stone hawkins dunn perkins hudson spencer gardner stephens
payne pierce berry matthews arnold wagner willis watkins olson carroll duncan snyder hart cunningham bradley
lane andrews ruiz harper fox riley armstrong carpenter weaver greene lawrence elliott chavez sims austin
peters kelley franklin lawson
""".split()

# Places.
PLACES = """
america england france germany spain italy portugal ireland scotland wales norway sweden finland denmark
iceland poland austria switzerland belgium holland greece turkey russia ukraine china japan india korea
vietnam thailand indonesia australia canada mexico brazil argentina chile peru colombia egypt kenya nigeria
morocco israel iran pakistan london paris berlin madrid rome lisbon dublin edinburgh oslo stockholm helsinki
copenhagen warsaw vienna zurich geneva brussels amsterdam athens istanbul moscow beijing shanghai tokyo delhi
mumbai seoul singapore bangkok sydney melbourne toronto montreal vancouver chicago boston seattle dallas
houston denver atlanta miami detroit phoenix portland austin philadelphia washington california texas florida
nevada oregon virginia ohio michigan europe asia africa antarctica manhattan brooklyn hollywood oxford
cambridge manchester liverpool birmingham bristol glasgow cardiff belfast
""".split()

# Abbreviations and how they are spoken.
SPOKEN_ABBREVIATIONS = {
    "api": "A P I",
    "url": "U R L",
    "sql": "S Q L",
    "html": "H T M L",
    "css": "C S S",
    "json": "J S O N",
    "xml": "X M L",
    "http": "H T T P",
    "cpu": "C P U",
    "gpu": "G P U",
    "usb": "U S B",
    "pdf": "P D F",
    "sdk": "S D K",
    "ip": "I P",
    "vpn": "V P N",
    "dns": "D N S",
    "tcp": "T C P",
    "udp": "U D P",
    "ssl": "S S L",
    "ssh": "S S H",
    "ui": "U I",
    "ux": "U X",
    "qa": "Q A",
    "hr": "H R",
    "ceo": "C E O",
    "cto": "C T O",
    "cfo": "C F O",
    "faq": "F A Q",
    "pr": "P R",
    "eu": "E U",
    "uk": "U K",
    "usa": "U S A",
    "tv": "T V",
    "pc": "P C",
    "id": "I D",
    "ai": "A I",
    "ml": "M L",
}

# Function words.
FUNCTION_WORDS = """
the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had
they you were their one all we can her has there been if more when will would who so no she other its may
these what them than some him time into only do such my new about out also two any up first could our then
most me should after said your over how did many before must through years where much your way well down
should because long each just those people too good state here between make world still own see men work life
being under never day same another know while last might us great old year off come since against go came
right used take three
""".split()

# Whole phrases of meetings.
PHRASES = """
good morning everyone
good afternoon everybody
hello and welcome
hi there
hi everyone thanks for joining
can you hear me
can everybody hear me okay
you are on mute
i think you are muted
sorry i was on mute
let me share my screen
can you see my screen
yes we can see it
i will stop sharing now
let's get started
shall we begin
let's wait a couple of minutes
who is taking notes today
this meeting is being recorded
is everyone okay with recording this call
let's move on to the next item
any questions so far
are there any other questions
does anybody have any concerns
that makes sense
that sounds good to me
i agree with that
i completely agree
i am not sure about that
i don't think so
that is a good point
that's a fair question
let me check and get back to you
i will follow up by email
let's take this offline
we are running out of time
i have to drop off for another call
thank you all for coming
thanks everyone have a great day
see you next week
talk to you soon
bye for now
goodbye
no problem at all
you're welcome
excuse me
i beg your pardon
could you repeat that please
could you say that again
one moment please
just a second
let me think about it
what do you think
how are you doing today
i'm doing fine thank you
how was your weekend
it was very relaxing
nice to meet you
it's a pleasure to be here
long time no see
what's on the agenda
what is the status of this
when will it be ready
why did that happen
how long will it take
who is responsible for this
where can i find the document
which option do you prefer
can we do it today
do we have a deadline
is there a workaround
are we on track
we are behind schedule
we are ahead of schedule
everything is going according to plan
it works on my machine
have you tried turning it off and on again
the build is broken again
the tests are passing now
we found the root cause
it was a configuration problem
the server is down
the service is back up
please restart the application
i opened a ticket for that
the fix will be in the next release
let's keep it simple
we should write that down
i'll take that action item
that is out of scope
let's put it in the backlog
we need more data
the numbers look good
sales are up this quarter
the customer is happy
the client asked for a discount
we signed the contract yesterday
legal needs to review it
finance has to approve the budget
we are hiring two more people
congratulations to the whole team
great job everyone
keep up the good work
happy birthday
merry christmas
happy new year
have a nice weekend
enjoy your holiday
take care
the quick brown fox jumps over the lazy dog
this is a test of the transcription system
testing one two three
ask not what your country can do for you
to be or not to be that is the question
""".strip().split("\n")
