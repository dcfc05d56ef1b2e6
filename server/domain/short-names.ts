/**
 * Names that are often one person's: short forms, spellings and transliterations in use in the United Kingdom, among
 * them English, Scottish, Welsh, Irish, South Asian, Arabic, Somali and Eastern European ones. Whoever looks for Liz
 * means Elizabeth too. It only widens a search; it never decides that two people are one.
 */

// One line: names that may stand for each other. A name may be in several lines; the lines are not joined.
const GROUPS = `
aaron arron aron haroon harun
abigail abbie abby abi gail
abraham abe bram ibrahim
adelaide addie ada
adrian ade
agnes aggie nessie
aidan aiden edan
alan allan allen alun al
albert al bert bertie
alexander alex alec alick al sandy sasha xander lex aleksander alasdair
alexandra alex alexa lexi lexie sandra sandy sasha aleksandra
alfred alf alfie fred freddie
alice alys ali ally
alison allison alyson ali ally
alistair alasdair alastair alister alisdair al ali
amanda mandy
amelia millie milly amy
andrea andie andreea
andrew andy drew andre
angela angie ange
angus gus aonghas
ann anne anna annie nan
annabel annabelle anna bella belle
anthony antony tony ant anton
antonia toni tonia
archibald archie
arthur art artie
barbara babs barb
barnabas barnaby barney
barry barrie baz
beatrice beatrix bea bee trixie
belinda bel lindy
benedict ben
benjamin ben benji benny
bernadette bernie
bernard bernie
beverley beverly bev
bradley brad
brendan brendon
brian bryan bri
bridget brigid bridie breda biddy
bronwen bronwyn bron
caitlin kaitlin katelyn kaitlyn cait
callum calum cal malcolm
cameron cam
camilla cam millie milly
carol carole carrie
caroline carolyn carrie caro
carys cerys
cassandra cass cassie
catherine katherine kathryn katharine catharine cathryn cath cathy kath kathy kate katie katy kat kit kitty kay
catriona katrina catrina trina
ceri kerry keri
charles charlie charley chas chaz
charlotte charlie charley lottie lotte
chloe khloe
christian chris cristian
christina kristina cristina tina chris chrissie
christine chris chrissie chrissy tina
christopher chris kit kris topher
claire clare clair
clementine clem
clifford cliff
colin col
connor conor con
constance connie
cynthia cindy
daniel dan danny dani
darren daren darran daz
david dave davey davie dai dafydd dewi
deborah debra debbie deb debs
declan dec
dennis denis den denny
derek derrick del
desmond des
diana diane dianne di
dominic dominick dom
donald don donnie
dorothy dot dottie dolly dora
douglas doug dougie
duncan dunc
dylan dillon dyl
edmund ed eddie ned ted
edward ed eddie eddy ned ted teddy
edwin ed eddie
eileen aileen
eilidh ailidh ailie
eleanor elinor elle ellie nell nellie nora
elizabeth elisabeth liz lizzie lizzy beth betty bess bessie betsy eliza elsie libby lisa elspeth
elspeth elsie
emily emilie em emmy millie
emma em
emmanuel emanuel manny
eoin owen eoghan euan
eric erik
erica erika
ernest ernie
esther hester
euan ewan ewen euen
eugene gene
eva eve evie
evelyn evie eve
felicity fliss flick
fergus fergie
ffion fion
fiona fi
florence flo florrie flossie
frances fran francesca frankie
francis frank frankie fran
frederick fredrick frederic fred freddie freddy
freya freja
gabrielle gabriella gabriela gaby gabby gabi
gareth garth gaz
gary garry gaz gazza
gavin gav
gemma jemma gem
geoffrey jeffrey geoff jeff
george georgie
georgina georgia georgie gina
gerald gerry jerry
geraldine gerry
gerard gerry gearoid
gilbert gil bert
gillian jillian gill jill gilly
glenda glenys glen
glyn glynn glen
gordon gordie
grace gracie
graham graeme grahame
gregory greg gregor
gruffydd griffith gruff griff
gwendolyn gwendoline gwen gwenda wendy
gwyneth gwen
hannah hanna hana
harold harry hal
harriet hattie harrie
hayley hailey haley
helen helena ellen nell nellie lena
henrietta hettie etta
henry harry hal hank
herbert bert herb bertie
hilary hillary
howard howie
hugh huw hughie shug
ian iain
ieuan iwan ifan evan ioan
imogen immy
irene rene
isaac izaak zac ike
isabel isabella isobel isabelle ishbel izzy bella belle
jack john jock jackie
jacob jake jakob
jacqueline jaqueline jackie jacqui jacky jacquie
james jim jimmy jimmie jamie seamus hamish
jane jayne janie
janet jan netta
janice janis jan
jasmine jasmin yasmin jas jaz jazz
jason jay jase
jean jeanie jeannie
jeanette jeannette jean netta
jennifer jen jenny jenni jennie jenna
jeremy jerry jez jem
jessica jess jessie
joan joanie
joanna joanne jo
john johnny johnnie jack jock jon ian sean evan
jonathan johnathan jonathon jon jonny jonty johnny
jordan jordy
joseph joe joey
josephine jo josie
joshua josh
judith judy judi jude
julia julie jules
julian jules
juliet juliette jules
karen caren kaz
kathleen cathleen kath kathy kay
kayleigh kayley keeley
kelly kellie
kenneth ken kenny
kerry kerrie keri
kevin kev
kieran ciaran kieron keiran
kimberley kimberly kim
kirsten kirsty kirstie kirsteen
laura lauren lori laurie
laurence lawrence larry laurie lawrie
leanne lianne
lee leigh
leonard len lenny leo
leslie lesley les
lewis louis lou lew luis
liam william
linda lynda lin lyn
lindsay lindsey lyndsey lynsey linsey
llewelyn llewellyn llew lyn
lorraine loraine
louise louisa lou
lucy lucie lucinda lucia
luke lucas luca
lynn lynne lyn lin
madeleine madeline maddie maddy
madison maddison maddie maddy
malcolm mal malc
margaret maggie mags peggy peg meg madge greta rita margie marge maisie mairead margot
marjorie margery marge marj
mark marc marcus
martin martyn marty
mary marie maria mae may molly polly mair mari mairi moira
matilda tilda tilly
matthew mathew mat matt matty
maureen mo
maurice morris mo
maxine max
maxwell maximilian max
megan meghan meg
melanie mel
melissa mel
michael micheal mike mick micky mickey mikey mitch
michelle michele shell shelly
mildred millie
mitchell mitch
moira moyra
mollie molly
montague monty
nancy nan ann
natalie nathalie nat
natasha tasha tash nat
nathan nat nate
nathaniel nathan nat nate
neil neal niall
niamh neve nieve
nicholas nicolas nick nicky nico nik
nicola nicole nicky nikki nicki nic
nigel nige
norman norm
oliver ollie olly
olivia liv livvy livia olive
orla orlagh
owen owain
pamela pam
patricia pat patsy patti patty trish tricia trisha
patrick pat paddy padraig padraic
paula pauline
penelope penny pen
percival percy
peter pete
philip phillip phil pip
philippa phillipa pippa pip
phyllis phyl phil
rachel rachael rach
ralph rafe
raymond ray
rebecca rebekah becky becca becks bex
reginald reg reggie
rhiannon rhian
rhys rees reece reese
richard rick ricky rich richie dick
robert rob bob bobby robbie robin bert rab
roberta bobbie
roderick rod roddy rory
rodney rod
roisin rosaleen
ronald ron ronnie
rory ruairi ruaridh
rosalind rosalyn ros roz
rosemary rosie rose
rose rosie rosa
russell russ
ryan rian
sally sal sarah
samantha sam sammy sammie
samuel sam sammy
sandra sandy
sarah sara sally sadie
scarlett scarlet
sean shaun shawn shane
sebastian seb
sharon shaz
sheila sheelagh shelagh
sian shan
sidney sydney sid syd
simon si
siobhan siobhain shevaun chevonne
sophia sofia sophie zofia
stacey stacy
stanley stan
stephanie stefanie steph stef
stephen steven steve stevie stefan
stuart stewart stu
susan sue susie suzie suzy susanna susannah
suzanne susanne sue suzie suzy
sylvia silvia syl
tamara tammy tam
tamsin tam
terence terrence terrance terry tel
teresa theresa tess tessa terri terry
theodore theo ted teddy
thomas tom tommy tam thom tomos
timothy tim timmy
tobias toby
tracey tracy
trevor trev
una oonagh oona
valerie val
vanessa ness nessa
veronica ronnie
victor vic
victoria vicky vicki vikki vic tori
vincent vince vinny vinnie
vivien vivienne vivian viv
walter walt wally
wilfred wilfrid wilf
william will bill billy willie willy liam gwilym
winifred winnie freda
yvonne evonne
zachary zach zac zak zack
zoe zoey
abdirahman abdurrahman abdulrahman abdi
abdul abdool
abdullah abdulla abdallah abdullahi
abubakar abubakr
ahmed ahmad ahmet
aisha ayesha aysha aishah aicha
akhtar akhter
ali aly
amina aminah ameena aamina amna
amir aamir ameer
anita aneeta
amarjit amarjeet
arif aarif
arjun arjan
asif asef
ayub ayyub ayoub
aziz azeez
baljit baljeet
balwinder balvinder
begum begam
bilal bilaal
chowdhury choudhury choudhary chaudhry chaudhary chaudhari
deepa dipa
deepak dipak
faisal faysal feisal
farooq faruk faruq
fatima fatimah fatema fathima fatuma faduma fatma
gurdeep gurdip
gurpreet gurprit
habib habeeb
hafsa hafsah
halima haleema halimah halimo
hamza hamzah
harjit harjeet
harpreet harprit
hassan hasan hassaan xasan
hussain hussein husain husayn hussien hossain huseyin
ibrahim ebrahim ibraheem
idris idrees
ismail ismael ismaeel
iqbal ikbal
jamal jamaal
jamil jameel
jasbir jasvir jas
jaspreet jas
jaswinder jasvinder jas
javed javaid jawed
junaid junayd
kareem karim
kavita kaveeta
khadija khadijah khadeeja kadija khadra
khalid khaled
khalil khaleel
khatun khatoon
krishna krishan
kuldeep kuldip
lakshmi laxmi
layla leila laila leyla
mahmood mahmud mehmood mahmoud
mandeep mandip
manjit manjeet
manpreet manprit
maryam mariam maryan meryem miriam
masood masud
meera mira
miah mia miya
mohammed muhammad mohamed mohammad muhammed mohamad mohamud mohd mo mehmet
mukherjee mukherji
mustafa mustapha moustafa
nadeem nadim
nadia nadya
naseem nasim
nasir nasser naser
nasreen nasrin
naveed navid
nazir nazeer
noor nur nour
omar umar omer
osman usman uthman othman cusmaan
paramjit paramjeet
parminder parvinder
parveen parvin perveen
pooja puja
qasim qassim kasim
qureshi quraishi
rahim raheem
rahman rehman
rajesh raj
rajinder rajendra raj
rajiv rajeev
rashid rasheed
ravinder ravindra ravi
rukhsana ruksana
saeed said sayeed
safiya safia safiyya
saleem salim
salma selma
sameer samir
samina sameena
sanjeev sanjiv
shafiq shafeeq
shahid shaheed
shakeel shakil
shamim shameem
sharif shareef
sheikh shaikh sheik
simran simranjit simranjeet
sohail suhail
sukhwinder sukhvinder sukh
sulaiman suleiman suleman sulayman
sumaya sumaiya sumayyah
sunil suneel
sunita suneeta
surinder surendra
syed sayed sayyid
tahir taher
tariq tarik tareq
uddin udin
vijay vijai
vikram vik
wasim waseem
yasin yaseen yassin
yasmin yasmeen yasmine jasmine
younis yunus younus yunis
yusuf yousef youssef yousuf yusef yousaf
zahra zahara zara
zainab zaynab zeinab
zakariya zakaria zakariyya
zeeshan zishan
agnieszka aga
aleksander alek olek alexander
aleksandra ola
aleksei alexei oleksiy aleksey
alexandru alex sandu
anastasia anastasiya anastasiia nastya
andras andrew bandi
andrei andrey andriy andrew
andrius andrew
andrzej andrew jedrek
anna ania anya hanna
bartosz bartlomiej bartek
constantin konstantin kostyantyn costel kostya
cristian cristi christian
dmytro dmitry dmitri dmitriy dumitru dima
dorota dorothy
ekaterina kateryna katerina katarina katya katia catherine
elena olena yelena ileana lena helen
elzbieta ela erzsebet elizabeth
evgeny yevhen yevgeny evgeni eugene zhenya
ewa eva
frantisek franta
gabor gabriel
georgi gheorghe gyorgy jerzy jiri yuri george
grzegorz grzesiek gregory
halyna galina halina galya
ioana joanna oana
ion ioan ionut ionel john
iryna irina irena ira
istvan stephen pista
ivan vanya john
jakub kuba jacob
jan janek janis jonas john
joanna asia
jozef josef jozsef jozek joseph
karol karlis charles
karolina caroline
katarzyna kasia catherine
katalin kati catherine
krystyna krysia christine
krzysztof krzysiek chris christopher
laszlo laci
lukasz luke
lyudmila ludmila lyudmyla lyuda
maciej maciek
magdalena magda madeleine
maksim maxim maksym max
malgorzata gosia malgosia margaret
marcin martin
mateusz matthew
michal mihai mihail mikhail mykhailo michael misha
mikolaj mykola nikolai nikolay nicolae nicu nicholas
miroslav miroslaw mirek
monika monica
natalia nataliya natalya natasha
oksana ksenia xenia
oleksandr aleksandr alexander sasha
oleh oleg
olha olga olya
pawel pavel pavlo paul
piotr petr petru petro piotrek peter
ryszard rysiek richard
sandor sanyi alexander
serhiy sergei sergey serhii sergiy
slawomir slawek
stanislaw stanislav staszek stan
stefan stephen
svetlana svitlana sveta
tadeusz tadek
tatiana tatyana tetiana tanya
tomasz tomas tomek thomas
urszula ula ursula
vasile vasyl vasily vasil
viktor victor
viktoria viktoriia viktoriya victoria vika
vladimir volodymyr vlad vova
vytautas vytas
waldemar waldek
wojciech wojtek
yulia yuliya iuliia julia
zbigniew zbyszek
zofia zosia sofia
zsuzsanna zsuzsi susan
brown browne
clark clarke
davis davies
johnston johnstone
nicholson nicolson
phillips philips
reid reed read
smith smyth smythe
stephens stevens
stephenson stevenson
stewart stuart
thompson thomson`;

let byName: ReadonlyMap<string, ReadonlySet<string>> | null = null;

function readGroups(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of GROUPS.trim().split("\n")) {
    const names = line.split(" ");
    for (const name of names) {
      const others = found.get(name) ?? new Set();
      for (const other of names) if (other !== name) others.add(other);
      found.set(name, others);
    }
  }
  return found;
}

const MAC = /^(?:mac|mc)(?=[a-z]{3})/;

/** Other names that a folded name may stand for: "liz" for "elizabeth", "macdonald" for "mcdonald". */
export function otherNamesOf(name: string): readonly string[] {
  byName ??= readGroups();
  const others = [...(byName.get(name) ?? [])];
  const prefix = MAC.exec(name)?.[0];
  if (prefix) others.push((prefix === "mc" ? "mac" : "mc") + name.slice(prefix.length));
  return others;
}

let headsByName: ReadonlyMap<string, readonly string[]> | null = null;

/** The first names of the lines that hold a folded name, such as "elizabeth" for "liz"; the name itself when it is in none. */
export function headNamesOf(name: string): readonly string[] {
  headsByName ??= readHeads();
  return headsByName.get(name) ?? [name];
}

function readHeads(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of GROUPS.trim().split("\n")) {
    const names = line.split(" ");
    const head = names[0] ?? "";
    for (const name of new Set(names)) found.set(name, [...(found.get(name) ?? []), head]);
  }
  return found;
}
