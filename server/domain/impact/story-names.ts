/**
 * Words that help to see a name or a place in a story: given names that are common here, names that are ordinary words as
 * well, short forms of names, and words that have a capital without naming anybody. All are folded (text-match.ts). No
 * list is whole: a person must read the story.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Names that are ordinary words, too: they count as names only with a capital, and at the start of a sentence with care. */
export const NAMES_THAT_ARE_WORDS = list(`
  amber angel april art ash august autumn basil bay beau bella berry bill bishop blossom blue bob bonnie brook brooke bud
  buddy buck candy carol celeste chance charity chase cherry christian chuck clay cliff colin colt constant coral crystal
  daisy dale dawn dean destiny dot drew duke earl eden ember eve faith fern flora ford forest frank gale gene gloria glory
  grace grant guy harmony harper heather holly honey honour hope hunter iris ivy jack jade jasmine jay jean jewel jo job
  josh joy june justice king lance laurel lily luna lou mark marina mason max may melody mercy miles mina misty nick noble
  norm olive opal page paige pansy pat patience pearl peg penny pepper pip poppy price prudence rain ray red reed rich
  river rob robin rocky rod rose rosemary rowan ruby rusty sage sally saffron sandy shade skip sky skye star stephen
  sterling stone storm sue summer sunny tab tad terry tiger tim trinity trip trent troy van vera victor viola violet wade
  ward wayne west wilder will willow winter woody wren
`);

/** Given names that are no ordinary words, of the many places that people here come from. */
export const GIVEN_NAMES = list(`
  aaliyah aaron abbie abdi abdul abdullah abigail abu ada adam adaeze adeel adele adil aditya adrian agata agnes agnieszka
  ahmed aidan aileen ailsa aimee aisha aisling ajay akua alan alana albert alec aled alejandro aleksandra alex alexander
  alexandra alfie alfred ali alice alina alison alistair aliyah amanda amara amelia amina amir amira amit amy ana andrea
  andreea andrei andrew andrzej aneta aneurin angela angharad angus anil anisa anita anjali ann anna annabel anne annie
  anthony antoni anwen archie arek ariana arjun arthur arun asha ashley asif asma astrid atif audrey ava avril ayaan ayesha
  aziz azra babak bartek bartosz beata beatrice becky ben benjamin bernadette beryl beth bethan bethany bhavna bilal billie
  billy bindu blessing bogdan bojana bradley branwen brendan brian bridget bronwen bruce bryn caitlin callum calum cameron
  camille caoimhe cara carl carla carlos carmen caroline carolyn carys catarina caterina catherine catrin catriona cecilia
  ceri cezary charles charlie charlotte chelsea cheryl chiamaka chidi chinedu chioma chloe chris christina christine
  christopher cian ciara claire clara claudia clive connor conor corey craig cristina cynthia dafydd damian dan daniel
  daniela danielle danuta daphne darius darren dave david dawid deborah debbie declan deepa delyth denise dennis derek
  dermot devi dewi dharma diana diane dilys dilwyn dmitri dominic dominika donald donna dorota doris dorothy douglas dylan
  ebony edith edna edward edyta efe eileen eilidh eira eirlys elaine eleanor elena eleri elias elif elin elise elizabeth ella
  ellen ellie elliot elliott elsie elwyn ema emeka emil emily emma emmanuel eoghan eoin eric erica erin esme esther ethan
  eugene euan evan eve evelyn ewa ewan ewelina ezra faisal farah farhan faridah fatima fatou femi ffion fiona florence
  folake frances francesca francis fred freddie frederick freya funmi gail gareth gary gavin gemma geoff geoffrey george
  georgia georgina geraint gerald gerard gethin ghulam gill gillian giles gladys glenda glenn glenys glyn gordon graeme graham
  grazyna greg gregory gretchen grzegorz guilherme gurpreet gwen gwenllian gwyn gwyneth habib hadiya hafsa hala halina hamish
  hamza hanna hannah harinder harjit haroon harriet harry harshad hasan hassan hazel hector helen helena helga henry hilary
  huda hugh hugo humaira husna hussain hywel iain ian ianto ibrahim ibukun idris iestyn ieuan ifan ifeoma ifor imani imogen
  imran ines ioan ioana ion irena irene iryna isaac isabel isabella isabelle isla ismail iwan iwona izabela jacek jackie
  jacob jacqueline jaden jagoda jakub jamal james jamie jan jana jane janet janice janina janusz jarek jaroslaw jasmin jason
  javed jayne jeff jeffrey jenkin jennifer jenny jeremy jerzy jessica jessie jill jim jimmy joan joanna joanne joao jodie joe
  joel john johnny jolanta jonathan jordan jorge joseph josephine joshua josie joyce juan judith judy julia julian julie
  juliet justyna kabir kacper kai kamal kamil kamila kamran karen karim karin karina karl karol karolina kasia kate katarzyna
  katherine kathleen kathryn kathy katie katrina katy kayleigh kazimierz keira keith kelly ken kenneth kerry kevin khadija
  khalid kieran kinga kirsten kirsty klaudia kofi konrad kris krishna kristina krystyna krzysztof kumar kwame kyle lakshmi
  lara latifa laura lauren lawrence layla leah leanne lee leila lena leo leon leonie lesley leslie lewis liam lidia lilian
  linda lindsay lisa liz lloyd llinos llywelyn logan lola lorna lorraine louis louisa louise lowri lucas lucia lucja lucy
  luca luis luke lukasz lydia lynda lynn lynne mabel maciej maeve magda magdalena maggie mahmoud mair mairi maisie malcolm
  malgorzata malik mandy manjit manuel marcela marcin marcus marek margaret maria mariam marian marianne marie mariusz marjorie
  marlon marta martha martin martina martyn mary maryam mateusz mathew matilda matthew maureen maurice maxine megan mehmet
  mei melanie melissa mererid mervyn mia michael michal michelle miguel mihai mike milan milena millie miriam mirka miroslaw
  mo mohamed mohammad mohammed moira molly mona monica monika morag morgan morwenna moses muhammad muna muriel murray mustafa
  myfanwy nadia nadine naeem nancy naomi natalia natalie natasha nathan neha neil nerys ngozi nia niall niamh nicholas nicola
  nicolae nigel nikki nikolai nina nkechi noah nora norman nuala nur obi oksana ola olena olga oliver olivia olu oluwaseun
  omar orla oscar osian osman owain owen pablo paddy padraig pamela parveen patricia patrick patryk paul paula pauline pavel
  pawel pedro peggy percy peter petra phil philip philippa phoebe phyllis piotr poonam prakash praveen preeti priya przemyslaw
  rachael rachel radoslaw rafael rafal rafiq raheem rahul raj raja rajesh rakesh ralph ramesh rania rashid ravi raymond
  rebecca reece reena reggie renata rhian rhiannon rhodri rhona rhys ricardo richard rita robert roberta roger roisin roland
  roman ronald ronnie rory rosalind rosie ross roxanne roy rupert ruth ryan ryszard sabina sabrina sadia safiya sahra saima
  sajid salim salma sam samantha samina samira samuel sandeep sandra sanjay santosh saoirse sara sarah sasha sean sebastian
  selina selma seren shabana shahid shakira shamima shane shannon sharon shaun sheila shelley sherry shirley shona sian
  sidney sienna silvia simon simone sinead siobhan slawomir sofia sonia sonja sophia sophie stacey stan stanislaw stefan
  stella stephanie steve steven stuart suleiman sunita suresh susan susie suzanne svetlana sylvia sylwia syed szymon tadeusz
  tamara tamsin tania tanya tara tariq tatiana ted teresa terence tess thandiwe theo theresa thomas tiffany timothy tina tobi
  toby tomasz tommy tony tracey tracy trevor tudor uche umar una urszula usha usman valentina valerie vanessa vasile vernon
  veronica vicky victoria vijay vikram vincent viorel virginia vivian vivienne vlad wanda wahid waldemar walter wendy weronika
  wiktoria wilfred wiktor william winifred winston witold wladyslaw wojciech xavier yasmin yemi yolanda yosef yuki yunis yusuf
  yvette yvonne zachary zahra zainab zane zara zbigniew zbyszek zeynep zofia zoe zuzanna zygmunt
`);

/** What long names are said short as. A name also answers to its own beginning of three letters and more. */
export const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  agnieszka: ["aga"],
  alexander: ["sasha", "xander", "sandy"],
  alexandra: ["sasha", "sandy", "lexi"],
  alfred: ["fred", "alfie"],
  andrew: ["drew", "andy"],
  anthony: ["tony"],
  catherine: ["kate", "katie", "kathy", "cath", "cathy"],
  christopher: ["kit", "topher"],
  dorothy: ["dot", "dottie"],
  edward: ["ned", "ted", "teddy", "eddie"],
  eleanor: ["nell", "nora", "ellie"],
  elizabeth: ["beth", "betty", "liz", "lizzie", "lisa", "libby", "betsy", "eliza", "lilibet"],
  frances: ["fanny", "frankie"],
  helen: ["nell", "nellie"],
  henry: ["harry", "hal"],
  isabella: ["bella", "izzy"],
  james: ["jim", "jimmy", "jamie"],
  jadwiga: ["jadzia"],
  john: ["jack", "johnny", "jonny"],
  katarzyna: ["kasia", "kaska"],
  katherine: ["kate", "katie", "kathy", "kitty", "kay"],
  krzysztof: ["krzysiek", "krzys"],
  malgorzata: ["gosia", "gosha"],
  margaret: ["maggie", "meg", "peggy", "daisy", "greta", "rita"],
  mary: ["molly", "polly", "mamie"],
  mohammed: ["mo", "hamed"],
  muhammad: ["mo"],
  patricia: ["pat", "trish", "patsy", "paddy"],
  patrick: ["pat", "paddy"],
  richard: ["dick", "rick", "ricky", "richie"],
  robert: ["bob", "bobby", "rob", "robbie", "bert"],
  sarah: ["sally", "sadie"],
  siobhan: ["shiv", "shivvy"],
  stanislaw: ["staszek", "stas"],
  theodore: ["ted", "teddy", "theo"],
  theresa: ["tess", "tracy", "terri"],
  victoria: ["vicky", "tori"],
  william: ["bill", "billy", "will", "willie", "liam"],
  wojciech: ["wojtek"],
  zbigniew: ["zbyszek"],
};

/** Words with a capital that name nobody and no place. Days of the week tell nothing. */
export const PLAIN_CAPITALS = list(`
  i im ive id ill a e ae gp gps nhs pip esa dwp hmrc uc jsa dla bsl uk tv cv ok adhd ptsd ocd copd nino dro iva usb sms pcs sim
  universal credit personal independence payment attendance allowance carers pension support employment housing benefit
  council tax citizens advice jobcentre jobcentreplus department work pensions home office legal aid food bank blue badge
  healthy start child tax income working english maths monday tuesday wednesday thursday friday saturday sunday mondays
  tuesdays wednesdays thursdays fridays saturdays sundays mum mam dad nan gran grandad grandma mummy daddy god internet
  england wales scotland britain mr mrs ms miss mx dr sir whatsapp facebook zoom google covid lockdown samaritans shelter section
`);

/** Single words that are places as well as ordinary words: at the start of a sentence they are taken for the word. */
export const PLACES_THAT_ARE_WORDS = list(`
  abbey ash bank barking barrow bath battle bridge bury castle central church cross deal east edge field flint ford gate
  green grove hall ham harbour heath hill hope hull lodge march mold moor moss nelson new newport north old over park poole
  port reading rugby rye sale sandwich settle south spring staines stone street the town university victoria ward ware wash
  well wells west wing wood
`);
